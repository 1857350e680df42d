// Calls somebody who looks away: a sound, and a notification where that is allowed. Loaded where it is on.
import { bellSettings, calledUpTo, rememberCalled } from './memory.js';
import { mentions } from './message-text.js';
import { play } from './sound.js';
import { ringBody, ringTitle } from './words.js';

const OTHERS_FIRST = 150;     // milliseconds in which a tab that is looked at says that it has shown it
const SPREADS = 100;          // milliseconds in which what a tab has stored reaches the others, not at once in Firefox

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export async function ring(lines, { bell, room, epoch, name, partner, terms }) {
  const due = bell === 'all' || partner ? lines : lines.filter(({ text }) => mentions(text, name));
  if (due.length === 0) return;
  await pause(OTHERS_FIRST);
  if (!await isFirst(room, { epoch, seq: due.at(-1).seq })) return;
  const { sound, words } = bellSettings();
  notify(ringTitle({ room, partner, terms }), ringBody(due, words), room).catch(() => undefined);
  play(sound);
}

// Several tabs of one room call once.
const isFirst = (room, place) => inTurn(async () => {
  const called = calledUpTo(room);
  if (called?.epoch === place.epoch && called.seq >= place.seq) return false;
  rememberCalled(room, place);
  await pause(SPREADS);
  return true;
});

// Without https there are no locks, and two tabs may both ring once in a while.
const inTurn = (act) => (navigator.locks ? navigator.locks.request('bell', act) : act());

async function notify(title, body, room) {
  if (globalThis.Notification?.permission !== 'granted') return;
  const options = { body, tag: room, renotify: true, icon: '/icon-192.png', data: { path: location.pathname } };
  const worker = await navigator.serviceWorker?.getRegistration();
  if (worker) return worker.showNotification(title, options);     // on Android nothing else may
  const shown = new Notification(title, options);
  shown.onclick = () => {
    focus();
    shown.close();
  };
}
