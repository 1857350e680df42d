// Where a text has links: web addresses, with a scheme or with www., and e-mail addresses.

const HOST = String.raw`(?:[\p{L}\p{N}-]{1,63}\.)+\p{L}{2,63}(?![\p{L}\p{N}])`;

// Bounded and anchored at the start of a word, so that no text takes long.
export const LINK = [
  String.raw`https?://[^\s<>"]+`,
  String.raw`(?<![\p{L}\p{N}._+/@-])(?:[\p{L}\p{N}._+-]{1,64}@${HOST}|www\.${HOST}(?::\d{1,5})?(?:[/?#][^\s<>"]*)?)`,
].join('|');

const OPENING = { ')': '(', ']': '[', '}': '{' };

// Of what LINK has found, null if it is no address.
export function linkTo(found) {
  const text = withoutPunctuation(found);
  const href = /^https?:/i.test(text) ? text : /^[^/?#]*@/.test(text) ? `mailto:${text}` : `https://${text}`;
  return URL.canParse(href) ? { text, href } : null;
}

// A closing bracket belongs to the address if that has opened it.
function withoutPunctuation(address) {
  const unopened = {};
  for (const [closing, opening] of Object.entries(OPENING))
    unopened[closing] = address.split(closing).length - address.split(opening).length;
  let end = address.length;
  for (; end > 0; end--) {
    const last = address[end - 1];
    if (!(last in OPENING) ? !/[.,:;!?'"]/.test(last) : unopened[last]-- <= 0) break;
  }
  return address.slice(0, end);
}
