// What can be done about a message: one menu for all of them, at the one it is about. Loaded when it is first wanted.
import { MARKS } from './amending.js';
import { copied } from './clipboard.js';
import { byId, say, stamp } from './dom.js';
import { messageIn } from './lines.js';
import { labelMark } from './message.js';
import { isOwner } from './owning.js';
import { readersOf } from './receipts.js';
import { toast } from './toast.js';
import { markedWords, readByWords, splitAtNames, translate } from './words.js';
import { canEdit, canTakeBack } from './writing.js';

const PHONE = '(max-width: 46rem)';
const MARGIN = 8;       // pixels to the edge of the window

export class MessageMenu {
  #menu = byId('message-menu');
  #dispatch;
  #confirm;
  #state;
  #seq = null;          // of the message that it is open for
  #button = null;       // where it was opened

  constructor(dispatch, confirm) {
    this.#dispatch = dispatch;
    this.#confirm = confirm;
    byId('mark-choice').append(...MARKS.map((mark) => this.#newChoice(mark)));
    byId('answer-message').addEventListener('click', () => this.#choose({ type: 'answerStarted' }));
    byId('copy-message').addEventListener('click', () => this.#copy());
    byId('edit-message').addEventListener('click', () => this.#choose({ type: 'editStarted' }));
    byId('remove-message').addEventListener('click', () => this.#askRemoval());
    this.#menu.addEventListener('keydown', (event) => event.key === 'Escape' && this.#close());
    this.#menu.addEventListener('focusout', ({ relatedTarget: to }) =>
      to && !this.#menu.contains(to) && this.#hide());
    document.addEventListener('pointerdown', (event) => this.#pressed(event));
  }

  render(state) {
    this.#state = state;
    if (this.#seq !== null) this.#fill();
  }

  // For the message of the button, in the half of the window that has more room: over what is there, but on a phone not
  // over the message, unless that is too tall.
  open(button, place) {
    if (this.#button === button) return this.#close();
    this.#hide();
    this.#button = button;
    this.#seq = Number(button.closest('.message').dataset.seq);
    button.ariaExpanded = 'true';
    button.closest('.message').classList.add('open');
    this.#fill();
    this.#menu.showPopover();
    this.#stand(place, matchMedia(PHONE).matches ? button.closest('.message').getBoundingClientRect() : place);
    this.#menu.querySelector('button').focus();
  }

  #stand({ left, right }, { top, bottom }) {
    const isBelow = top + bottom < innerHeight;
    const height = this.#menu.offsetHeight;
    const isAtRight = (this.#button.closest('.own') !== null) !== (document.dir === 'rtl');
    const at = (pixels) => `${pixels}px`;
    // By its top also where it stands above: what is added while it is open must not move what is being pressed.
    this.#menu.style.top =
      at(isBelow ? Math.min(bottom, innerHeight - height - MARGIN) : Math.max(top - height, MARGIN));
    this.#menu.style.bottom = 'auto';
    this.#menu.style.setProperty('--left', isAtRight ? 'auto' : at(left));
    this.#menu.style.setProperty('--right', isAtRight ? at(innerWidth - right) : 'auto');
    this.#menu.classList.toggle('at-right', isAtRight);
  }

  #hide() {
    if (this.#seq === null) return;
    if (this.#button) this.#button.ariaExpanded = 'false';
    this.#button?.closest('.message')?.classList.remove('open');
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
    byId('remove-message').textContent = translate(line.own ? 'page.takeBackOpen' : 'page.removeOpen');
    const read = line.own ? readByWords(readersOf(this.#state, line.seq).map(({ name }) => name)) : '';
    say(byId('message-facts'), splitAtNames(
      [markedWords(line.marks, this.#state.who), read].filter(Boolean).join('\n')));
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

  async #copy() {
    const { text } = messageIn(this.#state.lines, this.#seq);
    this.#close();
    if (await copied(text)) toast(translate('page.copied'));
  }

  #askRemoval() {
    const { own, from, seq } = messageIn(this.#state.lines, this.#seq);
    this.#close();
    this.#confirm({
      title: own ? translate('page.takeBackTitle') : translate('page.removeMessageTitle', { name: from }),
      words: translate('page.takeBackWords'),
      label: translate(own ? 'page.takeBack' : 'page.remove'),
      act: { method: 'RemoveMessage', args: { seq } },
    });
  }

  #pressed({ target }) {
    if (!this.#menu.contains(target) && target.closest('.more') !== this.#button) this.#hide();
  }
}
