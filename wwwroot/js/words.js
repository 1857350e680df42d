// The texts of the page.

export const length = (text) => Array.from(text).length;     // code points, as the server counts

const MOST_NAMES = 12;

const minutes = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const days = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short' });

const wholeDays = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });

const isSameDay = (at, other) => new Date(at).toDateString() === new Date(other).toDateString();
const isToday = (at) => isSameDay(at, Date.now());

// That the first lines are of today goes without saying.
export const startsDay = (line, before) => Boolean(line.at) && !isSameDay(line.at, before?.at ?? Date.now());

export const dayWords = (at) => wholeDays.format(new Date(at));
export const minuteOf = (at) => minutes.format(new Date(at));
export const clock = (at) => (isToday(at) ? minuteOf(at) : `${days.format(new Date(at))}, ${minuteOf(at)}`);

// ana · ana and bo · ana and 3 others
export function someOf(names) {
  return names.length <= 2 ? names.join(' and ') : `${names[0]} and ${names.length - 1} others`;
}

// "/me waves" is said as "ana waves".
export const actionIn = (text) => (text.startsWith('/me ') ? text.slice('/me '.length) : null);

// You and bo joined · cy left; people are names with whether they are mine.
export const comingWords = (joined, left) => [[joined, 'joined'], [left, 'left']]
  .filter(([people]) => people.size > 0)
  .map(([people, verb]) => `${someOf(meFirst([...people]))} ${verb}`)
  .join(' · ');

// + you and bo - cy, as in the terminal.
export const comingSigns = (joined, left) => [['+', joined], ['-', left]]
  .filter(([, people]) => people.size > 0)
  .map(([sign, people]) => `${sign} ${someOf(meFirst([...people], 'you'))}`)
  .join('  ');

const meFirst = (people, me = 'You') => [
  ...people.filter(([, own]) => own).map(() => me),
  ...people.filter(([, own]) => !own).map(([name]) => name),
];

// What is no message, as everybody sees it.
export function noticeWords({ type, from, own, text, on, endsAt, to, toOwn, toName, by, byOwn, byName }) {
  const actor = own ? 'You' : from;
  switch (type) {
    case 'locked': return `${actor} locked the room: nobody new can come in`;
    case 'unlocked': return `${actor} unlocked the room`;
    case 'passphrase': return `${actor} ${on ? 'set a passphrase' : 'took the passphrase away'}`;
    case 'titled': return text ? `${actor} named the room “${text}”` : `${actor} took the room's name away`;
    case 'ends': return endsAt ? `${actor} set the room to close at ${clock(endsAt)}` : `${actor} let the room stay`;
    case 'owner': return to && toOwn ? 'You own the room now' : `${toName} owns the room now`;
    case 'left': return `${own ? 'You were' : `${from} was`} removed by ${byOwn ? 'you' : byName}`;
    case 'renamed': return own ? `You are ${to} now` : `${from} is ${to} now`;
    case 'removed':
      return by ? `Message removed by ${byOwn ? 'you' : byName}` : `${actor} took back a message`;
    case 'announced': return `The server says: ${text}`;
    case 'gap': return 'Some messages are no longer available.';
    case 'reopened': return 'The room was reopened. Everything above is from before.';
    default: return '';
  }
}

export const closesWords = (endsAt) => `Closes at ${clock(endsAt)}`;

export const bellWords = (bell) =>
  `Bell: ${{ off: 'off', mentions: 'when I am mentioned', all: 'at every message' }[bell]}`;

export const ringTitle = ({ room, partner, terms: { title } }) => partner ?? title ?? room;

// With the words only for those who ask for them: somebody else may look at the screen.
export function ringBody(lines, withWords) {
  const { from, text } = lines.at(-1);
  const last = withWords ? `${from}: ${text}` : `${from} wrote`;
  return lines.length === 1 ? last : `${lines.length} messages. ${last}`;
}

export const permissionWords = (permission) => ({
  granted: 'Notifications are allowed.',
  denied: 'This browser was told to show no notifications from here: allow them at the lock or the settings beside the '
    + 'address, then choose again.',
  default: 'The browser asks whether notifications may be shown. Without them there is the sound.',
  insecure: 'Notifications need https. Without it there is the sound.',
}[permission] ?? 'This browser shows no notifications. There is the sound.');

export const readWords = (readers, others) =>
  readers === 0 ? '' : others === 1 ? 'read' : `read by ${readers} of ${others}`;

export const readByWords = (names) => (names.length === 0 ? 'Read by nobody yet' : `Read by ${names.join(', ')}`);

export const firstLine = (text) => text.trim().split('\n')[0];

export const countWords = (count) => (count > 99 ? '99+' : `${count}`);

function namesOf(people, me) {
  const names = people.slice(0, MOST_NAMES).map(({ who, name }) => (who === me ? 'you' : name)).join(', ');
  return people.length <= MOST_NAMES ? names : `${names} and ${people.length - MOST_NAMES} more`;
}

// 👍 2: ana, bo. Press to add yours.
export function markWords(mark, people, me) {
  if (people.length === 0) return `${mark} Press to add yours.`;
  const press = people.some(({ who }) => who === me) ? 'Press to take yours back.' : 'Press to add yours.';
  return `${mark} ${people.length}: ${namesOf(people, me)}. ${press}`;
}

export const markedWords = (marks, me) =>
  Object.entries(marks).map(([mark, people]) => `${mark} ${namesOf(people, me)}`).join('\n');

export function initials(name) {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const letters = words.length > 1
    ? [words[0], words.at(-1)].map((word) => Array.from(word)[0])
    : Array.from(words[0] ?? name).slice(0, 2);
  return letters.join('').toUpperCase();
}

export function typingWords(typists) {
  const names = typists.map((typist) => typist.name);
  return names.length === 0 ? '' : `${someOf(names)} ${names.length === 1 ? 'is' : 'are'} typing…`;
}

// For the header, and for screen readers.
export function connectionWords({ status, lost, banner }) {
  switch (status) {
    case 'connecting': return bothWays('Connecting…');
    case 'connected': return bothWays('Connected');
    case 'ended': return { shown: 'Not connected', aloud: banner?.words ?? 'Not connected' };
    case 'lost': return {
      shown: `${lost.why}Reconnecting…${elapsedWords(lost.elapsed)}`,
      aloud: `${lost.why || 'Connection lost. '}Trying again; what you write is kept.`,
    };
    default: return bothWays('');
  }
}

const bothWays = (words) => ({ shown: words, aloud: words });

const elapsedWords = (milliseconds) =>
  milliseconds < 1_000 ? '' : ` ${duration(milliseconds)}. What you write is kept.`;

const duration = (milliseconds) =>
  milliseconds < 60_000 ? `${Math.floor(milliseconds / 1_000)} s` : `${Math.floor(milliseconds / 60_000)} min`;
