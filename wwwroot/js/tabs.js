// Duplicating a tab, or window.open, copies its session storage, and with it the seat that the tab itself still uses.
import { isSeatInUse, rememberSeatInUse } from './memory.js';

const ANSWERED_WITHIN = 300;      // milliseconds
const tabs = new BroadcastChannel('seats');

// A tab that is closed or reloaded says so to itself. So only copies have to ask, and what a crash has left behind.
export async function isUsedElsewhere(seat) {
  if (!seat || !isSeatInUse()) return false;
  const isAnswered = new Promise((resolve) => {
    tabs.addEventListener('message', ({ data }) => data.used === seat && resolve(true));
    setTimeout(resolve, ANSWERED_WITHIN, false);
  });
  tabs.postMessage({ asked: seat });
  return isAnswered;
}

// usedSeat(): the one that this page uses, or null
export function answerCopies(usedSeat) {
  tabs.addEventListener('message', ({ data: { asked } }) => {
    if (asked && asked === usedSeat()) tabs.postMessage({ used: asked });
  });
  rememberSeatInUse(true);
  addEventListener('pageshow', () => rememberSeatInUse(true));
  addEventListener('pagehide', () => usedSeat() && rememberSeatInUse(false));
}
