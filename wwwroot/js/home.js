// The home page: the name is the tab's, so it is put aside before a form is sent; rooms of late are offered again.
import { lastName, rememberName, roomsLately } from './memory.js';

const name = document.getElementById('name');
const joinForm = document.getElementById('join-form');
const code = document.getElementById('code');
if (name) name.value ||= lastName();      // who is signed in has one

document.getElementById('create-form').addEventListener('submit', keepName);
joinForm.addEventListener('submit', () => {
  keepName();
  if (name) joinForm.elements.Name.value = name.value;
});

function keepName() {
  if (name?.value.trim()) rememberName(name.value.trim());
}

// A code is shown as it is read out, K7M 2QX; of a whole link only the code counts.
code.addEventListener('input', () => {
  const [, linked] = /\/r\/([^/?#\s]+)/i.exec(code.value) ?? [];
  const typed = (linked ?? code.value).replace(/[\s-]/g, '').toUpperCase();
  const atEnd = code.selectionEnd === code.value.length;
  if (linked || atEnd) code.value = typed.length > 3 && typed.length <= 6 ? `${typed.slice(0, 3)} ${typed.slice(3)}` : typed;
});

for (const form of document.forms) form.addEventListener('submit', () => form.querySelector('button').ariaBusy = 'true');
addEventListener('pageshow', () => document.querySelectorAll('[aria-busy]').forEach((button) => { button.ariaBusy = null; }));

const lately = document.getElementById('recent-rooms');
const row = lately.querySelector('template');
for (const room of roomsLately()) {
  const item = row.content.cloneNode(true);
  const link = item.querySelector('a');
  link.textContent = room;
  link.href = `/r/${encodeURIComponent(room)}`;
  lately.querySelector('ul').append(item);
  lately.hidden = false;
}

// Whoever is asked for a direct chat finds it here without loading the page again.
const LOOK_EVERY = 5_000;

const directs = document.getElementById('direct-chats');
if (directs) setInterval(() => document.hidden || lookForDirects().catch(() => undefined), LOOK_EVERY);

async function lookForDirects() {
  const answer = await fetch('/?handler=Directs');
  if (answer.status !== 200) return;
  const found = await answer.json();
  const template = document.getElementById('direct-template');
  const rows = found.map(({ room, with: other, words }) => {
    const item = template.content.firstElementChild.cloneNode(true);
    item.querySelector('a').href = `/r/${room}`;
    item.querySelector('bdi').textContent = other;
    item.querySelector('span').textContent = words;
    return item;
  });
  if (rows.map(asText).join() !== Array.from(directs.children, asText).join()) directs.replaceChildren(...rows);
}

const asText = (item) => `${item.querySelector('a').getAttribute('href')} ${item.textContent.replace(/\s+/g, ' ').trim()}`;
