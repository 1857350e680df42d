// How names and texts become what is read.

export const length = (text) => Array.from(text).length;     // code points, as the server counts

const minutes = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const days = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short' });

export function clock(at) {
  const time = new Date(at);
  const today = time.toDateString() === new Date().toDateString();
  return today ? minutes.format(time) : `${days.format(time)}, ${minutes.format(time)}`;
}

// ana · ana and bo · ana and 3 others
export function someOf(names) {
  return names.length <= 2 ? names.join(' and ') : `${names[0]} and ${names.length - 1} others`;
}

export function initials(name) {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)].map((word) => Array.from(word)[0]) : Array.from(words[0] ?? name).slice(0, 2);
  return letters.join('').toUpperCase();
}

// The nodes of a text: links can be pressed, and my name stands out where somebody calls me.
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

export const mentions = (text, name) => Array.from(text.matchAll(pattern(name))).some(([found]) => found.startsWith('@'));

const literally = (name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const pattern = (name) => new RegExp(`https?://[^\\s<>"]+${name ? `|(?<![\\p{L}\\p{N}])@${literally(name)}(?![\\p{L}\\p{N}])` : ''}`, 'giu');

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
