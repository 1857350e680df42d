// The conversation: grouped by person and minute, and kept where the reader is.
import { byId, stamp } from './dom.js';
import { avatar } from './people.js';
import { clock, mentions, nodesOf, someOf } from './words.js';

const NEAR_BOTTOM = 80;             // pixels that still count as "at the bottom"
const QUIET_AFTER_JOINING = 1_000;  // history is not read aloud, what is said from then on is

const meFirst = (names, me) => [...names.filter((name) => name === me).map(() => 'You'), ...names.filter((name) => name !== me)];

export class Log {
  #scroller = byId('scroller');
  #log = byId('log');
  #list = byId('lines');
  #pill = byId('pill');
  #acts;
  #shown = 0;
  #last = null;         // what the next line may be joined to: { message } or { notice }
  #unsent = [];
  #mark = null;
  #marked = null;
  #wasAtBottom = true;
  #height = 0;

  // acts: retry(id), discard(id), watch(watching)
  constructor(acts) {
    this.#acts = acts;
    this.#scroller.addEventListener('scroll', () => this.look(), { passive: true });
    document.addEventListener('visibilitychange', () => this.look());
    this.#pill.addEventListener('click', () => this.toBottom());
    // A keyboard that comes up, a line more in the composer, a banner: whoever was at the bottom stays there.
    new ResizeObserver(() => this.#settle()).observe(this.#scroller);
    new ResizeObserver(() => this.#settle()).observe(this.#list);
  }

  show(state) {
    for (const node of this.#unsent) node.remove();
    if (this.#marked !== state.firstUnread) this.#mark?.remove();
    for (; this.#shown < state.lines.length; this.#shown++) {
      if (this.#shown === state.firstUnread) this.#markHere();
      this.#append(state.lines[this.#shown], state.name);
    }
    this.#marked = state.firstUnread;
    this.#unsent = state.outbox.map((mine) => this.#unsentLine(mine, state.name));
    this.#list.append(...this.#unsent);
    this.#pill.hidden = state.unread === 0;
    this.#pill.textContent = `${state.unread} new`;
    this.#settle();
  }

  beQuiet() {
    this.#log.ariaLive = 'off';
  }

  speakSoon() {
    this.#log.ariaBusy = 'false';
    setTimeout(() => { this.#log.ariaLive = 'polite'; }, QUIET_AFTER_JOINING);
  }

  toBottom() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.look();
  }

  // Where the reader is, and whether anybody looks.
  look() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    if (clientHeight !== this.#height) this.#settle();      // before the observer knows
    else this.#wasAtBottom = scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM;
    this.#acts.watch(this.#isWatched);
  }

  #append(line, me) {
    switch (line.type) {
      case 'message': return this.#appendMessage(line, line.from === me, me);
      case 'joined':
      case 'left': return this.#appendNotice(line, me);
      case 'gap': return this.#appendWords('Some messages are no longer available.');
      case 'anew': return this.#appendWords('The room was made anew. What is above is from before.');
    }
  }

  #appendMessage({ from, registered = false, text, at }, own, me) {
    const key = `${registered} ${from} ${at.slice(0, 'yyyy-mm-ddThh:mm'.length)}`;
    if (this.#last?.key !== key) this.#last = { key, messages: this.#appendGroup({ from, registered, at }, own) };
    const message = stamp('message-template');
    message.querySelector('.text').append(...nodesOf(text, own ? null : me));
    message.classList.toggle('mentioned', !own && mentions(text, me));
    this.#last.messages.append(message);
  }

  #appendGroup({ from, registered, at }, own) {
    const group = stamp('group-template');
    group.classList.toggle('own', own);
    group.querySelector('.delivered').hidden = !own;
    group.prepend(avatar(from));
    group.querySelector('.from').textContent = own ? 'You' : from;
    group.querySelector('.registered').hidden = !registered;
    const time = group.querySelector('time');
    [time.textContent, time.dateTime] = [clock(at), at];
    this.#list.append(group);
    return group.querySelector('.messages');
  }

  // People who come and go make one line, until somebody speaks.
  #appendNotice({ type, from }, me) {
    if (!this.#last?.notice) this.#last = { notice: this.#appendWords(''), joined: new Set(), left: new Set() };
    const { notice, joined, left } = this.#last;
    const [now, before] = type === 'joined' ? [joined, left] : [left, joined];
    before.delete(from);
    now.add(from);
    notice.textContent = [[joined, 'joined'], [left, 'left']]
      .filter(([names]) => names.size > 0)
      .map(([names, verb]) => `${someOf(meFirst([...names], me))} ${verb}`)
      .join(' · ');
  }

  #appendWords(words) {
    this.#last = null;
    const item = stamp('notice-template');
    item.textContent = words;
    this.#list.append(item);
    return item;
  }

  #unsentLine({ id, text, status, reason }, me) {
    const group = stamp('unsent-template');
    group.prepend(avatar(me ?? '?'));
    group.querySelector('.message').classList.add(status);
    group.querySelector('.text').append(...nodesOf(text, null));
    group.querySelector('.delivery span').textContent = { pending: 'Sending…', sent: 'Sent', failed: `Not sent: ${reason}` }[status];
    for (const button of group.querySelectorAll('button')) button.hidden = status !== 'failed';
    group.querySelector('.retry').addEventListener('click', () => this.#acts.retry(id));
    group.querySelector('.discard').addEventListener('click', () => this.#acts.discard(id));
    return group;
  }

  #markHere() {
    this.#last = null;
    this.#mark = stamp('unread-template');
    this.#list.append(this.#mark);
  }

  // Whoever was at the bottom stays there, but not past the first line that is new.
  #settle() {
    this.#height = this.#scroller.clientHeight;
    if (this.#wasAtBottom) {
      const bottom = this.#scroller.scrollHeight - this.#scroller.clientHeight;
      this.#scroller.scrollTop = this.#mark?.isConnected && !this.#isWatched ? Math.min(bottom, this.#mark.offsetTop) : bottom;
    }
  }


  get #isWatched() {
    return this.#wasAtBottom && !document.hidden;
  }

}
