// Where in the conversation the reader is.
import { byId } from './dom.js';

const NEAR_BOTTOM = 80;     // pixels that still count as "at the bottom"

export class Place {
  #scroller = byId('scroller');
  #list;
  #watched;
  #divider = null;
  isAtEnd = true;       // the last line is in the document
  #wasAtBottom = true;
  #height = 0;
  #top = 0;             // where the scroller was left

  constructor(list, watched) {
    this.#list = list;
    this.#watched = watched;
    this.#scroller.addEventListener('scroll', () => this.look(), { passive: true });
    document.addEventListener('visibilitychange', () => this.look());
    // A keyboard, a longer draft or a banner shrinks the view: a reader at the bottom stays there.
    const observer = new ResizeObserver(() => {
      this.noticeScroll();
      this.settle(this.#divider);
    });
    observer.observe(this.#scroller);
    observer.observe(list);
  }

  scrollToBottom() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.look();
  }

  look() {
    const isResized = this.#scroller.clientHeight !== this.#height;     // before the observer knows
    if (isResized) {
      this.noticeScroll();
      this.settle(this.#divider);
    } else this.#measure();
    this.#watched(this.#isWatched);
  }

  // A reader may have scrolled up before the event of it, and is not to be brought back.
  noticeScroll() {
    if (this.#scroller.scrollTop < this.#top) this.#measure();
  }

  #measure() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    this.#wasAtBottom = this.isAtEnd && scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM;
    this.#top = scrollTop;
  }

  get isAtBottom() {
    return this.#wasAtBottom;
  }

  leaveBottom() {
    this.#wasAtBottom = false;
  }

  // A reader at the bottom stays there, but is not taken past the first unread line.
  settle(divider) {
    this.#divider = divider;
    this.#height = this.#scroller.clientHeight;
    if (!this.#wasAtBottom) return;
    const bottom = this.#scroller.scrollHeight - this.#scroller.clientHeight;
    const stopsAtDivider = divider?.isConnected && !this.#isWatched;
    this.#scroller.scrollTop = stopsAtDivider ? Math.min(bottom, divider.offsetTop) : bottom;
    this.#top = this.#scroller.scrollTop;
  }

  // What is drawn above a reader who is further up does not move what is read.
  keep(draw) {
    const { top } = this.#scroller.getBoundingClientRect();
    const isShown = (node) => node.getBoundingClientRect().bottom > top;
    const read = this.#wasAtBottom ? undefined : [...this.#list.querySelectorAll('.message, .notice')].find(isShown);
    const before = read?.getBoundingClientRect().top;
    draw();
    if (!read) return;
    const after = read.isConnected ? read
      : this.#list.querySelector(`:is(.message, .notice)[data-line="${read.dataset.line}"]`);
    if (after) this.#scroller.scrollTop += after.getBoundingClientRect().top - before;
    this.#top = this.#scroller.scrollTop;
  }

  get #isWatched() {
    return this.#wasAtBottom && !document.hidden && !this.#list.classList.contains('filtered');
  }
}
