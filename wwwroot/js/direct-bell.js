// The bell for direct chats on the home page: calls somebody who looks away when something new comes in one.
import { call } from './call.js';
import { byId } from './dom.js';
import { bellSettings, calledUpTo, callsForDirects, rememberCalled, rememberCallsForDirects } from './memory.js';
import { pathOf } from './paths.js';
import { play } from './sound.js';

const bell = byId('direct-bell');
let before = null;      // how many were unread, by room

bell.checked = callsForDirects();
bell.addEventListener('change', () => {
  rememberCallsForDirects(bell.checked);
  if (!bell.checked) return;
  play(bellSettings().sound);
  if (globalThis.Notification?.permission === 'default') Notification.requestPermission();
});

// What is unread when the page opens calls nobody.
export function callFor(chats) {
  for (const chat of chats) {
    forgetWhatWasRead(chat);
    const isNew = before !== null && chat.unread > (before.get(chat.room) ?? 0);
    if (isNew && bell.checked && isAway()) ring(chat);
  }
  before = new Map(chats.map(({ room, unread }) => [room, unread]));
}

const ring = ({ room, with: partner, unread, new: words }) =>
  call(tagOf(room), { epoch: 'unread', seq: unread }, partner, words, pathOf(room));

const isAway = () => document.hidden || !document.hasFocus();

function forgetWhatWasRead({ room, unread }) {
  const tag = tagOf(room);
  if (unread < (calledUpTo(tag)?.seq ?? 0)) rememberCalled(tag, { epoch: 'unread', seq: unread });
}

// Not the tag of the room's own page, which counts in seqs.
const tagOf = (room) => `direct ${room}`;
