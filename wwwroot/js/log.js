// The conversation: grouped by person and minute, and kept where the reader is.
import { byId, stamp } from './dom.js';
import { mentions, nodesOf } from './message-text.js';
import { avatar } from './people.js';
import { clock, noticeWords, someOf } from './words.js';

const NEAR_BOTTOM = 80;     // pixels that still count as "at the bottom"

export class Log {
  #scroller = byId('scroller');
  #log = byId('log');
  #list = byId('lines');
  #pill = byId('pill');
  #dispatch;
  #drawn = 0;           // lines that are in the list already
  #open = null;         // what the next line may be joined to: a group of messages or a notice
  #unsent = [];
  #divider = null;      // stands before the first unread line
  #dividedAt = null;
  #muted = [];
  #wasAtBottom = true;
  #height = 0;

  constructor(dispatch) {
    this.#dispatch = dispatch;
    this.#scroller.addEventListener('scroll', () => this.look(), { passive: true });
    document.addEventListener('visibilitychange', () => this.look());
    this.#pill.addEventListener('click', () => this.scrollToBottom());
    // A keyboard, a longer draft or a banner shrinks the view: a reader at the bottom stays there.
    const observer = new ResizeObserver(() => this.#settle());
    observer.observe(this.#scroller);
    observer.observe(this.#list);
  }

  render(state) {
    for (const node of this.#unsent) node.remove();
    if (this.#dividedAt !== state.firstUnread) this.#divider?.remove();
    for (; this.#drawn < state.lines.length; this.#drawn++) {
      if (this.#drawn === state.firstUnread) this.#appendDivider();
      this.#append(state.lines[this.#drawn], state.name);
    }
    this.#mute(state.muted);
    this.#dividedAt = state.firstUnread;
    this.#unsent = state.outbox.map((mine) => this.#unsentMessage(mine, state.name));
    this.#list.append(...this.#unsent);
    this.#pill.hidden = state.unread === 0;
    this.#pill.textContent = `${state.unread} new`;
    this.#settle();
  }

  announce({ announcing, epoch }) {
    this.#log.ariaLive = announcing ? 'polite' : 'off';
    this.#log.ariaBusy = String(epoch === null);
  }

  scrollToBottom() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.look();
  }

  look() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    if (clientHeight !== this.#height) this.#settle();      // before the observer knows
    else this.#wasAtBottom = scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM;
    this.#dispatch({ type: 'watched', watching: this.#isWatched });
  }

  #append(line, me) {
    switch (line.type) {
      case 'message': return this.#appendMessage(line, me);
      case 'joined': return this.#appendNotice(line);
      case 'left': return line.by ? this.#appendWords(noticeWords(line)) : this.#appendNotice(line);
      case 'announced': return this.#appendWords(noticeWords(line)).classList.add('announced');
      case 'reopened': return this.#appendReopened(line);
      default: return this.#appendWords(noticeWords(line));
    }
  }

  #appendMessage({ who, from, own: isOwn, registered = false, text, at }, me) {
    const key = `${who} ${from} ${at.slice(0, 'yyyy-mm-ddThh:mm'.length)}`;
    if (this.#open?.key !== key)
      this.#open = { key, messages: this.#appendGroup({ who, from, registered, at }, isOwn) };
    const message = stamp('message-template');
    message.querySelector('.text').append(...nodesOf(text, from, isOwn ? null : me));
    message.classList.toggle('mentioned', !isOwn && mentions(text, me));
    this.#open.messages.append(message);
  }

  #appendGroup({ who, from, registered, at }, isOwn) {
    const group = stamp('group-template');
    group.dataset.who = who;
    group.hidden = this.#muted.includes(who);
    group.classList.toggle('own', isOwn);
    group.querySelector('.delivered').hidden = !isOwn;
    group.prepend(avatar(from));
    group.querySelector('.from').textContent = isOwn ? 'You' : from;
    group.querySelector('.registered').hidden = !registered;
    const time = group.querySelector('time');
    time.textContent = clock(at);
    time.dateTime = at;
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
    notice.textContent = [[joined, 'joined'], [left, 'left']]
      .filter(([people]) => people.size > 0)
      .map(([people, verb]) => `${someOf(meFirst([...people]))} ${verb}`)
      .join(' · ');
  }

  // A number is somebody else in another life of the room.
  #appendReopened(line) {
    for (const group of this.#list.querySelectorAll('.group')) delete group.dataset.who;
    this.#appendWords(noticeWords(line));
  }

  #mute(muted) {
    if (muted === this.#muted) return;
    this.#muted = muted;
    for (const group of this.#list.querySelectorAll('.group[data-who]'))
      group.hidden = muted.includes(Number(group.dataset.who));
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

  #unsentMessage({ id, text, status, reason }, me) {
    const group = stamp('unsent-template');
    group.prepend(avatar(me ?? '?'));
    group.querySelector('.message').classList.add(status);
    group.querySelector('.text').append(...nodesOf(text, me ?? '?', null));
    group.querySelector('.delivery span').textContent =
      { pending: 'Sending…', sent: 'Sent', failed: `Not sent: ${reason}` }[status];
    for (const button of group.querySelectorAll('button')) button.hidden = status !== 'failed';
    group.querySelector('.retry').addEventListener('click', () => this.#dispatch({ type: 'retried', id }));
    group.querySelector('.discard').addEventListener('click', () => this.#dispatch({ type: 'discarded', id }));
    return group;
  }

  // A reader at the bottom stays there, but is not taken past the first unread line.
  #settle() {
    this.#height = this.#scroller.clientHeight;
    if (!this.#wasAtBottom) return;
    const bottom = this.#scroller.scrollHeight - this.#scroller.clientHeight;
    const stopsAtDivider = this.#divider?.isConnected && !this.#isWatched;
    this.#scroller.scrollTop = stopsAtDivider ? Math.min(bottom, this.#divider.offsetTop) : bottom;
  }

  get #isWatched() {
    return this.#wasAtBottom && !document.hidden && !this.#list.classList.contains('filtered');
  }
}

const meFirst = (people) => [
  ...people.filter(([, own]) => own).map(() => 'You'),
  ...people.filter(([, own]) => !own).map(([name]) => name),
];
