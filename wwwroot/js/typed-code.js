// A code as people write it: in quotes, behind other words ("room K7M2QX"), or in a link.

const LENGTH = 6;
const LINKED = /\/r\/([^/?#\s<>]+)/i;
const CODE = /^[0-9a-tv-z]{6}$/i;

// As the server writes it; null where there is none.
export function codeIn(typed) {
  const [, linked = typed] = LINKED.exec(typed) ?? [];
  const words = linked.split(/[\s\p{P}]+/u).filter(Boolean).slice(-LENGTH);
  const found = words.map((_, first) => words.slice(first).join('')).find((end) => CODE.test(end));
  return found?.toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1') ?? null;
}

export const isLink = (typed) => LINKED.test(typed);

// For reading: K7M 2QX. What is no code, or not yet one alone, stays as it is.
export function grouped(typed) {
  const [, first, second] = /^([0-9a-z]{0,3})[\s-]?([0-9a-z]{0,3})-?$/i.exec(typed) ?? [];
  return first === undefined ? typed : regrouped((first + second).toUpperCase());
}

const regrouped = (code) => (code.length > 3 ? `${code.slice(0, 3)} ${code.slice(3)}` : code);
