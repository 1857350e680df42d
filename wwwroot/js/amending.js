// The part of the fold in which what was said changes: lines are replaced, never changed. A message may come with what
// later events in the same stream say again, so all of it may be applied twice.
import { lineAt, numberOf, replaced } from './lines.js';

export const MARKS = ['👍', '❤️', '😂', '🎉', '😮', '😢', '👎', '✅'];

// A message that was taken back is kept at its own seq; the act of taking it back comes later.
const isStub = ({ type, of, seq }) => type === 'removed' && of === seq;

export const isLine = (event) => LINES.has(event.type) || isStub(event);

const LINES = new Set([
  'message', 'joined', 'left', 'locked', 'unlocked', 'passphrase', 'titled', 'ends', 'owner', 'announced', 'renamed',
]);

// As the state keeps it: who marked it is one list for each mark.
export function lineOf({ marks = {}, markedBy = {}, ...event }) {
  if (event.type !== 'message') return event;
  const people = (mark) => markedBy[mark].map((who, i) => ({ who, name: marks[mark][i] }));
  return { ...event, marks: Object.fromEntries(Object.keys(markedBy).map((mark) => [mark, people(mark)])) };
}

// describe: adds to a line what only the state knows.
export function amended(lines, events, describe) {
  let next = lines;
  for (const event of events.filter(amends)) {
    const number = numberOf(next, event.of);
    const line = lineAt(next, number);
    if (line?.type === 'message') next = replaced(next, number, amendments[event.type](line, event, describe));
  }
  return next;
}

const amendments = {
  edited: ({ unopened: _, ...line }, { text, at, unopened }) =>
    ({ ...line, text, editedAt: at, ...(unopened && { unopened }) }),

  removed: ({ seq, from, who, at }, act, describe) =>
    describe({ seq, type: 'removed', of: seq, from, who, at, ...(act.who !== who && { by: act.who }) }),

  reacted(line, { mark, on, who, from }) {
    const before = line.marks[mark] ?? [];
    if (before.some((one) => one.who === who) === on) return line;
    const after = on ? [...before, { who, name: from }] : before.filter((one) => one.who !== who);
    const { [mark]: _, ...others } = line.marks;
    return { ...line, marks: after.length > 0 ? { ...others, [mark]: after } : others };
  },
};

const amends = ({ type, of, seq }) => type in amendments && of < seq;
