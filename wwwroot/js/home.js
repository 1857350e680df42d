// The home page: offers recent rooms and shows direct chats.
import { byId, stamp } from './dom.js';
import { prepareForms, writeCode } from './entering.js';
import { translate } from './language.js';
import { forgetRoom, recentRooms, rememberShared, seatIn } from './memory.js';
import { base, pathOf, withKey } from './paths.js';
import { codeIn } from './typed-code.js';
import { startWorker } from './worker-start.js';

const POLL_EVERY = 5_000;

prepareForms();

// From a shortcut of the installed page, or shared by another application: that fills the field of the next room.
const asked = new URLSearchParams(location.search);
const shared = ['title', 'text', 'url'].map((key) => asked.get(key)).filter(Boolean).join('\n');
if (shared) rememberShared(shared);
if (asked.has('create')) byId('name')?.focus();
startWorker();

const recent = byId('recent-rooms');
const rooms = new Map(recentRooms().map((remembered) => [remembered.room, recentRoom(remembered)]));
recent.hidden = rooms.size === 0;
recent.querySelector('ul').append(...rooms.values());
if (rooms.size > 0) renderPresence().catch(() => undefined);

function recentRoom({ room, title, hue, proof, key }) {
  const item = stamp('recent-room-template');
  item.style.setProperty('--hue', hue);
  if (proof) item.dataset.proof = proof;
  item.querySelector('a').href = withKey(pathOf(encodeURIComponent(room)), key);
  writeCode(item.querySelector('.ticket'), room);
  item.querySelector('bdi').textContent = title ?? '';
  const forget = item.querySelector('button');
  forget.ariaLabel = translate('recent.forget', { room });
  forget.addEventListener('click', () => {
    forgetRoom(room);
    rooms.delete(room);
    item.remove();
    recent.hidden = rooms.size === 0;
    [...rooms.values()][0]?.querySelector('button').focus();
  });
  return item;
}

async function renderPresence() {
  // Whoever has guessed too often is given no proof, and would see rooms as gone that are not.
  const items = [...rooms.values()].filter(({ dataset }) => dataset.proof);
  const query = new URLSearchParams([['handler', 'Rooms'], ...items.map(({ dataset }) => ['proof', dataset.proof])]);
  const answer = await (await fetch(`${base}/?${query}`)).json();
  answer.forEach((members, i) => {
    items[i].classList.toggle('gone', members === null);
    items[i].querySelector('li > span').textContent =
      members === null ? translate('recent.gone')
        : members === 0 ? translate('recent.empty')
        : translate('recent.here', { count: members });
  });
}

// Going home leaves the room, unless one goes back before its seat has waited for too long.
const left = codeIn(new URL(document.referrer, location.href).pathname);
if (rooms.has(left) && seatIn(left)) {
  const notice = byId('left-room');
  writeCode(notice.querySelector('.code'), left);
  notice.querySelector('a').href = rooms.get(left).querySelector('a').href;
  notice.hidden = false;
}

// New direct chats, and what is new in them, appear without a reload, and in the title of a tab in the background.
const directChats = byId('direct-chats');
const directBell = directChats ? import('./direct-bell.js') : null;
const lookForDirectChats = () => renderDirectChats().catch(() => undefined);
if (directChats) {
  setInterval(lookForDirectChats, POLL_EVERY);
  lookForDirectChats();
}

async function renderDirectChats() {
  const answer = await fetch(`${base}/?handler=Directs`);
  if (answer.status !== 200) return;
  const chats = await answer.json();
  const unread = chats.reduce((sum, chat) => sum + chat.unread, 0);
  document.title = unread > 0 ? `(${unread}) RoomChat` : 'RoomChat';
  const items = chats.map(directChat);
  const isChanged = items.map(asText).join() !== Array.from(directChats.children, asText).join();
  if (isChanged) directChats.replaceChildren(...items);
  (await directBell).callFor(chats);
}

function directChat({ room, with: partner, words, unread, new: unreadWords }) {
  const item = stamp('direct-template');
  item.querySelector('a').href = pathOf(room);
  item.querySelector('bdi').textContent = partner;
  item.querySelector('strong').hidden = unread === 0;
  item.querySelector('strong').textContent = unreadWords;
  item.querySelector('span').textContent = words;
  return item;
}

const asText = (item) =>
  `${item.querySelector('a').getAttribute('href')} ${item.textContent.replace(/\s+/g, ' ').trim()}`;
