// The texts of the page.

export const length = (text) => Array.from(text).length;     // code points, as the server counts

const minutes = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const days = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short' });

export function clock(at) {
  const time = new Date(at);
  const isToday = time.toDateString() === new Date().toDateString();
  return isToday ? minutes.format(time) : `${days.format(time)}, ${minutes.format(time)}`;
}

// ana · ana and bo · ana and 3 others
export function someOf(names) {
  return names.length <= 2 ? names.join(' and ') : `${names[0]} and ${names.length - 1} others`;
}

// "/me waves" is said as "ana waves".
export const actionIn = (text) => (text.startsWith('/me ') ? text.slice('/me '.length) : null);

// What is no message, as everybody sees it.
export function noticeWords({ type, from, own, text, on, endsAt, to, toOwn, toName, byOwn, byName }) {
  const actor = own ? 'You' : from;
  switch (type) {
    case 'locked': return `${actor} locked the room: nobody new can come in`;
    case 'unlocked': return `${actor} unlocked the room`;
    case 'passphrase': return `${actor} ${on ? 'set a passphrase' : 'took the passphrase away'}`;
    case 'titled': return text ? `${actor} named the room “${text}”` : `${actor} took the room's name away`;
    case 'ends': return endsAt ? `${actor} set the room to close at ${clock(endsAt)}` : `${actor} let the room stay`;
    case 'owner': return to && toOwn ? 'You own the room now' : `${toName} owns the room now`;
    case 'left': return `${own ? 'You were' : `${from} was`} removed by ${byOwn ? 'you' : byName}`;
    case 'announced': return `The server says: ${text}`;
    case 'gap': return 'Some messages are no longer available.';
    case 'reopened': return 'The room was reopened. Everything above is from before.';
    default: return '';
  }
}

export const closesWords = (endsAt) => `Closes at ${clock(endsAt)}`;

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
