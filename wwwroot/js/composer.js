// Where messages are written.
import { complete } from './completing.js';
import { byId, say } from './dom.js';
import { messageIn } from './lines.js';
import { firstLine, length, numberWords, splitAtNames, translate } from './words.js';

const NEAR_LIMIT = 50;
const IME_KEY_CODE = 229;   // says that an input method is at work, in browsers that do not set isComposing

export class Composer {
  #form = byId('composer');
  #field = byId('text');
  #error = byId('text-error');
  #counter = byId('counter');
  #send = byId('send');
  #dispatch;
  #draft = null;    // what the field and the state last agreed on
  #others = [];
  #completed = null;

  constructor(dispatch) {
    this.#dispatch = dispatch;
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#field.addEventListener('keydown', (event) => this.#keyPressed(event));
    this.#field.addEventListener('input', () => {
      this.#draft = this.#field.value;
      dispatch({ type: 'draftChanged', text: this.#draft });
    });
  }

  render({ draft, composerError, textLength, roster, who, status, gone }) {
    // Its text can still be copied. Where the page looks for the room, what is written waits.
    this.#field.readOnly = this.#send.disabled = status === 'ended' && gone === null;
    this.#hide(this.#field.readOnly && draft === '');
    this.#others = roster.filter((user) => user.who !== who).map(({ name }) => name);
    if (draft !== this.#draft) this.#field.value = this.#draft = draft;
    this.#error.textContent = composerError;
    this.#field.ariaInvalid = String(composerError !== '');
    const left = textLength - length(draft);
    this.#counter.textContent = left <= NEAR_LIMIT ? numberWords(left) : '';
    this.#counter.classList.toggle('over', left < 0);
    if (!CSS.supports('field-sizing: content')) this.#grow();
  }

  // Where nothing can be written and there is nothing to copy, what can be done stands in the banner.
  #hide(hidden) {
    const hadFocus = this.#form.contains(document.activeElement);
    this.#form.hidden = hidden;
    if (hidden && hadFocus) byId('banner').querySelector('button').focus();
  }

  focus() {
    this.#field.focus({ preventScroll: true });
  }

  // Does not steal the focus, nor open a phone's keyboard.
  offerFocus() {
    if (document.activeElement === document.body && !hasTouch()) this.focus();
  }

  // Touch keyboards have no Shift+Enter: Enter breaks the line, and the button sends.
  #keyPressed(event) {
    const composing = event.isComposing || event.keyCode === IME_KEY_CODE;
    if (event.key === 'Tab' && !composing && !hasModifier(event)) this.#complete(event);
    if (event.key === 'Escape' && !composing) this.#dispatch({ type: 'writingEnded' });
    if (event.key === 'ArrowUp' && this.#field.value === '' && !composing && !hasModifier(event)) {
      event.preventDefault();
      this.#dispatch({ type: 'editLastPressed' });
    }
    if (event.key !== 'Enter' || event.shiftKey || composing || hasTouch()) return;
    event.preventDefault();
    this.#submit();
  }

  // Where no name fits, Tab leaves the field as it does everywhere.
  #complete(event) {
    const { value, selectionStart, selectionEnd } = this.#field;
    if (selectionStart !== selectionEnd) return;
    this.#completed = complete(value, selectionEnd, this.#others, this.#completed);
    if (!this.#completed) return;
    event.preventDefault();
    const { text, at } = this.#completed;
    this.#field.value = text;
    this.#field.setSelectionRange(at, at);
    this.#field.dispatchEvent(new Event('input'));
  }

  #submit() {
    this.#draft = this.#field.value;
    this.#dispatch({ type: 'submitted', id: newId(), text: this.#draft });
  }

  #grow() {
    this.#field.style.height = 'auto';
    const borders = this.#field.offsetHeight - this.#field.clientHeight;
    this.#field.style.height = `${this.#field.scrollHeight + borders}px`;
  }
}

const hasModifier = ({ shiftKey, ctrlKey, altKey, metaKey }) => shiftKey || ctrlKey || altKey || metaKey;

// What the draft answers, or that it is another text for a message of mine.
export class Strip {
  #strip = byId('strip');
  #words = byId('strip-words');
  #quoted = byId('strip-quoted');
  #end = byId('strip-end');

  constructor(dispatch) {
    this.#end.addEventListener('click', () => dispatch({ type: 'writingEnded' }));
  }

  render({ answering, editing, lines }) {
    const line = answering === null ? null : messageIn(lines, answering);
    this.#strip.hidden = answering === null && editing === null;
    say(this.#words, splitAtNames(editing ? translate('page.editing')
      : answering === null ? ''
      : line?.type !== 'message' ? translate('page.answeringGone')
      : line.own ? translate('page.answeringYourself')
      : translate('page.answering', { name: line.from })));
    this.#quoted.textContent = !editing && line?.type === 'message' ? firstLine(line) : '';
    this.#end.ariaLabel = translate(editing ? 'page.stopEditing' : 'page.stopAnswering');
  }
}

const hasTouch = () => matchMedia('(pointer: coarse)').matches;

// Not crypto.randomUUID, which is missing over plain HTTP on a local network.
const newId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
