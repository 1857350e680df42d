// The sentences of the page.
import {
  dayWords, durationWords, enumerated, listed, minuteOf, momentWords, named, numberWords, plain, splitAtNames,
  translate, translateOr, untilWords, withoutMarks,
} from './language.js';

export { dayWords, minuteOf, named, numberWords, plain, splitAtNames, translate, untilWords, withoutMarks };

export const length = (text) => Array.from(text).length;     // code points, as the server counts

const MOST_NAMES = 12;

const isSameDay = (at, other) => new Date(at).toDateString() === new Date(other).toDateString();
const isToday = (at) => isSameDay(at, Date.now());

// That the first lines are of today goes without saying.
export const startsDay = (line, before) => Boolean(line.at) && !isSameDay(line.at, before?.at ?? Date.now());

export const clock = (at) => (isToday(at) ? minuteOf(at) : momentWords(at));

// ana · ana and bo · ana and 3 others
export const someOf = (names) => (names.length <= 2 ? listed(names.map(named))
  : translate('page.andOthers', { name: names[0], count: names.length - 1 }));

// "/me waves" is said as "ana waves".
export const actionIn = (text) => (text.startsWith('/me ') ? text.slice('/me '.length) : null);

// What the server refuses, and why it ends a connection, by its code; else in its own words.
export const refusalWords = ({ refused, message }) => translateOr(`refusal.${refused}`, message);
export const closedWords = ({ reason, message }) => translateOr(`closed.${reason}`, message);

// You and bo joined · cy left; people are names with whether they are mine.
export const comingWords = (joined, left) => [
  comingOf(joined, 'page.joined', 'page.joinedYou', 'page.joinedYouAnd'),
  comingOf(left, 'page.left', 'page.leftYou', 'page.leftYouAnd'),
].filter(Boolean).join(' · ');

// + you and bo - cy, as in the terminal.
export const comingSigns = (joined, left) => [['+', joined], ['-', left]]
  .filter(([, people]) => people.size > 0)
  .map(([sign, people]) => `${sign} ${comingOf(people, null, 'page.youAmongOthers', 'page.youAnd')}`)
  .join('  ');

function comingOf(people, others, you, youAnd) {
  const names = [...people].filter(([, own]) => !own).map(([name]) => name);
  const count = names.length;
  if (people.size === 0) return '';
  if (count === people.size) return others ? translate(others, { names: someOf(names), count }) : someOf(names);
  if (count === 0) return translate(you);
  return translate(youAnd, { names: count === 1 ? named(names[0]) : translate('page.someOthers', { count }) });
}

// What is no message, as everybody sees it.
export function noticeWords({
  type, from: name, own, text, on, endsAt, to, toOwn, toName, by, byOwn, byName, reserved,
}) {
  const told = (key, keyIfMine, values = {}) => translate(own ? keyIfMine : key, { name, ...values });
  switch (type) {
    case 'locked': return told('page.locked', 'page.lockedYou');
    case 'unlocked': return told('page.unlocked', 'page.unlockedYou');
    case 'passphrase':
      return on ? told('page.passphraseSet', 'page.passphraseSetYou')
        : told('page.passphraseGone', 'page.passphraseGoneYou');
    case 'titled':
      return text ? told('page.titled', 'page.titledYou', { title: text }) : told('page.untitled', 'page.untitledYou');
    case 'ends':
      return endsAt ? told('page.ends', 'page.endsYou', { time: clock(endsAt) }) : told('page.stays', 'page.staysYou');
    case 'owner':
      return toOwn ? translate('page.ownerYou')
        : toName ? translate('page.owner', { name: toName })
        : translate('page.ownerUnknown');
    case 'left':
      return byOwn ? translate('page.outByYou', { name })
        : byName ? told('page.out', 'page.outYou', { by: byName })
        : told('page.outByOwner', 'page.outYouByOwner');
    case 'renamed':
      return reserved ? told('page.renamedReserved', 'page.renamedReservedYou', { to })
        : told('page.renamed', 'page.renamedYou', { to });
    case 'removed':
      return !by ? told('page.takenBack', 'page.takenBackYou')
        : byOwn ? translate('page.removedByYou')
        : byName ? translate('page.removed', { by: byName })
        : translate('page.removedByOwner');
    case 'announced': return translate('page.announced', { text });
    case 'gap': return translate('page.gap');
    case 'reopened': return translate('page.reopened');
    default: return '';
  }
}

export const closesWords = (endsAt) => translate('page.closes', { time: clock(endsAt) });

export const bellWords = (bell) =>
  translate({ off: 'page.bellOff', mentions: 'page.bellMentions', all: 'page.bellAll' }[bell]);

export const ringTitle = ({ room, partner, terms: { title } }) => partner ?? title ?? room;

// With the words only for those who ask for them: somebody else may look at the screen.
export function ringBody(lines, withWords) {
  const line = lines.at(-1);
  const name = line.from;
  const last = withWords ? `${named(name)}: ${textOf(line)}` : translate('page.wrote', { name });
  return lines.length === 1 ? last : `${translate('page.messages', { count: lines.length })} ${last}`;
}

export const permissionWords = (permission) => translate({
  granted: 'page.permissionGranted',
  denied: 'page.permissionDenied',
  default: 'page.permissionAsked',
  insecure: 'page.permissionInsecure',
}[permission] ?? 'page.permissionMissing');

export const readWords = (readers, others) => (readers === 0 ? ''
  : others === 1 ? translate('page.read')
  : translate('page.readBy', { count: readers, others }));

export const readByWords = (names) => (names.length === 0 ? translate('page.readByNobody')
  : translate('page.readByNames', { names: enumerated(names.map(named)) }));

export const matchWords = (here, count) =>
  (count === 0 ? translate('page.noMatches') : translate('page.match', { here, count }));

// What stands for a message.
export const textOf = ({ text, unopened }) => (unopened ? translate('page.unopened') : text);

export const firstLine = (line) => textOf(line).trim().split('\n')[0];

export const countWords = (count) => (count > 99 ? `${numberWords(99)}+` : numberWords(count));

function namesOf(people, me) {
  const names = enumerated(people.slice(0, MOST_NAMES)
    .map(({ who, name }) => (who === me ? translate('page.youAmongOthers') : named(name))));
  const count = people.length - MOST_NAMES;
  return count <= 0 ? names : translate('page.andMore', { names, count });
}

// 👍 2: ana, bo. Press to add yours.
export function markWords(mark, people, me) {
  if (people.length === 0) return translate('page.markAdd', { mark });
  const isMine = people.some(({ who }) => who === me);
  const values = { mark, count: people.length, names: namesOf(people, me) };
  return isMine ? translate('page.markedYours', values) : translate('page.marked', values);
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
  return names.length === 0 ? '' : translate('page.typing', { names: someOf(names), count: names.length });
}

// For the header, and for screen readers.
export function connectionWords({ status, lost, banner }) {
  switch (status) {
    case 'connecting': return bothWays(translate('page.connecting'));
    case 'connected': return bothWays(translate('page.connected'));
    case 'ended': return { shown: '', aloud: banner?.words ?? translate('page.notConnected') };
    case 'lost': return {
      shown: `${lost.why}${elapsedWords(lost.elapsed)}`,
      aloud: `${lost.why || `${translate('page.lost')} `}${translate('page.tryingAgain')}`,
    };
    default: return bothWays('');
  }
}

const bothWays = (words) => ({ shown: words, aloud: words });

const elapsedWords = (elapsed) => (elapsed < 1_000 ? translate('page.reconnecting')
  : translate('page.reconnectingFor', { time: durationWords(elapsed) }));
