// The home page: keeps the name in the tab, groups a typed code, offers recent rooms and shows direct chats.
import { byId, stamp } from './dom.js';
import { forgetRoom, lastName, recentRooms, rememberName, seatIn } from './memory.js';

const POLL_EVERY = 5_000;

const name = byId('name');      // people who are signed in are not asked
const code = byId('code');
const joinForm = byId('join-form');

if (name) name.value ||= lastName();
byId('create-form').addEventListener('submit', keepName);
joinForm.addEventListener('submit', (event) => {
  keepName();
  // A seat is let into a room that is locked for others.
  const room = code.value.replace(/[\s-]/g, '').toUpperCase();
  if (seatIn(room)) {
    event.preventDefault();
    location.assign(`/r/${encodeURIComponent(room)}`);
  }
  if (name) joinForm.elements.Name.value = name.value;
});

function keepName() {
  if (name?.value.trim()) rememberName(name.value.trim());
}

// Groups the code for reading, K7M 2QX, and extracts it from a pasted link.
code.addEventListener('input', () => {
  const [, linked] = /\/r\/([^/?#\s]+)/i.exec(code.value) ?? [];
  const typed = (linked ?? code.value).replace(/[\s-]/g, '').toUpperCase();
  const isGrouped = typed.length > 3 && typed.length <= 6;
  const atEnd = code.selectionEnd === code.value.length;
  if (linked || atEnd) code.value = isGrouped ? `${typed.slice(0, 3)} ${typed.slice(3)}` : typed;
});

for (const form of document.forms) {
  form.addEventListener('submit', () => { form.querySelector('button').ariaBusy = 'true'; });
}
addEventListener('pageshow', () => {
  for (const button of document.querySelectorAll('[aria-busy]')) button.ariaBusy = null;
});

const recent = byId('recent-rooms');
const rooms = new Map(recentRooms().map((remembered) => [remembered.room, recentRoom(remembered)]));
recent.hidden = rooms.size === 0;
recent.querySelector('ul').append(...rooms.values());
if (rooms.size > 0) renderPresence().catch(() => undefined);

function recentRoom({ room, title, hue }) {
  const item = stamp('recent-room-template');
  item.style.setProperty('--hue', hue);
  item.querySelector('a').href = `/r/${encodeURIComponent(room)}`;
  item.querySelector('.ticket').textContent = room;
  item.querySelector('bdi').textContent = title ?? '';
  const forget = item.querySelector('button');
  forget.ariaLabel = `Forget ${room}`;
  forget.addEventListener('click', () => {
    forgetRoom(room);
    rooms.delete(room);
    item.remove();
    recent.hidden = rooms.size === 0;
    [...rooms.values()][0]?.querySelector('button').focus();
  });
  return item;
}

// Rooms that it may not be told of are left out.
async function renderPresence() {
  const query = new URLSearchParams([['handler', 'Rooms'], ...[...rooms.keys()].map((room) => ['room', room])]);
  const answer = await fetch(`/?${query}`);
  for (const [room, members] of Object.entries(await answer.json())) {
    rooms.get(room)?.classList.toggle('gone', members === null);
    const words = rooms.get(room)?.querySelector('li > span');
    if (words) words.textContent = members === null ? 'gone' : members === 0 ? 'empty' : `${members} here`;
  }
}

// New direct chats appear without a reload.
const directChats = byId('direct-chats');
if (directChats) setInterval(() => document.hidden || renderDirectChats().catch(() => undefined), POLL_EVERY);

async function renderDirectChats() {
  const answer = await fetch('/?handler=Directs');
  if (answer.status !== 200) return;
  const items = (await answer.json()).map(directChat);
  const isChanged = items.map(asText).join() !== Array.from(directChats.children, asText).join();
  if (isChanged) directChats.replaceChildren(...items);
}

function directChat({ room, with: partner, words }) {
  const item = stamp('direct-template');
  item.querySelector('a').href = `/r/${room}`;
  item.querySelector('bdi').textContent = partner;
  item.querySelector('span').textContent = words;
  return item;
}

const asText = (item) =>
  `${item.querySelector('a').getAttribute('href')} ${item.textContent.replace(/\s+/g, ' ').trim()}`;
