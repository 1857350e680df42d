// The roster, and each person's colour.
import { byId, stamp } from './dom.js';
import { isOwner } from './owning.js';
import { awayIn } from './receipts.js';
import { initials, numberWords, plain, translate } from './words.js';

const HUES = 12;
const COLOURS = 2 * HUES;     // each hue light and dark
const SHOWN = 50;             // people at first, and how many more each time that more are wanted

const colours = new Map();
const avatars = new Map();

export class People {
  #list = byId('roster');
  #more = byId('more-people');
  #rows = new Map();      // by number; kept, so that a row in use keeps the focus
  #shown = SHOWN;
  #state = null;
  #away = new Set();
  #dispatch;
  #confirm;

  constructor(dispatch, confirm) {
    this.#dispatch = dispatch;
    this.#confirm = confirm;
    this.#more.addEventListener('click', () => {
      const first = this.#shown;
      this.#shown += SHOWN;
      this.render(this.#state);
      if (this.#more.hidden) this.#list.children[first]?.querySelector('summary')?.focus();
    });
  }

  render(state) {
    this.#state = state;
    this.#away = awayIn(state);
    const { roster, who } = state;
    if (colours.size >= COLOURS) forgetAbsent(roster);
    const sorted = [...roster.filter((user) => user.who === who), ...roster.filter((user) => user.who !== who)];
    const shown = sorted.slice(0, this.#shown);
    const numbers = new Set(shown.map((user) => user.who));
    for (const [number, row] of this.#rows) {
      if (numbers.has(number)) continue;
      row.remove();
      this.#rows.delete(number);
    }
    let next = this.#list.firstElementChild;
    for (const user of shown) {
      const row = this.#row(user, state);
      if (row === next) next = next.nextElementSibling;
      else this.#list.insertBefore(row, next);
    }
    while (next) {
      const after = next.nextElementSibling;
      next.remove();
      next = after;
    }
    this.#more.hidden = shown.length === sorted.length;
    this.#more.textContent = translate('page.morePeople', { count: sorted.length - shown.length });
    for (const count of document.querySelectorAll('.count')) count.textContent = numberWords(roster.length);
    // Before one is in the room, who is there is not known.
    for (const list of document.querySelectorAll('.people, #people')) list.hidden = roster.length === 0;
  }

  #row(user, state) {
    const isMe = user.who === state.who;
    const isMuted = state.muted.includes(user.who);
    if (this.#rows.get(user.who)?.dataset.name !== user.name) this.#rows.set(user.who, this.#newRow(user));
    const row = this.#rows.get(user.who);
    row.classList.toggle('me', isMe);
    row.classList.toggle('muted', isMuted);
    const isAway = !isMe && this.#away.has(user.who);
    row.classList.toggle('absent', isAway);
    row.querySelector('.away').hidden = !isAway;
    row.querySelector('.owner').hidden = user.who !== state.terms.owner;
    row.querySelector('.acts').hidden = isMe;
    row.querySelector('.mute').textContent = translate(isMuted ? 'page.unmute' : 'page.mute');
    for (const button of row.querySelectorAll('.remove, .pass')) button.hidden = !isOwner(state);
    return row;
  }

  #newRow({ who, name, registered = false }) {
    const row = stamp('person-template');
    row.dataset.name = name;
    row.prepend(avatar(name));
    row.querySelector('bdi').textContent = name;
    row.querySelector('.registered').hidden = !registered;
    row.querySelector('summary').ariaLabel = plain(translate('page.actsOn', { name }));
    row.querySelector('.mute').addEventListener('click', () =>
      this.#dispatch({ type: 'muted', who, on: !row.classList.contains('muted') }));
    row.querySelector('.remove').addEventListener('click', () => this.#confirm({
      title: translate('page.removeTitle', { name }),
      words: translate('page.removeWords', { name }),
      label: translate('page.remove'),
      act: { method: 'RemoveMember', args: { who } },
    }));
    row.querySelector('.pass').addEventListener('click', () => this.#confirm({
      title: translate('page.passTitle', { name }),
      words: translate('page.passWords', { name }),
      label: translate('page.pass'),
      act: { method: 'PassOwnership', args: { who } },
    }));
    return row;
  }
}

export function avatar(name) {
  if (!avatars.has(name)) avatars.set(name, newAvatar(name));
  return avatars.get(name).cloneNode(true);
}

function newAvatar(name) {
  const node = document.createElement('span');
  node.className = 'avatar';
  node.ariaHidden = 'true';
  node.textContent = initials(name);
  const colour = colourOf(name);
  node.style.setProperty('--hue', `${(colour % HUES) * 360 / HUES}deg`);
  node.classList.toggle('dark', colour >= HUES);
  return node;
}

// A name has the same colour everywhere, unless another person here already has it.
function colourOf(name) {
  if (!colours.has(name)) {
    const taken = new Set(colours.values());
    let colour = hash(name) % COLOURS;
    for (let tried = 1; tried < COLOURS && taken.has(colour); tried++) colour = (colour + 1) % COLOURS;
    colours.set(name, colour);
  }
  return colours.get(name);
}

const hash = (name) => Array.from(name).reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) >>> 0, 7);

// As long as there are enough colours, no two people here share one.
function forgetAbsent(roster) {
  const here = new Set(roster.map((user) => user.name));
  for (const name of colours.keys()) {
    if (here.has(name)) continue;
    colours.delete(name);
    avatars.delete(name);
  }
}
