// "@na" and Tab become a name of the room; each further Tab takes the next one that fits.

const TYPED = /(?<![\p{L}\p{N}])@([^@]*)$/u;

// The text and the place in it afterwards, and what to give with the next Tab; null if no name fits.
export function complete(text, at, names, last = null) {
  const next = last?.at === at && last.text === text ? { ...last, index: last.index + 1 } : begin(text, at, names);
  if (next === null) return null;
  const name = next.fitting[next.index % next.fitting.length];
  const before = `${next.before}@${name} `;
  return { ...next, text: before + next.after.replace(/^ /, ''), at: before.length };
}

function begin(text, at, names) {
  const [found, typed] = TYPED.exec(text.slice(0, at)) ?? [];
  if (found === undefined) return null;
  const fitting = names.filter((name) => folded(name).startsWith(folded(typed)));
  if (fitting.length === 0) return null;
  return { before: text.slice(0, at - found.length), after: text.slice(at), fitting, index: 0 };
}

const folded = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
