// The room page: connection, state and view are made to know each other here.
import { Connection } from './connection.js';
import * as memory from './memory.js';
import { fold, initial } from './state.js';
import { View } from './view.js';

const TYPING_EVERY = 3_000;
const RENEWALS = 3;         // in the time of a session, for a conversation asks for no page

const view = new View({ send, retry, discard, watch, leave, typing, useName, reopen, comeBack: () => connection.start() });

let state = initial;
let room = view.room;
let name = view.account ?? memory.myName();
let inRoom = false;
let reopening = false;
let sending = false;
let lastTyping = 0;

function happen(action) {
  state = fold(state, action);
  view.show(state);
}

const connection = new Connection({
  connecting: () => view.showConnecting(),
  connected: join,
  lost() {
    inRoom = false;
    happen({ type: 'dropped' });
    view.showLost();
  },
  receive(events, epoch) {
    view.look();
    happen({ type: 'received', events, epoch });
    drain();
  },
  typing: (who) => view.showTyping(who),
  closed(notice) {
    inRoom = false;
    happen({ type: 'dropped' });
    view.showClosed(notice);
  },
});

async function join() {
  happen({ type: 'joining' });
  if (reopening && !view.with) {
    const answer = await connection.call('ReopenRoom', { room });
    if (answer.refused) return refused(answer);
  }
  reopening = false;
  if (view.with && !(await findDirect())) return;
  const seat = memory.seatIn(room);
  const place = state.epoch === null ? {} : { epoch: state.epoch, after: state.seq };
  const answer = await connection.call('JoinRoom', { room, name, ...(seat && { seat }), ...place });
  if (answer.refused) return refused(answer);
  name = answer.name;
  if (!view.account) memory.rememberName(name);
  memory.rememberSeat(room, answer.seat);
  if (!view.with) memory.rememberRoom(room);
  inRoom = true;
  const isAnew = state.epoch !== null && state.epoch !== answer.epoch;
  happen({ type: 'joined', answer });
  view.showJoined();
  if (isAnew) view.showMadeAnew();
  drain();
}

// A direct chat is found by with whom it is: it may have ended, and then be under another code.
async function findDirect() {
  const answer = await connection.call('OpenDirect', { with: view.with });
  if (answer.refused) {
    refused(answer);
    return false;
  }
  room = answer.room;
  history.replaceState(null, '', `/r/${room}`);
  return true;
}

function refused({ refused: code, message, retryAfterMs }) {
  inRoom = false;
  happen({ type: 'dropped' });
  switch (code) {
    case 'name-taken':
    case 'name-invalid':
    case 'name-reserved':
      connection.stop();
      view.askName(name, message);
      break;
    case 'room-not-found':
      connection.stop();
      view.showGone();
      break;
    case 'not-signed-in':
      connection.stop();
      view.showSignedOut(message);
      break;
    case 'stopping':
    case 'rate-limited':
      view.showHeldOff(message);
      connection.holdOff(retryAfterMs ?? 0);
      throw new Error(code);      // the connection tries again
    default:
      connection.stop();
      view.showRefused(message);
  }
}

function useName(chosen) {
  name = chosen;
  connection.start();
}

// The room died with the server's memory: the same code again, for everybody who comes back.
function reopen() {
  reopening = true;
  connection.start();
}

function send(text) {
  happen({ type: 'queued', id: newId(), text });
  drain();
}

function retry(id) {
  happen({ type: 'retried', id });
  drain();
}

function discard(id) {
  happen({ type: 'withdrawn', id });
}

function watch(watching) {
  if (watching !== state.watching) happen({ type: 'watched', watching });
}

// One in flight, in order; what is not acknowledged stays and goes again after the return, under the same id.
async function drain() {
  if (sending) return;
  sending = true;
  try {
    for (let next; (next = nextToSend());) {
      const answer = await connection.call('SendMessage', { id: next.id, text: next.text });
      if (answer.refused === 'rate-limited') await wait(answer);
      else if (answer.refused === 'not-in-room') await join();
      else if (answer.refused) fail(next, answer.message);
      else happen({ type: 'acknowledged', id: next.id, seq: answer.seq });
    }
  } catch {
    // The connection was lost; it says so itself.
  } finally {
    sending = false;
  }
}

function wait({ message, retryAfterMs = 1_000 }) {
  view.showWait(message, retryAfterMs);
  return new Promise((resolve) => setTimeout(resolve, retryAfterMs));
}

function fail({ id, text }, reason) {
  if (view.giveBack(text, reason)) happen({ type: 'withdrawn', id });
  else happen({ type: 'failed', id, reason });
}

// Only once everything before the join was seen: what I sent from a lost connection may be there already.
function nextToSend() {
  return inRoom && state.seq >= state.joinedSeq ? state.outbox.find((mine) => mine.status === 'pending') : undefined;
}

async function leave() {
  try {
    if (inRoom) await connection.call('LeaveRoom');
  } catch {
    // The seat runs out by itself.
  }
  memory.forgetSeat(room);
  await connection.stop();
  location.assign('/');
}

function typing() {
  if (!inRoom || Date.now() - lastTyping < TYPING_EVERY) return;
  lastTyping = Date.now();
  connection.call('Typing').catch(() => undefined);
}

// Not crypto.randomUUID, which plain http in a local network does not have.
const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');

// A page that comes back from the browser's cache is not away after all.
addEventListener('pageshow', (event) => event.persisted && inRoom && join());
if (view.account) setInterval(() => fetch(location.pathname, { method: 'HEAD' }).catch(() => undefined), view.sessionMinutes * 60_000 / RENEWALS);
addEventListener('pagehide', () => inRoom && connection.tell('Away'));
view.show(state);
if (name) connection.start();
else view.askName(memory.lastName());
