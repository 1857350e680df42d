// The lines that the page holds, in chunks: a step of the fold copies those that it changes, the log draws by them. A
// line's number is how many came before it in this page, also of those that were given up.
export const CHUNK = 25;
const HELD = 10_000;     // lines; older ones are given up

// held: how many chunks are, at most. first: the number of the first of them. since: the number of the line that begins
// this life of the room; a seq means something in one life of the room alone.
export const noLines = (held = HELD) =>
  ({ held: Math.ceil(held / CHUNK), first: 0, since: 0, chunks: [] });

// No fewer than the server has: what is given up here is not to be had there either.
export const linesFor = (history) => noLines(Math.max(HELD, history));

export const chunkOf = (number) => Math.floor(number / CHUNK);

export const endOf = ({ first, chunks }) =>
  (chunks.length === 0 ? first * CHUNK : (first + chunks.length - 1) * CHUNK + chunks.at(-1).length);

export const allLines = ({ chunks }) => chunks.flat();

export const lineAt = ({ first, chunks }, number) => chunks[chunkOf(number) - first]?.[number % CHUNK] ?? null;

// The last line of this life of the room that is wanted, or null. known: where in a chunk it was found before, if the
// same is wanted again and again.
export function findLast({ first, since, chunks }, isWanted, known = null) {
  for (let i = chunks.length - 1; i >= 0 && (first + i + 1) * CHUNK > since; i--) {
    const at = known?.get(chunks[i]) ?? chunks[i].findLastIndex(isWanted);
    known?.set(chunks[i], at);
    if (at >= 0) return (first + i) * CHUNK + at >= since ? chunks[i][at] : null;
  }
  return null;
}

// Where the first line of this life with this seq or a later one stands, or -1; seqs rise.
export function numberFrom({ first, since, chunks }, seq) {
  let found = -1;
  for (let i = chunks.length - 1; i >= 0 && (first + i + 1) * CHUNK > since; i--) {
    const start = Math.max(0, since - (first + i) * CHUNK);
    const at = chunks[i].findIndex((line, index) => index >= start && line.seq >= seq);
    if (at >= 0) found = (first + i) * CHUNK + at;
    else if (chunks[i].some((line, index) => index >= start && line.seq < seq)) break;
  }
  return found;
}

export function numberOf(lines, seq) {
  const number = numberFrom(lines, seq);
  return lineAt(lines, number)?.seq === seq ? number : -1;
}

export const messageIn = (lines, seq) => lineAt(lines, numberOf(lines, seq));

export function appended(lines, more) {
  if (more.length === 0) return lines;
  const last = lines.chunks.at(-1) ?? [];
  const isFull = last.length === CHUNK || last.length === 0;
  const chunks = isFull ? [...lines.chunks] : lines.chunks.slice(0, -1);
  const rest = isFull ? more : [...last, ...more];
  for (let i = 0; i < rest.length; i += CHUNK) chunks.push(rest.slice(i, i + CHUNK));
  const surplus = Math.max(0, chunks.length - lines.held);
  return { ...lines, first: lines.first + surplus, chunks: surplus > 0 ? chunks.slice(surplus) : chunks };
}

export function replaced(lines, number, line) {
  const at = chunkOf(number) - lines.first;
  return { ...lines, chunks: lines.chunks.with(at, lines.chunks[at].with(number % CHUNK, line)) };
}

export function cutAt(lines, number) {
  const at = chunkOf(number) - lines.first;
  const rest = lines.chunks[at]?.slice(0, number % CHUNK) ?? [];
  return { ...lines, chunks: [...lines.chunks.slice(0, at), ...(rest.length > 0 ? [rest] : [])] };
}

export function reopened(lines) {
  const next = appended(lines, [{ type: 'reopened' }]);
  return { ...next, since: endOf(next) };
}
