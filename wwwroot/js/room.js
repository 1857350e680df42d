// The room page: what happens becomes actions, the fold decides, the view draws, and effects are carried out here.
import { Connection } from './connection.js';
import * as memory from './memory.js';
import { keyIn, pathOf, withKey } from './paths.js';
import { fold, initialState, nextWake } from './state.js';
import { answerCopies, isUsedElsewhere, useSeat } from './tabs.js';
import { toast } from './toast.js';
import { View } from './view.js';
import { closedWords, refusalWords } from './words.js';

const RENEWALS_PER_SESSION = 3;
const BETWEEN_DRAWS = 100;        // milliseconds: nobody reads faster, and all that came meanwhile costs little more
const FROM_OTHERS = ['received', 'typingReceived', 'seenReceived'];
const LONGEST_TIMER = 60_000;     // a clock that was set back must not make a timer overflow

const view = new View(dispatch);
const { sessionMinutes, proof, ...page } = view.page;
const key = keyIn(location.hash) ?? memory.keyIn(page.room);
page.sealed ||= key !== null;
const sealed = key && crypto.subtle ? new (await import('./sealed-room.js')).SealedRoom(page.room, key) : null;

let state = initialState({
  ...page,
  name: page.account ?? memory.myName(),
  lastName: memory.lastName(),
  seat: memory.seatIn(page.room),
  draft: memory.draftIn(page.room) || memory.takeShared() || '',
  unsent: memory.unsentIn(page.room),
  muted: memory.mutedIn(page.room),
  tellsSeen: memory.tellsSeen(),
  bell: memory.bellIn(page.room),
});
let wakeTimer, drawTimer;
let isOpened = false;
let drawnAt = 0;
let wakeAt = null;

const handlers = {
  connecting: () => dispatch({ type: 'connecting' }),
  connected: () => dispatch({ type: 'connected' }),
  lost: () => dispatch({ type: 'lost' }),
  received(events, epoch) {
    view.look();
    dispatch({ type: 'received', events, epoch });
  },
  typing: (name) => dispatch({ type: 'typingReceived', name }),
  seen: (places) => dispatch({ type: 'seenReceived', places }),
  closed: (notice) => dispatch({ type: 'closed', notice: { ...notice, message: closedWords(notice) } }),
  answered: (call, answer) => dispatch({
    type: 'answered',
    call,
    answer: answer.refused ? { ...answer, message: refusalWords(answer) } : answer,
    seat: memory.seatIn(answer.room),
  }),
  failed: (call) => dispatch({ type: 'callFailed', call }),
};
const connection = new Connection(sealed?.handlers(handlers) ?? handlers);

const effects = {
  connect: () => connection.start(),
  disconnect: () => connection.stop(),
  keepConnection: () => connection.keep(),
  retryAfter: ({ ms }) => connection.retryAfter(ms),
  call: (call) => connection.call(call, sealed?.seal(call)),
  rememberName: ({ name }) => memory.rememberName(name),
  rememberSeat: ({ room, seat }) => memory.rememberSeat(room, seat),
  forgetSeat: ({ room }) => memory.forgetSeat(room),
  rememberRoom: ({ room }) =>
    memory.rememberRoom({ room, title: state.terms.title, hue: document.documentElement.dataset.hue, proof, key }),
  rememberOutbox: ({ room, unsent }) => memory.rememberUnsent(room, unsent),
  rememberDraft: ({ room, text }) => memory.rememberDraft(room, text),
  showAddress: ({ path }) => history.replaceState(null, '', path),
  async askKey({ words }) {
    memory.forgetKey(state.room);
    const { askKey } = await import('./key-dialog.js');
    askKey(words, (given) => {
      memory.rememberKey(state.room, given);
      if (state.name && !state.account) memory.rememberName(state.name);
      history.replaceState(null, '', withKey(pathOf(state.room), given));
      location.reload();
    });
  },
  async move() {
    const { newSealedRoom } = await import('./moving.js');
    newSealedRoom(dispatch);
  },
  rememberMuted: ({ room, epoch, muted }) => memory.rememberMuted(room, { epoch, muted }),
  rememberTellsSeen: ({ on }) => memory.rememberTellsSeen(on),
  rememberBell({ room, bell }) {
    memory.rememberBell(room, bell);
    prepareBell();
  },
  ring({ lines }) {
    if (state.bell === 'off') return;
    const isAway = document.hidden || !document.hasFocus();
    if (isAway) loadBell().then(({ ring }) => ring(lines, state), () => undefined);
    else memory.rememberCalled(state.room, { epoch: state.epoch, seq: state.seq });
  },
  toast: ({ words, act }) =>
    toast(words, act && { label: act.label, press: () => dispatch({ type: 'acted', ...act }) }),
  focusComposer: () => view.focusComposer(),
  scrollToBottom: () => view.scrollToBottom(),
  navigate({ to }) {
    connection.stop();
    location.assign(to);
  },
};

const loadBell = () => import('./bell.js');

// Where the network is bad, a call must not wait for it.
function prepareBell() {
  if (state.bell !== 'off') loadBell().catch(() => undefined);
}

function dispatch(action) {
  const next = fold(state, { now: Date.now(), ...action });
  if (next.state === state && next.effects.length === 0) return;
  state = next.state;
  if (FROM_OTHERS.includes(action.type)) drawSoon();
  else draw();
  for (const effect of next.effects) effects[effect.type](effect);
  if (isOpened) tellTabs();
  wakeInTime();
}

function tellTabs() {
  useSeat(['asking', 'ended'].includes(state.status) ? null : state.seat);
}

// What comes from others is drawn in the next frame, and where much comes, in one frame for all of it. Not by
// requestAnimationFrame: scrolling there takes another frame, and a tab that is hidden gets none.
function drawSoon() {
  drawTimer ??= setTimeout(draw, Math.max(0, drawnAt + BETWEEN_DRAWS - performance.now()));
}

function draw() {
  clearTimeout(drawTimer);
  drawTimer = undefined;
  drawnAt = performance.now();
  view.render(state);
}

function wakeInTime() {
  const at = nextWake(state);
  if (at === wakeAt) return;
  wakeAt = at;
  clearTimeout(wakeTimer);
  if (at === null) return;
  const wait = Math.min(Math.max(0, at - Date.now()), LONGEST_TIMER);
  wakeTimer = setTimeout(() => {
    wakeAt = null;
    dispatch({ type: 'woke' });
  }, wait);
}

if (key) {
  memory.rememberKey(page.room, key);
  history.replaceState(null, '', withKey(location.href, key));
  sealed?.signs().then((signs) => view.showSigns(signs));
}
addEventListener('hashchange', () => keyIn(location.hash) && location.reload());

prepareBell();
addEventListener('pageshow', (event) => event.persisted && dispatch({ type: 'restored' }));
addEventListener('pagehide', () => state.inRoom && connection.send('Away'));

// A conversation requests no pages, so the session would expire during it.
if (page.account) {
  const renew = () => fetch(location.pathname, { method: 'HEAD' }).catch(() => undefined);
  setInterval(renew, sessionMinutes * 60_000 / RENEWALS_PER_SESSION);
}

const isElsewhere = await isUsedElsewhere(state.seat);
isOpened = true;
answerCopies();
dispatch({ type: 'opened', isElsewhere, hasKey: key !== null, canSeal: crypto.subtle !== undefined });
