// Where messages are written.
import { byId } from './dom.js';
import { draftIn, rememberDraft } from './memory.js';
import { length } from './words.js';

const NEAR_LIMIT = 50;
const IME = 229;        // the key code of what an input method still works on, where isComposing is not told

export class Composer {
  #field = byId('text');
  #error = byId('text-error');
  #counter = byId('counter');
  #room;
  #most;
  #send;

  constructor(room, most, { send, typing }) {
    [this.#room, this.#most, this.#send] = [room, most, send];
    byId('composer').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#field.addEventListener('keydown', (event) => this.#keyPressed(event));
    this.#field.addEventListener('input', () => {
      this.say('');
      this.#changed();
      if (this.#field.value) typing();
    });
    this.#field.value = draftIn(room);
    this.#changed();
  }

  get isEmpty() {
    return this.#field.value === '';
  }

  focus() {
    this.#field.focus({ preventScroll: true });
  }

  // A text that was refused, for the writer to mend.
  giveBack(text) {
    this.#field.value = text;
    this.#changed();
  }

  say(words) {
    this.#error.textContent = words;
    this.#field.setAttribute('aria-invalid', String(words !== ''));
  }

  // With fingers there is no Shift+Enter: Enter breaks the line and the button sends.
  #keyPressed(event) {
    const composing = event.isComposing || event.keyCode === IME;
    if (event.key !== 'Enter' || event.shiftKey || composing || matchMedia('(pointer: coarse)').matches) return;
    event.preventDefault();
    this.#submit();
  }

  #submit() {
    const text = this.#field.value;
    if (length(text) > this.#most) return this.say(`That is ${length(text)} characters; ${this.#most} go into one message.`);
    if (!text.trim()) return this.focus();
    this.#field.value = '';
    this.say('');
    this.#changed();
    this.#send(text);
    this.focus();
  }

  #changed() {
    const text = this.#field.value;
    const left = this.#most - length(text);
    rememberDraft(this.#room, text);
    this.#counter.textContent = left <= NEAR_LIMIT ? left : '';
    this.#counter.classList.toggle('over', left < 0);
    if (!CSS.supports('field-sizing: content')) this.#grow();
  }

  #grow() {
    this.#field.style.height = 'auto';
    this.#field.style.height = `${this.#field.scrollHeight + this.#field.offsetHeight - this.#field.clientHeight}px`;
  }
}
