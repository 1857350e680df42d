// What is pressed at a message: a reaction, what it answers, or what opens its actions.

const FOUND_FOR = 2_000;
const LONG_PRESS = 500;
const STEADY = 10;      // pixels that a resting finger may move

export class Presses {
  #list;
  #open;
  #press = null;
  #tabStop = null;      // one button of all messages; arrow keys lead to the others

  // open: the actions for the message of a button, at a place. messageOf: draws the message of a seq.
  constructor(list, dispatch, open, messageOf) {
    this.#list = list;
    this.#open = open;
    this.#watchLongPresses();
    list.addEventListener('keydown', (event) => this.#moved(event));
    list.addEventListener('click', ({ target }) => {
      const [mark, quote, more] = ['.marks button', '.quote', '.more'].map((kind) => target.closest(kind));
      if (mark) dispatch(react(mark));
      if (quote) show(messageOf(Number(quote.dataset.seq)));
      if (more) this.#openAt(more, more.getBoundingClientRect());
    });
  }

  // The last message is where Tab leads, unless somebody is at another.
  render() {
    if (this.#list.contains(document.activeElement)) return;
    const last = [...this.#list.querySelectorAll('.more')].at(-1);
    if (last) this.#stopAt(last);
  }

  #openAt(button, place) {
    this.#stopAt(button);
    this.#open(button, place);
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
    const [before, behind] = document.dir === 'rtl' ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight'];
    const to = {
      ArrowUp: all[here - 1], ArrowDown: all[here + 1], Home: all[0], End: all.at(-1),
      [before]: inside[inside.indexOf(from) - 1], [behind]: inside[inside.indexOf(from) + 1],
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
      this.#press = { x, y };
      if (pointerType !== 'touch' || !button) return;
      this.#press.timer = setTimeout(() => {
        this.#press.wasLong = true;
        this.#openAt(button, { left: x, right: x, top: y - STEADY, bottom: y + STEADY });
      }, LONG_PRESS);
    });
    this.#list.addEventListener('pointermove', ({ clientX, clientY }) => {
      if (Math.hypot(clientX - this.#press?.x, clientY - this.#press?.y) > STEADY) end();
    });
    for (const type of ['pointerup', 'pointercancel']) this.#list.addEventListener(type, end);
    // Neither the browser's own menu, nor the focus, nor what was under the finger.
    for (const type of ['contextmenu', 'mousedown', 'click']) this.#list.addEventListener(type, (event) => {
      if (!this.#press?.wasLong || event.pointerType === '') return;      // from the keyboard
      event.preventDefault();
      event.stopPropagation();
    }, { capture: true });
  }
}

const react = ({ dataset: { mark }, ariaPressed, parentElement: { dataset: { seq } } }) =>
  ({ type: 'acted', method: 'React', args: { seq: Number(seq), mark, on: ariaPressed !== 'true' } });

function show(message) {
  message?.scrollIntoView({ block: 'center' });
  message?.classList.add('found');
  setTimeout(() => message?.classList.remove('found'), FOUND_FOR);
}
