// Calls somebody who looks away: a sound, and a notification where that is allowed.
import { bellSettings, calledUpTo, rememberCalled } from './memory.js';
import { base } from './paths.js';
import { play } from './sound.js';

const OTHERS_FIRST = 150;     // milliseconds in which a tab that is looked at says that it has shown it
const SPREADS = 100;          // milliseconds in which what a tab has stored reaches the others, not at once in Firefox

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// tag: of what it calls for; place: up to where.
export async function call(tag, place, title, body, path = location.pathname) {
  await pause(OTHERS_FIRST);
  if (!await isFirst(tag, place)) return;
  notify(title, body, tag, path).catch(() => undefined);
  play(bellSettings().sound);
}

// Several tabs of one room call once.
const isFirst = (tag, place) => inTurn(async () => {
  const called = calledUpTo(tag);
  if (called?.epoch === place.epoch && called.seq >= place.seq) return false;
  rememberCalled(tag, place);
  await pause(SPREADS);
  return true;
});

// Without https there are no locks, and two tabs may both ring once in a while.
const inTurn = (act) => (navigator.locks ? navigator.locks.request('bell', act) : act());

async function notify(title, body, tag, path) {
  if (globalThis.Notification?.permission !== 'granted') return;
  const options = { body, tag, renotify: true, icon: `${base}/icon-192.png`, data: { path } };
  const worker = await navigator.serviceWorker?.getRegistration();
  if (worker) return worker.showNotification(title, options);     // on Android nothing else may
  const shown = new Notification(title, options);
  shown.onclick = () => {
    focus();
    if (path !== location.pathname) location.assign(path);
    shown.close();
  };
}
