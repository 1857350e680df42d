// The menu at the room's code: who owns the room, what everybody can do with what was said, whether others see what I
// have read, and what only the owner can do, each with its consequence.
import { byId, say } from './dom.js';
import { isOwner } from './owning.js';
import { closesWords, splitAtNames, translate, untilWords } from './words.js';

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
        title: translate('page.closeTitle'),
        words: translate('page.closeWords', { count: this.#state.roster.length }),
        label: translate('page.close'),
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
    const owner = names[terms.owner];
    say(byId('room-owner'), splitAtNames(mine ? translate('page.ownerIsYou')
      : terms.owner === null || who === null ? ''
      : !owner ? translate('page.ownerIsGone')
      : translate(isHere ? 'page.ownerIs' : 'page.ownerIsAway', { name: owner })));
    byId('room-terms').textContent = [
      terms.locked && translate('page.isLocked'),
      terms.endsAt && closesWords(terms.endsAt),
    ].filter(Boolean).join(' · ');
    byId('room-title').textContent = terms.title ?? '';
    byId('room-locked').hidden = !terms.locked;
    byId('tells-seen').checked = state.tellsSeen;
    byId('owner-acts').hidden = !mine;
    byId('lock-room').textContent = translate(terms.locked ? 'page.unlock' : 'page.lock');
  }

  confirm({ title, words, label, act }) {
    this.#ask({ title, words, label, isDanger: true, toAct: () => act });
  }

  #askName() {
    this.#ask({
      title: translate('page.nameTitle'),
      words: translate('page.nameWords'),
      label: translate('page.save'),
      text: { label: translate('page.nameLabel'), value: this.#state.terms.title ?? '', maxLength: 60, type: 'text' },
      toAct: (text) => ({ method: 'NameRoom', args: text.trim() ? { title: text.trim() } : {} }),
    });
  }

  #askPassphrase() {
    this.#ask({
      title: translate('page.passphraseTitle'),
      words: translate('page.passphraseWords'),
      label: translate('page.save'),
      text: { label: translate('page.passphraseLabel'), value: '', maxLength: 64, type: 'password' },
      toAct: (text) => ({ method: 'SetPassphrase', args: text ? { passphrase: text } : {} }),
    });
  }

  #askEnd() {
    for (const choice of this.#choice) if (choice.value) choice.textContent = untilWords(Number(choice.value));
    this.#ask({
      title: translate('page.endTitle'),
      words: translate('page.endWords'),
      label: translate('page.save'),
      choice: true,
      toAct: (_, seconds) => ({ method: 'EndRoom', args: seconds ? { inSeconds: Number(seconds) } : {} }),
    });
  }

  #ask({ title, words, label, isDanger = false, text = null, choice = false, toAct }) {
    this.#asked = toAct;
    say(byId('act-title'), splitAtNames(title));
    say(byId('act-words'), splitAtNames(words));
    byId('act-confirm').textContent = label;
    byId('act-confirm').classList.toggle('danger', isDanger);
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
