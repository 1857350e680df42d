// A message's text as nodes, with links and highlighted mentions of my name.

export function nodesOf(text, myName) {
  const nodes = [];
  let rest = 0;
  for (const match of text.matchAll(pattern(myName))) {
    const node = match[0].startsWith('@') ? mention(match[0]) : link(match[0].replace(/[.,:;!?'")\]}>]+$/, ''));
    if (!node) continue;
    nodes.push(text.slice(rest, match.index), node);
    rest = match.index + node.textContent.length;
  }
  nodes.push(text.slice(rest));
  return nodes;
}

export const mentions = (text, name) =>
  Array.from(text.matchAll(pattern(name))).some(([found]) => found.startsWith('@'));

function pattern(name) {
  const mentioned = name ? `|(?<![\\p{L}\\p{N}])@${escaped(name)}(?![\\p{L}\\p{N}])` : '';
  return new RegExp(`https?://[^\\s<>"]+${mentioned}`, 'giu');
}

const escaped = (name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function link(address) {
  if (!URL.canParse(address)) return null;
  const node = document.createElement('a');
  node.href = address;
  node.target = '_blank';
  node.rel = 'noopener noreferrer nofollow';
  node.textContent = address;
  return node;
}

function mention(words) {
  const node = document.createElement('mark');
  node.textContent = words;
  return node;
}
