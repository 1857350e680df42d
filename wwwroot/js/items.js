// What the log shows of a chunk of lines: groups of messages of one person and minute, notices, of which those of who
// comes and goes are joined, and where a day and what is unread begin. Nothing spans two chunks.
import { MINUTE } from './language.js';
import { CHUNK, lineAt } from './lines.js';
import { actionIn, comingSigns, noticeWords, startsDay, translate, withoutMarks } from './words.js';

const LEAST_DRAWN = 600;        // pixels
const LOWEST_MESSAGE = 20;      // pixels, in the smallest letters
const LOWEST_NOTICE = 10;

export class Items {
  filter = (items) => items;      // gives of the items of a chunk those to be shown
  #state = null;
  #known = new WeakMap();         // by chunk of lines

  take(state) {
    const { lines, firstUnread, muted } = this.#state ?? {};
    if (state.lines.since !== lines?.since || state.firstUnread !== firstUnread || state.muted !== muted)
      this.#known = new WeakMap();
    this.#state = state;
  }

  of(number) {
    const { lines } = this.#state;
    const chunk = lines.chunks[number - lines.first];
    if (!this.#known.has(chunk)) this.#known.set(chunk, itemsOf(chunk, number * CHUNK, this.#state));
    return this.filter(this.#known.get(chunk));
  }

  held() {
    const { lines } = this.#state;
    return lines.chunks.map((_, i) => {
      if (!this.#known.has(lines.chunks[i])) this.of(lines.first + i);
      return this.#known.get(lines.chunks[i]);
    });
  }

  // Numbers of chunks, enough to be drawn: from one on, or else the last ones.
  from(number) {
    const { first, chunks } = this.#state.lines;
    const last = first + chunks.length - 1;
    const enough = enoughToFill();
    const numbers = [];
    let height = 0;
    for (let n = Math.max(first, number); n <= last && height < enough; n++) {
      numbers.push(n);
      height += this.#leastHeightOf(n);
    }
    return height < enough ? this.upTo(last) : numbers;
  }

  upTo(number) {
    const enough = enoughToFill();
    const numbers = [];
    let height = 0;
    for (let n = number; n >= this.#state.lines.first && height < enough; n--) {
      numbers.unshift(n);
      height += this.#leastHeightOf(n);
    }
    return numbers;
  }

  // A chunk of which nothing is shown would not be noticed.
  shownBefore(number) {
    let n = number - 1;
    while (n > this.#state.lines.first && this.#leastHeightOf(n) === 0) n--;
    return n;
  }

  #leastHeightOf(number) {
    const heightOf = ({ messages }) => (messages ? messages.length * LOWEST_MESSAGE : LOWEST_NOTICE);
    return this.of(number).reduce((height, item) => height + heightOf(item), 0);
  }
}

const enoughToFill = () => Math.max(LEAST_DRAWN, innerHeight);

// start: the number of the first line. A group: { key, number, messages: [{ number, line }] }; a notice:
// { key, number, sentence, words, coming? }; where something begins: { key, number, day } or { key, number, isUnread }.
function itemsOf(lines, start, { lines: all, firstUnread, muted }) {
  const { since } = all;
  const items = [];
  let open = {};
  lines.forEach((line, i) => {
    const number = start + i;
    if (startsDay(line, i > 0 ? lines[i - 1] : lineAt(all, start - 1)))
      items.push(open = { key: `${number} day`, number, day: line.at });
    if (number === firstUnread) items.push(open = { key: `${number} unread`, number, isUnread: true });
    if (isMessage(line)) {
      const { who, from, at } = line;
      if (number >= since && muted.includes(who)) return;
      const kind = `${who} ${from} ${at.slice(0, MINUTE)} ${number < since}`;
      if (open.kind !== kind) items.push(open = { kind, key: `${number} ${kind}`, number, messages: [] });
      open.messages.push({ number, line });
      return;
    }
    const kind = isComing(line) ? 'coming' : null;
    if (kind === null || open.kind !== kind)
      items.push(open = { kind, key: `${number} ${line.type}`, number, type: line.type, lines: [] });
    open.lines.push(line);
  });
  return items.map(withWords);
}

const isMessage = ({ type }) => type === 'message' || type === 'removed';

const isComing = ({ type, by }) => type === 'joined' || (type === 'left' && !by);

function withWords(item) {
  if (!item.lines) return item;
  if (item.kind !== 'coming') return { ...item, ...said(noticeWords(item.lines[0])) };
  const coming = comingOf(item.lines);
  return { ...item, coming, ...said(comingSigns(coming.joined, coming.left)) };
}

const said = (sentence) => ({ sentence, words: withoutMarks(sentence) });

function comingOf(lines) {
  const people = { joined: new Map(), left: new Map() };
  for (const { type, from, own } of lines) {
    people.joined.delete(from);
    people.left.delete(from);
    people[type].set(from, own);
  }
  return people;
}

// As it is drawn, for finding in it.
export function shownText({ text, from }) {
  const action = actionIn(text);
  return action === null ? text : `${from} ${action}`;
}

export const nameOf = ({ own, from }) => (own ? translate('page.you') : from);
