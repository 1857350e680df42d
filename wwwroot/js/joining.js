// The part of the fold that joins and rejoins the room, and decides what to do when that is refused.
import { translate } from './language.js';
import { pathOf } from './paths.js';
import { enterRoom } from './transcript.js';

const WORTH_MENTIONING = 2_000;   // milliseconds; a shorter interruption is not mentioned on return
const ANNOUNCE_AFTER = 1_000;     // history is not read aloud, what is said from then on is
const FIRST_LOOK = 2_000;
const LONGEST_LOOK = 30_000;

export const call = (method, args) => ({ type: 'call', method, ...(args && { args }) });

export const outOfRoom = (state) => ({ ...state, inRoom: false, joining: false, pendingBatches: [], sending: null });

export function startJoin(state) {
  const joining = { ...state, inRoom: false, joining: true, pendingBatches: [] };
  // A direct chat is found by its partner, since it may have been reopened under another code.
  if (state.partner) return [joining, call('OpenDirect', { with: state.partner })];
  if (state.reopening) return [joining, call('ReopenRoom', { room: state.room })];
  return joinRoom(joining);
}

function joinRoom(state) {
  const { room, name, seat, passphrase, epoch, seq } = state;
  const place = epoch === null ? {} : { epoch, after: seq };
  const shown = { ...(seat && { seat }), ...(passphrase && { passphrase }) };
  return [state, call('JoinRoom', { room, name, paced: true, ...shown, ...place })];
}

const answers = {
  ReopenRoom: (state) => joinRoom({ ...state, reopening: false }),

  OpenDirect(state, { answer, seat }) {
    const found = { ...state, reopening: false };
    if (answer.room === state.room) return joinRoom(found);
    const [next, join] = joinRoom({ ...found, room: answer.room, seat });
    return [next, { type: 'showAddress', path: pathOf(answer.room) }, join];
  },

  JoinRoom(state, { answer, now }) {
    const isReopened = state.epoch !== null && state.epoch !== answer.epoch;
    const wasAway = state.lost !== null && now - state.lost.since > WORTH_MENTIONING;
    const joined = {
      ...state,
      status: 'connected',
      lost: null,
      retryReason: '',
      banner: null,
      gone: null,
      seat: answer.seat,
      announceAt: state.announcing ? null : now + ANNOUNCE_AFTER,
    };
    const effects = [{ type: 'keepConnection' }, { type: 'rememberSeat', room: state.room, seat: answer.seat }];
    if (!state.account) effects.push({ type: 'rememberName', name: answer.name });
    if (!state.partner) effects.push({ type: 'rememberRoom', room: state.room });
    if (isReopened) effects.push({ type: 'toast', words: translate('page.wasReopened') });
    else if (wasAway) effects.push({ type: 'toast', words: translate('page.back') });
    return [enterRoom(joined, answer), ...effects];
  },
};

export const isJoin = ({ method }) => method in answers;

export function joinAnswered(state, { call: { method }, answer, seat, now }) {
  return answer.refused ? joinRefused(state, answer, now) : answers[method](state, { answer, seat, now });
}

function joinRefused(state, { refused, message, retryAfterMs = 0 }, now) {
  const out = outOfRoom(state);
  switch (refused) {
    case 'name-taken':
    case 'name-invalid':
    case 'name-reserved':
      return [askName(out, message), { type: 'disconnect' }];
    case 'passphrase-needed':
      return [askPassphrase(out), { type: 'disconnect' }];
    case 'passphrase-wrong':
      return [askPassphrase(out, message), { type: 'disconnect' }];
    case 'key-needed':
    case 'key-wrong':
      return askKey(out, message);
    case 'room-not-found':
      return end(state.epoch === null ? out : { ...out, gone: nextLook(state.gone, now) }, {
        words: translate('page.gone'),
        label: translate('page.reopen'),
        press: 'reopen',
      });
    case 'not-signed-in':
      return end(out, { words: message, label: translate('page.signIn'), press: 'sign-in' });
    case 'stopping':
    case 'rate-limited':
    case 'unavailable':
      return [{ ...out, retryReason: `${message} ` }, { type: 'retryAfter', ms: retryAfterMs }];
    default:
      return end(out, { words: message, label: translate('page.tryAgain'), press: 'connect' });
  }
}

// Somebody else may reopen it.
function nextLook(gone, now) {
  const looks = (gone?.looks ?? 0) + 1;
  return { looks, lookAt: now + Math.min(LONGEST_LOOK, FIRST_LOOK * 2 ** (looks - 1)) };
}

export const askName = (state, error = '') => ({
  ...state,
  status: 'asking',
  lost: null,
  retryReason: '',
  asking: {
    name: state.name ?? state.lastName, error, ...(state.passphrase !== null && { needsPassphrase: true }),
  },
});

const askPassphrase = (state, error = '') => {
  const asked = askName({ ...state, passphrase: '' });
  return { ...asked, asking: { ...asked.asking, passphraseError: error } };
};

// The link with the key is needed first, and leads here anew.
export const askKey = (state, words = '') => [
  { ...state, status: 'ended', lost: null, retryReason: '' },
  { type: 'disconnect' },
  { type: 'askKey', words },
];

export const end = (state, banner) => [
  { ...state, status: 'ended', lost: null, retryReason: '', banner },
  { type: 'disconnect' },
];

