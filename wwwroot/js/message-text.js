// A message's text as nodes: words with links and highlighted mentions of my name, and code.
import { copied } from './clipboard.js';
import { partsOf } from './code.js';
import { stamp } from './dom.js';
import { LINK, linkTo } from './links.js';
import { toast } from './toast.js';
import { actionIn, translate } from './words.js';

const patterns = new Map();     // by my names

export function nodesOf(text, from, myName) {
  const action = actionIn(text);
  return action === null ? partNodes(text, myName) : [actionNode(from, partNodes(action, myName))];
}

const partNodes = (text, myName) => partsOf(text).flatMap(({ text: words, block, inline }) =>
  block !== undefined ? [codeBlock(block)] : inline !== undefined ? [code(inline)] : wordNodes(words, myName));

function wordNodes(text, myName) {
  const nodes = [];
  let rest = 0;
  for (const match of text.matchAll(pattern(myName))) {
    const node = match[0].startsWith('@') ? mention(match[0]) : link(match[0]);
    if (!node) continue;
    nodes.push(text.slice(rest, match.index), node);
    rest = match.index + node.textContent.length;
  }
  nodes.push(text.slice(rest));
  return nodes;
}

export const mentions = (text, name) => partsOf(text).some(({ text: words = '' }) =>
  Array.from(words.matchAll(pattern(name))).some(([found]) => found.startsWith('@')));

// Kept, since it is asked for with the same name again and again.
function pattern(name) {
  if (!patterns.has(name)) patterns.set(name, newPattern(name));
  return patterns.get(name);
}

function newPattern(name) {
  const mentioned = name ? `|(?<![\\p{L}\\p{N}])@${escaped(name)}(?![\\p{L}\\p{N}])` : '';
  return new RegExp(LINK + mentioned, 'giu');
}

const escaped = (name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function link(found) {
  const to = linkTo(found);
  if (!to) return null;
  const node = document.createElement('a');
  node.href = to.href;
  node.target = '_blank';
  node.rel = 'noopener noreferrer nofollow';
  node.textContent = to.text;
  return node;
}

function mention(words) {
  const node = document.createElement('mark');
  node.textContent = words;
  return node;
}

function actionNode(from, nodes) {
  const node = document.createElement('em');
  const name = document.createElement('bdi');
  name.textContent = from;
  node.append(name, ' ', ...nodes);
  return node;
}

function code(text) {
  const node = document.createElement('code');
  node.textContent = text;
  return node;
}

function codeBlock(text) {
  const node = stamp('code-template');
  node.querySelector('code').textContent = text;
  node.querySelector('button').addEventListener('click', async (event) => {
    const done = await copied(text, event.currentTarget);
    toast(translate(done ? 'page.codeCopied' : 'page.codeNotCopied'));
  });
  return node;
}
