// The part of the fold that writes: the draft, and what was sent but not acknowledged yet. One message is in flight at
// a time, in order; what is not acknowledged goes again after a return, under the same id.
import { call, startJoin } from './joining.js';
import { nickIn, rename } from './renaming.js';
import { newDraft, pending } from './transcript.js';
import { length, translate, untilWords } from './words.js';
import { submitEdit } from './writing.js';

const TYPING_EVERY = 3_000;
const PAUSE_AFTER_FAILURE = 5_000;

const remember = (state) => ({ type: 'rememberDraft', room: state.room, text: newDraft(state) });

// What was acknowledged need not be sent again after a reload: the room has it.
export const rememberOutbox = ({ room, epoch, outboxEpoch, outbox }) => ({
  type: 'rememberOutbox',
  room,
  unsent: { epoch: epoch ?? outboxEpoch, outbox: outbox.filter(({ status }) => status !== 'sent') },
});

export const outboxSteps = {
  draftChanged(state, { text, now }) {
    const next = { ...state, draft: text, composerError: '' };
    const isNotice = text !== '' && state.inRoom && now - state.lastTypingAt >= TYPING_EVERY;
    return isNotice ? [{ ...next, lastTypingAt: now }, remember(next), call('Typing')] : [next, remember(next)];
  },

  submitted(state, { id, text }) {
    const most = state.textLength;
    if (length(text) > most) {
      const composerError = translate('page.tooLong', { count: length(text), most });
      return [{ ...state, draft: text, composerError }];
    }
    const nick = state.editing ? null : nickIn(text);
    if (nick !== null) return rename({ ...state, draft: text }, nick);
    if (!text.trim()) return [state, { type: 'focusComposer' }];
    if (state.editing) return submitEdit(state, text);
    const outbox = [...state.outbox, pending({ id, text, replyTo: state.answering })];
    const next = { ...state, draft: '', composerError: '', answering: null, outbox };
    return [next, remember(next), { type: 'scrollToBottom' }, { type: 'focusComposer' }];
  },

  // Beside what is being written.
  said: (state, { id, text }) =>
    [{ ...state, outbox: [...state.outbox, pending({ id, text })] }, { type: 'scrollToBottom' }],

  retried: (state, { id }) => [update(state, id, pending)],

  discarded: (state, { id }) => [remove(state, id)],
};

export function sendAnswered(state, { call: { args: { id } }, answer, now }) {
  const free = { ...state, sending: null };
  switch (answer.refused) {
    case undefined: return [acknowledge(free, id, answer.seq)];
    case 'rate-limited':
    case 'unavailable':
      return [pause(free, answer, now)];
    case 'not-in-room': return state.joining ? [free] : startJoin(free);
    default: return sendRefused(free, id, answer.message);
  }
}

export const sendFailed = (state, { now }) => [{ ...state, sending: null, sendAgainAt: now + PAUSE_AFTER_FAILURE }];

// As soon as the room is joined: the server recognises a message of the lost connection by its id.
export function sendNext(state) {
  const { inRoom, sending, sendAgainAt, outbox } = state;
  if (!inRoom || sending !== null || sendAgainAt !== null) return [state];
  const next = outbox.find((mine) => mine.status === 'pending');
  if (!next) return [state];
  const { id, text, replyTo } = next;
  return [{ ...state, sending: id }, call('SendMessage', { id, text, ...(replyTo && { replyTo }) })];
}

// If the event itself has already arrived, there is nothing to wait for.
const acknowledge = (state, id, seq) =>
  seq <= state.seq ? remove(state, id) : update(state, id, (mine) => ({ ...mine, status: 'sent', seq }));

function pause(state, { message, retryAfterMs = 1_000 }, now) {
  const composerError = `${message} ${translate('page.resumes', { time: untilWords(retryAfterMs / 1_000) })}`;
  return { ...state, composerError, sendAgainAt: now + retryAfterMs };
}

// A refused text returns to the composer with what it answers, unless something else is being written.
function sendRefused(state, id, reason) {
  const refused = state.outbox.find((mine) => mine.id === id);
  if (state.draft !== '' || state.editing || state.answering !== null || refused === undefined) {
    return [update(state, id, (mine) => ({ ...mine, status: 'failed', reason }))];
  }
  const { text, replyTo = null } = refused;
  const next = { ...remove(state, id), draft: text, answering: replyTo, composerError: reason };
  return [next, remember(next)];
}

const update = (state, id, change) => ({
  ...state,
  outbox: state.outbox.map((mine) => (mine.id === id ? change(mine) : mine)),
});

const remove = (state, id) => ({ ...state, outbox: state.outbox.filter((mine) => mine.id !== id) });
