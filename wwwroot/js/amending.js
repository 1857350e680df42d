// The part of the fold in which what was said changes: lines are replaced, never changed. A message may come with what
// later events in the same stream say again, so all of it may be applied twice.

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

// A seq means something in one life of the room alone.
export const epochStart = (lines) => lines.findLastIndex((line) => line.type === 'reopened') + 1;

export const messageIn = (lines, seq) => {
  const index = indexOf(lines, seq);
  return index < 0 ? null : lines[index];
};

// describe: adds to a line what only the state knows.
export function amended(lines, events, describe) {
  const next = [...lines];
  for (const event of events) {
    const index = amends(event) ? indexOf(next, event.of) : -1;
    if (next[index]?.type === 'message') next[index] = amendments[event.type](next[index], event, describe);
  }
  return next;
}

const amendments = {
  edited: (line, { text, at }) => ({ ...line, text, editedAt: at }),

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

const indexOf = (lines, seq) => {
  const start = epochStart(lines);
  return lines.findLastIndex((line, index) => index >= start && line.seq === seq);
};
