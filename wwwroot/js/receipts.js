// The part of the fold that knows who has read what, and tells the others how far I have. Only in small rooms: in large
// ones nobody could make sense of it.
import { call } from './joining.js';
import { findLast } from './lines.js';

const MOST_MEMBERS = 20;
const TELL_EVERY = 2_000;
const lastOwn = new WeakMap();

export const receiptSteps = {
  seenReceived: (state, { places }) => [state.tellsSeen ? { ...state, places } : state],

  // Whoever does not tell is not told.
  seenTelling: (state, { on }) =>
    [{ ...state, tellsSeen: on, places: on ? state.places : [] }, { type: 'rememberTellsSeen', on }],
};

export function tellSeen(state, now) {
  const at = seenDueAt(state);
  if (at === null || at > now) return [state];
  const seq = seqToTell(state);
  return [{ ...state, seenTold: seq, seenToldAt: now }, call('Seen', seq > 0 ? { seq } : {})];
}

export const seenDueAt = (state) =>
  (state.inRoom && seqToTell(state) !== state.seenTold ? state.seenToldAt + TELL_EVERY : null);

// Numbers of people whose connection is lost.
export const awayIn = ({ places }) => new Set(places.filter(({ away }) => away).map(({ who }) => who));

// The others in the room who have seen it.
export function readersOf({ places, roster, who }, seq) {
  const readers = new Set(places.filter((place) => place.seq >= seq).map((place) => place.who));
  return roster.filter((user) => user.who !== who && readers.has(user.who));
}

// The last message that I wrote in this life of the room, if others might have read it.
export function lastOwnSeq({ lines, roster }) {
  if (roster.length > MOST_MEMBERS) return null;
  return findLast(lines, (line) => line.type === 'message' && line.own, lastOwn)?.seq ?? null;
}

// 0 if nobody is to know. The others' messages count; but who has told nothing is told nothing, so at first all does.
function seqToTell({ tellsSeen, watching, roster, lines, muted, seenTold }) {
  if (!tellsSeen) return 0;
  if (!watching || roster.length > MOST_MEMBERS) return seenTold;
  const isNews = (line) => line.type === 'message' && !line.own && !muted.includes(line.who);
  const isShown = seenTold === 0 ? (line) => line.seq !== undefined : isNews;
  return Math.max(seenTold, findLast(lines, isShown)?.seq ?? 0);
}
