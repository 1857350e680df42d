// The roster, and each person's colour.
import { byId, stamp } from './dom.js';
import { initials } from './words.js';

const HUES = 12;
const COLOURS = 2 * HUES;     // each hue light and dark

const colours = new Map();

export function renderPeople(roster, me) {
  if (colours.size >= COLOURS) forgetAbsent(roster);
  const mine = roster.filter((user) => user.name === me);
  const others = roster.filter((user) => user.name !== me);
  byId('roster').replaceChildren(...[...mine, ...others].map((user) => person(user, user.name === me)));
  for (const count of document.querySelectorAll('.count')) count.textContent = roster.length;
}

export function avatar(name) {
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
  for (const name of colours.keys()) if (!here.has(name)) colours.delete(name);
}

function person({ name, registered = false }, isMe) {
  const item = stamp('person-template');
  item.prepend(avatar(name));
  item.querySelector('bdi').textContent = name;
  item.querySelector('.registered').hidden = !registered;
  item.classList.toggle('me', isMe);
  return item;
}
