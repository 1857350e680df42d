// What of a text is code: between ``` fences a block, between single backticks a few words.

// An empty block is none, and so is a fence that nothing closes. A word behind the opening fence names the language.
const CODE = /\n?```(?:[\w+#.-]*[^\S\n]*\n)?(?!\s*```)([^]+?)\n?```\n?|(?<!`)`([^`\n]+)`(?!`)/g;

// [{ text } | { block } | { inline }], in order
export function partsOf(text) {
  const parts = [];
  let rest = 0;
  for (const { 0: found, 1: block, 2: inline, index } of text.matchAll(CODE)) {
    parts.push({ text: text.slice(rest, index) }, block === undefined ? { inline } : { block });
    rest = index + found.length;
  }
  parts.push({ text: text.slice(rest) });
  return parts.filter((part) => part.text !== '');
}
