// The part of the log that one chunk of lines is drawn as. Only what differs is touched, so that
// what is in use keeps the focus.
import { say, stamp } from './dom.js';
import { drawComing, drawMessage, drawQuote, newDay, newGroup, newMessage } from './message.js';
import { splitAtNames } from './words.js';

export class Chunk {
  #drawn = new Map();     // by the keys of the items: { node, messages: [{ line, node }] }

  constructor(number) {
    this.number = number;
  }

  get nodes() {
    return Array.from(this.#drawn.values(), ({ node }) => node);
  }

  remove() {
    for (const node of this.nodes) node.remove();
  }

  // Into the list, before the node.
  draw(items, state, list, before) {
    const drawn = new Map(items.map((item) => [item.key, this.#drawn.get(item.key) ?? newItem(item)]));
    for (const [key, { node }] of this.#drawn) if (!drawn.has(key)) node.remove();
    let next = before;
    for (const item of items.toReversed()) {
      const one = drawn.get(item.key);
      if (one.node.nextSibling !== next || one.node.parentNode !== list) list.insertBefore(one.node, next);
      if (item.messages) drawMessages(one, item, state);
      else if (item.lines) drawNotice(one.node, item);
      next = one.node;
    }
    this.#drawn = drawn;
  }
}

function newItem(item) {
  const node = newNode(item);
  node.dataset.line = item.number;
  if (item.type === 'announced') node.classList.add('announced');
  if (item.coming) node.classList.add('signed');
  return { node, messages: [] };
}

function newNode({ messages, day, isUnread }) {
  if (messages) return newGroup(messages[0].line);
  return day ? newDay(day) : stamp(isUnread ? 'unread-template' : 'notice-template');
}

function drawNotice(node, { sentence, words, coming }) {
  if (node.textContent === words) return;
  if (coming) drawComing(node, coming.joined, coming.left);
  else say(node, splitAtNames(sentence));
}

// In another life of the room, numbers and seqs are of somebody and something else, and nothing can be done.
function drawMessages(group, { messages }, state) {
  const isSame = ({ line }, i) => line.seq === messages[i]?.line.seq && canBecome(line, messages[i].line);
  const kept = group.messages.findIndex((before, i) => !isSame(before, i));
  for (const { node } of kept < 0 ? [] : group.messages.splice(kept)) removeMessage(node);
  const { lines: { since }, who } = state;
  group.messages = messages.map(({ number, line }, i) => {
    const before = group.messages[i];
    const node = before?.node ?? newMessage(line);
    if (!before) {
      node.dataset.line = number;
      group.node.querySelector('.messages').append(node);
    }
    if (line !== before?.line || who !== before.who) drawMessage(node, line, before?.line ?? null, state);
    if (number >= since) drawQuote(node, line, state);
    else if (!before) retire(node);
    return { line, node, who };
  });
}

// Only a message can become something else, once.
const canBecome = (before, line) => before.type === line.type || line.type === 'removed';

function removeMessage(node) {
  if (node.nextElementSibling?.matches('.marks')) node.nextElementSibling.remove();
  node.remove();
}

function retire(node) {
  delete node.dataset.seq;
  delete node.closest('.group').dataset.who;
  node.querySelector('.more')?.remove();
  const marks = node.nextElementSibling?.matches('.marks') ? node.nextElementSibling : null;
  if (marks) delete marks.dataset.seq;
  for (const button of [...node.querySelectorAll('button'), ...(marks?.children ?? [])]) button.disabled = true;
}
