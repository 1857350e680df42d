// Duplicating a tab, or window.open, copies its session storage, and with it the seat that the tab itself still uses.
import { isSeatInUse, rememberSeatInUse } from './memory.js';

const ANSWERED_WITHIN = 300;      // milliseconds
const LOCK_ATTEMPTS = 3;
const tabs = new BroadcastChannel('seats');
const lockOf = (seat) => `seat:${seat}`;
let used = null;
let using = new AbortController();

// A tab that is closed or reloaded says so to itself. So only copies have to look, and what a crash has left behind.
// The browser knows whose lock is held; over plain http it has no locks, so the tabs ask each other.
export async function isUsedElsewhere(seat) {
  if (!seat || !isSeatInUse()) return false;
  if (!navigator.locks) return isAnswered(seat);
  const { held } = await navigator.locks.query();
  return held.some(({ name }) => name === lockOf(seat));
}

function isAnswered(seat) {
  const answer = new Promise((resolve) => {
    tabs.addEventListener('message', ({ data }) => data.used === seat && resolve(true));
    setTimeout(resolve, ANSWERED_WITHIN, false);
  });
  tabs.postMessage({ asked: seat });
  return answer;
}

// seat: the one that this page uses from now on, or null
export function useSeat(seat) {
  if (seat === used) return;
  used = seat;
  using.abort();
  if (seat) lock(seat);
}

function lock(seat) {
  using = new AbortController();
  const { signal } = using;
  const untilAborted = () => new Promise((resolve) => signal.addEventListener('abort', resolve));
  // Chromium refuses a lock that is granted while this page opens a window, which may be its copy.
  const request = (attempts) => navigator.locks?.request(lockOf(seat), { signal }, untilAborted)
    .catch(() => !signal.aborted && attempts > 1 && request(attempts - 1));
  request(LOCK_ATTEMPTS);
}

export function answerCopies() {
  tabs.addEventListener('message', ({ data: { asked } }) => {
    if (asked && asked === used) tabs.postMessage({ used });
  });
  rememberSeatInUse(true);
  addEventListener('pageshow', () => {
    rememberSeatInUse(true);
    if (used && using.signal.aborted) lock(used);
  });
  // A page whose lock is held is not kept for the way back.
  addEventListener('pagehide', () => {
    if (used) rememberSeatInUse(false);
    using.abort();
  });
}
