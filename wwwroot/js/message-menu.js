// What can be done about a message: one menu for all of them, at the one it is about.
import { MARKS, messageIn } from './amending.js';
import { byId, stamp } from './dom.js';
import { labelMark } from './message.js';
import { isOwner } from './owning.js';
import { readersOf } from './receipts.js';
import { markedWords, readByWords } from './words.js';
import { canEdit, canTakeBack } from './writing.js';

const LONG_PRESS = 500;
const STEADY = 10;      // pixels that a resting finger may move

export class MessageMenu {
  #menu = byId('message-menu');
  #list = byId('lines');
  #dispatch;
  #confirm;
  #state;
  #seq = null;          // of the message that it is open for
  #button = null;       // where it was opened
  #tabStop = null;      // one of all messages; arrow keys lead to the others
  #press = null;

  constructor(dispatch, confirm) {
    this.#dispatch = dispatch;
    this.#confirm = confirm;
    byId('mark-choice').append(...MARKS.map((mark) => this.#newChoice(mark)));
    byId('answer-message').addEventListener('click', () => this.#choose({ type: 'answerStarted' }));
    byId('edit-message').addEventListener('click', () => this.#choose({ type: 'editStarted' }));
    byId('remove-message').addEventListener('click', () => this.#askRemoval());
    this.#menu.addEventListener('keydown', (event) => event.key === 'Escape' && this.#close());
    this.#menu.addEventListener('focusout', ({ relatedTarget: to }) =>
      to && !this.#menu.contains(to) && this.#hide());
    document.addEventListener('pointerdown', (event) => this.#pressed(event));
    this.#list.addEventListener('click', ({ target }) => {
      const button = target.closest('.more');
      if (button) this.#toggle(button);
    });
    this.#list.addEventListener('keydown', (event) => this.#moved(event));
    this.#watchLongPresses();
  }

  render(state) {
    this.#state = state;
    if (this.#seq !== null) this.#fill();
    if (this.#list.contains(document.activeElement)) return;
    const last = [...this.#list.querySelectorAll('.more')].at(-1);
    if (last) this.#stopAt(last);
  }

  #toggle(button) {
    if (this.#button === button) return this.#close();
    const { left, right, top, bottom } = button.getBoundingClientRect();
    this.#open(button, { left, right, top, bottom });
    this.#menu.querySelector('button').focus();
  }

  // In the half of the window that has more room, over what is there.
  #open(button, { left, right, top, bottom }) {
    this.#hide();
    const isBelow = top + bottom < innerHeight;
    const isOwn = button.closest('.own') !== null;
    const at = (pixels) => `${pixels}px`;
    this.#menu.style.top = isBelow ? at(bottom) : 'auto';
    this.#menu.style.bottom = isBelow ? 'auto' : at(innerHeight - top);
    this.#menu.style.setProperty('--left', isOwn ? 'auto' : at(left));
    this.#menu.style.setProperty('--right', isOwn ? at(innerWidth - right) : 'auto');
    this.#menu.classList.toggle('for-own', isOwn);
    this.#button = button;
    this.#seq = Number(button.closest('.message').dataset.seq);
    button.ariaExpanded = 'true';
    this.#stopAt(button);
    this.#fill();
    this.#menu.showPopover();
  }

  #hide() {
    if (this.#seq === null) return;
    if (this.#button) this.#button.ariaExpanded = 'false';
    this.#seq = this.#button = null;
    this.#menu.hidePopover();
  }

  // The focus goes back to where it came from.
  #close() {
    const button = this.#button;
    this.#hide();
    (button?.isConnected ? button : byId('scroller')).focus({ preventScroll: true });
  }

  #fill() {
    const line = messageIn(this.#state.lines, this.#seq);
    if (line?.type !== 'message') return this.#close();
    const now = Date.now();
    for (const choice of byId('mark-choice').children)
      labelMark(choice, choice.dataset.mark, line.marks[choice.dataset.mark] ?? [], this.#state.who);
    byId('edit-message').hidden = !canEdit(this.#state, line, now);
    byId('remove-message').hidden = !canTakeBack(this.#state, line, now);
    byId('remove-message').textContent = line.own ? 'Take back…' : 'Remove…';
    const read = line.own ? readByWords(readersOf(this.#state, line.seq).map(({ name }) => name)) : '';
    byId('message-facts').textContent = [markedWords(line.marks, this.#state.who), read].filter(Boolean).join('\n');
  }

  #newChoice(mark) {
    const choice = stamp('choice-template');
    choice.dataset.mark = choice.textContent = mark;
    choice.addEventListener('click', () => {
      const args = { seq: this.#seq, mark, on: choice.ariaPressed !== 'true' };
      this.#close();
      this.#dispatch({ type: 'acted', method: 'React', args });
    });
    return choice;
  }

  #choose(action) {
    const seq = this.#seq;
    this.#close();
    this.#dispatch({ ...action, seq });
  }

  #askRemoval() {
    const { own, from, seq } = messageIn(this.#state.lines, this.#seq);
    this.#close();
    this.#confirm({
      title: own ? 'Take back your message?' : `Remove the message of ${from}?`,
      words: 'Nobody sees it from now on, only that it was there. Others may have read it already.',
      label: own ? 'Take back' : 'Remove',
      act: { method: 'RemoveMessage', args: { seq } },
    });
  }

  #pressed({ target }) {
    if (!this.#menu.contains(target) && target.closest('.more') !== this.#button) this.#hide();
  }

  #stopAt(button) {
    if (this.#tabStop) this.#tabStop.tabIndex = -1;
    this.#tabStop = button;
    button.tabIndex = 0;
  }

  // Up and down lead from message to message, left and right to what else can be pressed in one.
  #moved(event) {
    const from = event.target.closest('.message[data-seq] button, .marks button');
    if (!from) return;
    const { seq } = from.closest('.message, .marks').dataset;
    const all = [...this.#list.querySelectorAll('.more')];
    const inside = [...this.#list.querySelectorAll(`[data-seq="${seq}"] > button:enabled`)];
    const here = all.findIndex((button) => button.parentElement.dataset.seq === seq);
    const to = {
      ArrowUp: all[here - 1], ArrowDown: all[here + 1], Home: all[0], End: all.at(-1),
      ArrowLeft: inside[inside.indexOf(from) - 1], ArrowRight: inside[inside.indexOf(from) + 1],
    }[event.key];
    if (!to) return;
    event.preventDefault();
    this.#stopAt(to);
    to.focus();
  }

  #watchLongPresses() {
    const end = () => clearTimeout(this.#press?.timer);
    this.#list.addEventListener('pointerdown', ({ pointerType, target, clientX: x, clientY: y }) => {
      const { seq } = target.closest('.message, .marks')?.dataset ?? {};
      const button = this.#list.querySelector(`.message[data-seq="${seq}"] > .more`);
      end();
      if (pointerType !== 'touch' || !button) return;
      const open = () => this.#open(button, { left: x, right: x, top: y - STEADY, bottom: y + STEADY });
      this.#press = { x, y, timer: setTimeout(open, LONG_PRESS) };
    });
    this.#list.addEventListener('pointermove', ({ clientX, clientY }) => {
      if (this.#press && Math.hypot(clientX - this.#press.x, clientY - this.#press.y) > STEADY) end();
    });
    for (const type of ['pointerup', 'pointercancel']) this.#list.addEventListener(type, end);
    // The browser's own menu for a long press would cover this one.
    this.#list.addEventListener('contextmenu', (event) => this.#seq !== null && event.preventDefault());
  }
}
