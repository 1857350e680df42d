// The menu at the room's code: who owns the room, what everybody can do with what was said, whether others see what I
// have read, and what only the owner can do, each with its consequence.
import { byId } from './dom.js';
import { isOwner } from './owning.js';
import { closesWords } from './words.js';

export class RoomMenu {
  #menu = byId('room-menu');
  #dialog = byId('act-dialog');
  #form = this.#dialog.querySelector('form');
  #text = byId('act-text');
  #choice = byId('act-choice');
  #dispatch;
  #state;
  #asked = null;

  // acts: what an entry does, by its id, besides what the owner can do.
  constructor(dispatch, acts) {
    this.#dispatch = dispatch;
    const open = {
      ...acts,
      'lock-room': () => this.#act('LockRoom', { locked: !this.#state.terms.locked }),
      'name-room': () => this.#askName(),
      'passphrase-room': () => this.#askPassphrase(),
      'end-room': () => this.#askEnd(),
      'close-room': () => this.confirm({
        title: 'Close the room for everybody?',
        words: `Everybody is out at once (${this.#state.roster.length} here), and what was said is gone.`,
        label: 'Close the room',
        act: { method: 'CloseRoom' },
      }),
    };
    for (const [id, press] of Object.entries(open)) {
      byId(id).addEventListener('click', () => {
        this.#menu.hidePopover();
        press();
      });
    }
    byId('tells-seen').addEventListener('change', ({ target }) =>
      dispatch({ type: 'seenTelling', on: target.checked }));
    this.#form.addEventListener('submit', (event) => this.#submitted(event));
    byId('act-cancel').addEventListener('click', () => this.#dialog.close());
    this.#dialog.addEventListener('click', (event) => event.target === this.#dialog && this.#dialog.close());
  }

  render(state) {
    this.#state = state;
    const { terms, roster, names, who } = state;
    const mine = isOwner(state);
    const isHere = roster.some((user) => user.who === terms.owner);
    const owner = names[terms.owner] ?? 'Somebody who left';
    byId('room-owner').textContent = mine ? 'You own this room.'
      : terms.owner === null || who === null ? ''
      : isHere ? `${owner} owns this room.`
      : `${owner} owns this room and is away.`;
    byId('room-terms').textContent =
      [terms.locked && 'Locked', terms.endsAt && closesWords(terms.endsAt)].filter(Boolean).join(' · ');
    byId('room-title').textContent = terms.title ?? '';
    byId('room-locked').hidden = !terms.locked;
    byId('tells-seen').checked = state.tellsSeen;
    byId('owner-acts').hidden = !mine;
    byId('lock-room').textContent = terms.locked ? 'Unlock the room' : 'Lock the room';
  }

  confirm({ title, words, label, act }) {
    this.#ask({ title, words, label, toAct: () => act });
  }

  #askName() {
    this.#ask({
      title: 'Name the room',
      words: 'Everybody sees it instead of the code. Leave it empty to take the name away.',
      label: 'Save',
      text: { label: 'Name of the room', value: this.#state.terms.title ?? '', maxLength: 60, type: 'text' },
      toAct: (text) => ({ method: 'NameRoom', args: text.trim() ? { title: text.trim() } : {} }),
    });
  }

  #askPassphrase() {
    this.#ask({
      title: 'Ask for a passphrase',
      words: 'Whoever comes from now on has to know it; who is here stays. The link does not carry it, so tell it '
        + 'yourself. Leave it empty to ask for none.',
      label: 'Save',
      text: { label: 'Passphrase', value: '', maxLength: 64, type: 'password' },
      toAct: (text) => ({ method: 'SetPassphrase', args: text ? { passphrase: text } : {} }),
    });
  }

  #askEnd() {
    this.#ask({
      title: 'When does the room close?',
      words: 'Then everybody is out, and what was said is gone. Everybody sees when, and is warned a minute before.',
      label: 'Save',
      choice: true,
      toAct: (_, seconds) => ({ method: 'EndRoom', args: seconds ? { inSeconds: Number(seconds) } : {} }),
    });
  }

  #ask({ title, words, label, text = null, choice = false, toAct }) {
    this.#asked = toAct;
    byId('act-title').textContent = title;
    byId('act-words').textContent = words;
    byId('act-confirm').textContent = label;
    byId('act-text-row').hidden = text === null;
    byId('act-choice-row').hidden = !choice;
    if (text) {
      byId('act-text-label').textContent = text.label;
      Object.assign(this.#text, { value: text.value, maxLength: text.maxLength, type: text.type });
    }
    this.#dialog.showModal();
    if (text) this.#text.select();
  }

  #submitted(event) {
    event.preventDefault();
    const { method, args } = this.#asked(this.#text.value, this.#choice.value);
    this.#text.value = '';
    this.#dialog.close();
    this.#act(method, args);
  }

  #act(method, args) {
    this.#dispatch({ type: 'acted', method, args });
  }
}
