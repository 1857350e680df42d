// The conversation. Only the chunks of lines around the reader are in the document; what the reader comes near to is
// drawn then, and what is far goes.
import { Chunk } from './chunk.js';
import { byId, stamp } from './dom.js';
import { Items } from './items.js';
import { MINUTE } from './language.js';
import { chunkOf, lineAt, numberOf } from './lines.js';
import { unsentMessage } from './message.js';
import { Place } from './place.js';
import { lastOwnSeq, readersOf } from './receipts.js';
import { readWords, translate } from './words.js';

const NEAR = 400;       // pixels to what is not drawn, at which it is
const QUIET = 500;      // milliseconds in which what was drawn is not read aloud

export class Log {
  rendered = null;      // called after each change of what is held, also of what is not drawn
  #log = byId('log');
  #list = byId('lines');
  #pill = byId('pill');
  #scroller = byId('scroller');
  #end = document.createComment('what is not sent yet');      // after all chunks
  #older = stamp('notice-template');
  #dispatch;
  #place;
  #state = null;
  #chunks = [];         // as they are drawn
  #items = new Items();
  #read = null;         // where it stands how many have read my last message
  #unsent = [];
  #followed = null;     // the group that what is not sent yet will be in
  #quiet = null;

  constructor(dispatch) {
    this.#dispatch = dispatch;
    this.#list.append(this.#end);
    this.#older.textContent = translate('page.older');
    this.#place = new Place(this.#list, (watching) => dispatch({ type: 'watched', watching }));
    this.#pill.addEventListener('click', () => this.scrollToBottom());
    this.#scroller.addEventListener('scroll', () => this.#extend(), { passive: true });
  }

  render(state) {
    const before = this.#state;
    this.#state = state;
    const changed = (...keys) => keys.some((key) => state[key] !== before?.[key]);
    this.#items.take(state);
    if (before && changed('firstUnread', 'muted', 'who')) this.#hush();
    this.#place.noticeScroll();
    this.#draw(this.#windowNow());
    // Not each time, since a button that is being pressed would be gone.
    const quotes = state.outbox.some(({ replyTo }) => replyTo);
    if (changed('outbox', 'inRoom', 'name') || (quotes && changed('lines', 'muted'))) {
      for (const node of this.#unsent) node.remove();
      this.#unsent = state.outbox.map((mine) => unsentMessage(mine, state, this.#dispatch));
      this.#list.append(...this.#unsent);
    }
    this.#joinGroups(state);
    this.#renderRead(state);
    this.#pill.hidden = state.unread === 0;
    this.#pill.textContent = translate('page.unread', { count: state.unread });
    this.#place.settle(this.#list.querySelector('.unread'));
    this.rendered?.();
  }

  announce({ announcing, epoch }) {
    this.#log.ariaLive = announcing && this.#quiet === null ? 'polite' : 'off';
    this.#log.ariaBusy = String(epoch === null);
  }

  scrollToBottom() {
    this.#redraw(this.#items.upTo(this.#last));
    this.#place.scrollToBottom();
  }

  look() {
    this.#place.look();
  }

  // Draws what is around a line, and gives its element.
  show(number) {
    if (!this.#chunks.some((chunk) => chunk.number === chunkOf(number))) {
      this.#place.leaveBottom();
      this.#redraw(this.#items.from(chunkOf(number) - 1));
    }
    return this.elementOf(number);
  }

  showMessage(seq) {
    const number = numberOf(this.#state.lines, seq);
    return lineAt(this.#state.lines, number) && this.show(number);
  }

  elementOf(number) {
    return this.#list.querySelector(`[data-line="${number}"].message, [data-line="${number}"].notice`);
  }

  // What each chunk that is held shows.
  itemsHeld() {
    return this.#items.held();
  }

  // filter: gives of the items of a chunk those to be shown.
  filter(filter) {
    this.#items.filter = filter;
    const first = this.#chunks[0]?.number ?? this.#last;
    this.#redraw(this.#place.isAtBottom ? this.#items.upTo(this.#last) : this.#items.from(first));
  }

  get #last() {
    const { first, chunks } = this.#state.lines;
    return first + chunks.length - 1;
  }

  // Follows what comes; but a reader who is elsewhere stays, and one who is away finds the first of it.
  #windowNow() {
    const { firstUnread, watching } = this.#state;
    const first = this.#chunks[0]?.number;
    if (first === undefined) return this.#items.upTo(this.#last);
    if (!this.#place.isAtBottom) return this.#items.from(first);
    if (firstUnread === null || watching) return this.#items.upTo(this.#last);
    return this.#items.from(Math.max(first, chunkOf(firstUnread) - 1));
  }

  #extend() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    const [first, last] = [this.#chunks[0]?.number, this.#chunks.at(-1)?.number];
    if (first === undefined) return;
    if (scrollTop < NEAR && first > this.#state.lines.first)
      this.#redraw(this.#items.from(this.#items.shownBefore(first)));
    else if (scrollHeight - scrollTop - clientHeight < NEAR && last < this.#last)
      this.#redraw(this.#items.upTo(last + 1));
  }

  #redraw(numbers) {
    this.#hush();
    this.#draw(numbers);
  }

  #draw(numbers) {
    this.#place.keep(() => this.#drawChunks(numbers));
    this.#place.isAtEnd = numbers.length === 0 || numbers.at(-1) === this.#last;
  }

  #drawChunks(numbers) {
    const known = new Map(this.#chunks.map((chunk) => [chunk.number, chunk]));
    for (const chunk of this.#chunks) if (!numbers.includes(chunk.number)) this.#remove(chunk);
    this.#chunks = numbers.map((number) => known.get(number) ?? new Chunk(number));
    let next = this.#end;
    for (const chunk of this.#chunks.toReversed()) {
      chunk.draw(this.#items.of(chunk.number), this.#state, this.#list, next);
      next = chunk.nodes[0] ?? next;
    }
    const { first } = this.#state.lines;
    if (first === 0 || numbers[0] !== first) this.#older.remove();
    else if (!this.#older.isConnected) this.#list.prepend(this.#older);
  }

  #remove(chunk) {
    if (chunk.nodes.some((node) => node.contains(document.activeElement)))
      this.#scroller.focus({ preventScroll: true });
    chunk.remove();
  }

  // What is drawn again is no news.
  #hush() {
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => {
      this.#quiet = null;
      this.announce(this.#state);
    }, QUIET);
    this.announce(this.#state);
  }

  // Of the groups that will be one, only the last says when it was sent.
  #joinGroups({ outbox }) {
    this.#followed?.classList.remove('followed');
    this.#followed = null;
    if (outbox.length === 0) return;
    const minute = new Date().toISOString().slice(0, MINUTE);
    const last = this.#end.previousElementSibling;
    if (last?.matches(`.own[data-who]:has(time[datetime^="${minute}"])`)) this.#followed = last;
    let group = this.#followed;
    outbox.forEach(({ status }, i) => {
      if (status === 'failed') group = null;
      group?.classList.add('followed');
      if (status !== 'failed') group = this.#unsent[i];
    });
  }

  #renderRead(state) {
    const seq = lastOwnSeq(state);
    const words = seq === null ? '' : readWords(readersOf(state, seq).length, state.roster.length - 1);
    const message = this.#list.querySelector(`.message[data-seq="${seq}"]`);
    const read = message?.closest('.group').querySelector('.read') ?? null;
    if (this.#read && this.#read !== read) this.#read.textContent = '';
    this.#read = read;
    if (read && read.textContent !== words) read.textContent = words;
  }
}
