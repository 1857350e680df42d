// What the room page knows, as one pure fold: a state and an action give the next state and the effects to carry out.
// Time comes in with the actions, as `now`; nothing here touches the page, the connection or storage.
import { askKey, askName, call, end, isJoin, joinAnswered, outOfRoom, startJoin } from './joining.js';
import { actAnswered, isAct, owningSteps } from './owning.js';
import { outboxSteps, rememberOutbox, sendAnswered, sendFailed, sendNext } from './outbox.js';
import { home, pathOf, signInFor } from './paths.js';
import { receiptSteps, seenDueAt, tellSeen } from './receipts.js';
import { renameAnswered, tellNewName } from './renaming.js';
import { receive, watch } from './transcript.js';
import { length, translate } from './words.js';
import { editAnswered, editFailed, writingSteps } from './writing.js';

export { initialState } from './initial-state.js';

const TYPING_FADES = 5_000;
const AFTER_STOPPING = 2_000;   // a server that stops needs as long to be there again, unless there are others
const SECOND = 1_000;
const WARNED_BEFORE = 60_000;

export function fold(state, action) {
  const [next, ...effects] = steps[action.type](state, action);
  const [sending, ...sends] = sendNext(next);
  const [last, ...tells] = tellSeen(sending, action.now);
  const keeps = last.outbox === state.outbox ? [] : [rememberOutbox(last)];
  const rings = last.news === state.news || last.news.length === 0 ? [] : [{ type: 'ring', lines: last.news }];
  return { state: last, effects: [...keeps, ...effects, ...sends, ...tells, ...rings] };
}

// The time at which the next `woke` action is due.
export function nextWake(state) {
  const { lost, typists, sendAgainAt, announceAt, terms, warnedOf, gone } = state;
  const times = typists.map((typist) => typist.until);
  if (terms.endsAt !== null && terms.endsAt !== warnedOf) times.push(warningAt(terms));
  if (lost) times.push(lost.since + (Math.floor(lost.elapsed / SECOND) + 1) * SECOND);
  if (gone && gone.lookAt !== null) times.push(gone.lookAt);
  if (sendAgainAt !== null) times.push(sendAgainAt);
  if (announceAt !== null) times.push(announceAt);
  if (seenDueAt(state) !== null) times.push(seenDueAt(state));
  return times.length > 0 ? Math.min(...times) : null;
}

const steps = {
  ...outboxSteps,
  ...writingSteps,
  ...receiptSteps,

  opened(state, { isElsewhere, hasKey = false, canSeal = false }) {
    if (state.sealed && !canSeal) return end(state, onlyOverHttps());
    if (state.sealed && !hasKey) return askKey(state);
    if (isElsewhere) return end(state, openElsewhere());
    if (state.isLockedOut) {
      const words = translate('refusal.room-locked');
      return end(state, { words, label: translate('page.tryAgain'), press: 'reload' });
    }
    return state.name ? [state, { type: 'connect' }] : [askName(state)];
  },

  nameChosen(state, { name, passphrase = '' }) {
    const refuse = (errors) => [{ ...state, asking: { ...state.asking, error: '', passphraseError: '', ...errors } }];
    const chosen = name.trim();
    if (!chosen) return refuse({ error: translate('page.nameMissing') });
    if (length(chosen) > state.nameLength) return refuse({ error: translate('page.nameTooLong') });
    if (state.asking.needsPassphrase && !passphrase)
      return refuse({ passphraseError: translate('page.passphraseMissing') });
    const entered = state.asking.needsPassphrase ? { passphrase } : {};
    return [{ ...state, ...entered, name: chosen, asking: null }, { type: 'connect' }];
  },

  ...owningSteps,

  bannerPressed(state) {
    const next = { ...state, banner: null, gone: null };
    switch (state.banner.press) {
      case 'reload': return [next, { type: 'navigate', to: pathOf(state.room) }];
      case 'home': return [next, { type: 'navigate', to: home }];
      case 'reopen': return [{ ...next, reopening: true }, { type: 'connect' }];
      case 'sign-in': return [next, { type: 'navigate', to: signInFor(state.room) }];
      default: return [next, { type: 'connect' }];
    }
  },

  leavePressed: (state) => (state.inRoom ? [{ ...state, leaving: true }, call('LeaveRoom')] : leave(state)),

  // The browser restored the page from its back/forward cache.
  restored: (state) => (state.inRoom ? startJoin(state) : [state]),

  watched: (state, { watching }) => [watch(state, watching)],

  connecting: (state) => [
    { ...state, status: statusWhileConnecting(state), announcing: false, announceAt: null },
  ],

  connected: (state) => startJoin(state),

  lost(state, { now }) {
    if (state.gone) return [outOfRoom(state)];
    const lost = state.lost ?? { since: now, why: state.retryReason, elapsed: 0 };
    const next = { ...outOfRoom(state), status: 'lost', lost };
    return state.leaving ? leave(next) : [next];
  },

  closed(state, { notice: { reason, message, returnAfterMs } }) {
    const out = outOfRoom(state);
    if (reason === 'replaced') return end(out, openElsewhere());
    if (reason === 'room-closed') {
      const words = `${message} ${translate('page.whatYouSee')}`;
      return end(out, { words, label: translate('page.home'), press: 'home' });
    }
    if (returnAfterMs === undefined)
      return end(out, { words: message, label: translate('page.comeBack'), press: 'connect' });
    const ms = returnAfterMs && Math.max(returnAfterMs, reason === 'stopping' ? AFTER_STOPPING : 0);
    return [{ ...out, retryReason: `${message} ` }, { type: 'retryAfter', ms }];
  },

  received(state, batch) {
    const next = receive(state, batch);
    const effects = [];
    if (next.name !== state.name && !state.account) effects.push({ type: 'rememberName', name: next.name });
    if (next.terms.title !== state.terms.title && !state.partner)
      effects.push({ type: 'rememberRoom', room: state.room });
    return [next, ...effects, ...tellNewName(state, batch)];
  },

  bellSet: (state, { bell }) => [{ ...state, bell }, { type: 'rememberBell', room: state.room, bell }],

  typingReceived(state, { name, now }) {
    const typist = { name, until: now + TYPING_FADES };
    const isKnown = state.typists.some((other) => other.name === name);
    const typists = isKnown
      ? state.typists.map((other) => (other.name === name ? typist : other))
      : [...state.typists, typist];
    return [{ ...state, typists }];
  },

  answered(state, answered) {
    if (isJoin(answered.call)) return joinAnswered(state, answered);
    switch (answered.call.method) {
      case 'SendMessage': return sendAnswered(state, answered);
      case 'EditMessage': return editAnswered(state, answered);
      case 'Rename': return renameAnswered(state, answered);
      case 'LeaveRoom': return leave(state);
      default: return isAct(answered.call) ? actAnswered(state, answered) : [state];
    }
  },

  callFailed(state, failed) {
    if (isJoin(failed.call)) return [outOfRoom(state), { type: 'retryAfter', ms: 0 }];
    switch (failed.call.method) {
      case 'SendMessage': return sendFailed(state, failed);
      case 'EditMessage': return editFailed(state);
      case 'LeaveRoom': return leave(state);
      default: return [state];
    }
  },

  woke(state, { now }) {
    const next = { ...state, typists: state.typists.filter((typist) => typist.until > now) };
    if (state.lost) next.lost = { ...state.lost, elapsed: now - state.lost.since };
    if (isDue(state.sendAgainAt, now)) Object.assign(next, { sendAgainAt: null, composerError: '' });
    if (isDue(state.announceAt, now)) Object.assign(next, { announceAt: null, announcing: true });
    if (isDue(state.gone?.lookAt ?? null, now))
      return [{ ...next, gone: { ...state.gone, lookAt: null } }, { type: 'connect' }];
    if (!isEndNear(state, now)) return [next];
    return [{ ...next, warnedOf: state.terms.endsAt }, { type: 'toast', words: translate('page.closesSoon') }];
  },
};

const openElsewhere = () =>
  ({ words: translate('page.elsewhere'), label: translate('page.useHere'), press: 'connect' });

const onlyOverHttps = () =>
  ({ words: translate('page.needsHttps'), label: translate('page.home'), press: 'home' });

const statusWhileConnecting = ({ gone, lost }) => (gone ? 'ended' : lost ? 'lost' : 'connecting');

const warningAt = ({ endsAt }) => Date.parse(endsAt) - WARNED_BEFORE;

const isEndNear = ({ terms, warnedOf }, now) =>
  terms.endsAt !== null && terms.endsAt !== warnedOf && warningAt(terms) <= now;

const isDue = (at, now) => at !== null && at <= now;

const leave = (state) => [
  { ...outOfRoom(state), leaving: false },
  { type: 'forgetSeat', room: state.room },
  { type: 'navigate', to: home },
];
