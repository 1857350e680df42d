// The conversation: grouped by person and minute, and kept where the reader is.
import { epochStart } from './amending.js';
import { byId, stamp } from './dom.js';
import { drawComing, drawMessage, drawQuote, newDay, newGroup, newMessage, unsentMessage } from './message.js';
import { Place } from './place.js';
import { lastOwnSeq, readersOf } from './receipts.js';
import { noticeWords, readWords, startsDay } from './words.js';

export class Log {
  #log = byId('log');
  #list = byId('lines');
  #pill = byId('pill');
  #dispatch;
  #lines = [];          // as they are drawn
  #messages = new Map();      // by their seqs, in this life of the room
  #place;
  #who = null;
  #read = null;         // where it stands how many have read my last message
  #open = null;         // what the next line may be joined to: a group of messages or a notice
  #unsent = [];
  #divider = null;      // stands before the first unread line
  #dividedAt = null;
  #muted = [];

  constructor(dispatch) {
    this.#dispatch = dispatch;
    this.#place = new Place(this.#list, (watching) => dispatch({ type: 'watched', watching }));
    this.#pill.addEventListener('click', () => this.scrollToBottom());
  }

  render(state) {
    for (const node of this.#unsent) node.remove();
    if (this.#dividedAt !== state.firstUnread) this.#divider?.remove();
    this.#place.keep(() => this.#draw(state));
    this.#dividedAt = state.firstUnread;
    this.#unsent = state.outbox.map((mine) => unsentMessage(mine, state,
      () => this.#dispatch({ type: 'retried', id: mine.id }),
      () => this.#dispatch({ type: 'discarded', id: mine.id })));
    this.#list.append(...this.#unsent);
    this.#renderRead(state);
    this.#pill.hidden = state.unread === 0;
    this.#pill.textContent = `${state.unread} new`;
    this.#place.settle(this.#divider);
  }

  announce({ announcing, epoch }) {
    this.#log.ariaLive = announcing ? 'polite' : 'off';
    this.#log.ariaBusy = String(epoch === null);
  }

  scrollToBottom() {
    this.#place.scrollToBottom();
  }

  look() {
    this.#place.look();
  }

  #draw(state) {
    const { lines } = state;
    // Only a message can become something else, once.
    const isThere = ({ seq, type }, i) =>
      lines[i]?.seq === seq && (lines[i].type === type || lines[i].type === 'removed');
    if (this.#lines.every(isThere)) this.#redraw(state);
    else this.#startOver();
    for (let i = this.#lines.length; i < lines.length; i++) {
      if (startsDay(lines[i], lines[i - 1])) this.#appendDay(lines[i]);
      if (i === state.firstUnread) this.#appendDivider();
      this.#append(lines[i], { ...state, lines: lines[i].replyTo ? lines.slice(0, i) : lines });
    }
    this.#lines = lines;
    this.#markAs(state);
    this.#mute(state);
  }

  #redraw(state) {
    const changed = new Set();
    this.#lines.forEach((before, i) => {
      const line = state.lines[i];
      const message = this.#messages.get(line.seq);
      if (line === before || !message) return;
      drawMessage(message, line, before, state);
      changed.add(line.seq);
    });
    if (changed.size > 0) this.#drawQuotes(state, ({ replyTo }) => changed.has(replyTo));
  }

  // After a gap, older lines were replaced.
  #startOver() {
    this.#list.replaceChildren();
    this.#messages.clear();
    this.#lines = [];
    this.#open = null;
  }

  #append(line, state) {
    switch (line.type) {
      case 'message':
      case 'removed': return this.#appendMessage(line, state);
      case 'joined': return this.#appendNotice(line);
      case 'left': return line.by ? this.#appendWords(noticeWords(line)) : this.#appendNotice(line);
      case 'announced': return this.#appendWords(noticeWords(line)).classList.add('announced');
      case 'reopened': return this.#appendReopened(line);
      default: return this.#appendWords(noticeWords(line));
    }
  }

  #appendDay({ at }) {
    this.#open = null;
    this.#list.append(newDay(at));
  }

  #appendMessage(line, state) {
    const key = `${line.who} ${line.from} ${line.at.slice(0, 'yyyy-mm-ddThh:mm'.length)}`;
    if (this.#open?.key !== key) this.#open = { key, messages: this.#appendGroup(line) };
    const message = newMessage(line);
    this.#open.messages.append(message);
    this.#messages.set(line.seq, message);
    drawMessage(message, line, null, state);
    drawQuote(message, line, state);
  }

  #drawQuotes(state, isToDraw) {
    for (const line of state.lines.slice(epochStart(state.lines)).filter(isToDraw)) {
      const message = this.#messages.get(line.seq);
      if (message) drawQuote(message, line, state);
    }
  }

  #appendGroup(line) {
    const group = newGroup(line);
    group.hidden = this.#muted.includes(line.who);
    this.#list.append(group);
    return group.querySelector('.messages');
  }

  // Consecutive joins and leaves share one line.
  #appendNotice({ type, from, own }) {
    if (!this.#open?.notice) this.#open = { notice: this.#appendWords(''), joined: new Map(), left: new Map() };
    const { notice, joined, left } = this.#open;
    joined.delete(from);
    left.delete(from);
    this.#open[type].set(from, own);
    drawComing(notice, joined, left);
  }

  // Numbers and seqs are of somebody and something else in another life of the room.
  #appendReopened(line) {
    for (const node of this.#list.querySelectorAll('[data-who], [data-seq]')) {
      delete node.dataset.who;
      delete node.dataset.seq;
    }
    for (const button of this.#list.querySelectorAll('.more')) button.remove();
    for (const button of this.#list.querySelectorAll('button')) button.disabled = true;
    this.#messages.clear();
    this.#appendWords(noticeWords(line));
  }

  #mute(state) {
    if (state.muted === this.#muted) return;
    this.#muted = state.muted;
    for (const group of this.#list.querySelectorAll('.group[data-who]'))
      group.hidden = this.#muted.includes(Number(group.dataset.who));
    this.#drawQuotes(state, ({ replyTo }) => replyTo);
  }

  // With a new number, marks of mine are somebody else's.
  #markAs(state) {
    if (state.who === this.#who) return;
    this.#who = state.who;
    for (const line of state.lines.slice(epochStart(state.lines)))
      if (line.type === 'message') drawMessage(this.#messages.get(line.seq), line, line, state);
  }

  #renderRead(state) {
    const seq = lastOwnSeq(state);
    const words = seq === null ? '' : readWords(readersOf(state, seq).length, state.roster.length - 1);
    const read = this.#messages.get(seq)?.closest('.group').querySelector('.read') ?? null;
    if (this.#read && this.#read !== read) this.#read.textContent = '';
    this.#read = read;
    if (read && read.textContent !== words) read.textContent = words;
  }

  #appendWords(words) {
    this.#open = null;
    const item = stamp('notice-template');
    item.textContent = words;
    this.#list.append(item);
    return item;
  }

  #appendDivider() {
    this.#open = null;
    this.#divider = stamp('unread-template');
    this.#list.append(this.#divider);
  }
}
