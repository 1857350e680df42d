// The part of the fold that knows what the composer is for: something new, an answer, or another text for a message of
// mine. Editing sets aside what was being written anew, with what that answers.
import { call } from './joining.js';
import { translate } from './language.js';
import { findLast, messageIn } from './lines.js';
import { isOwner } from './owning.js';
import { newDraft } from './transcript.js';

const isMessage = (line) => line?.type === 'message';

const isInTime = ({ at }, { editSeconds }, now) => now < Date.parse(at) + editSeconds * 1_000;

export const canEdit = (state, line, now) => state.inRoom && isMessage(line) && line.own && isInTime(line, state, now);

export const canTakeBack = (state, line, now) =>
  canEdit(state, line, now) || (state.inRoom && isMessage(line) && isOwner(state));

export const writingSteps = {
  answerStarted(state, { seq }) {
    if (!isMessage(messageIn(state.lines, seq))) return [state];
    return [{ ...withoutEdit(state), answering: seq }, { type: 'focusComposer' }];
  },

  editStarted(state, { seq, now }) {
    const line = messageIn(state.lines, seq);
    if (!canEdit(state, line, now)) return [state];
    const editing = { seq, draft: newDraft(state) };
    return [{ ...state, editing, draft: line.text, composerError: '' }, { type: 'focusComposer' }];
  },

  editLastPressed(state, { now }) {
    const mine = findLast(state.lines, (line) => isMessage(line) && line.own);
    return mine && !state.editing ? writingSteps.editStarted(state, { seq: mine.seq, now }) : [state];
  },

  writingEnded(state) {
    if (state.editing) return [withoutEdit(state), { type: 'focusComposer' }];
    return state.answering === null ? [state] : [{ ...state, answering: null }, { type: 'focusComposer' }];
  },
};

export function submitEdit(state, text) {
  const { seq } = state.editing;
  if (text === messageIn(state.lines, seq)?.text) return [withoutEdit(state), { type: 'focusComposer' }];
  const next = { ...state, draft: text };
  if (!state.inRoom) return [{ ...next, composerError: translate('page.offlineEdit') }];
  return [{ ...next, composerError: '' }, call('EditMessage', { seq, text }), { type: 'focusComposer' }];
}

export function editAnswered(state, { call: { args: { seq } }, answer }) {
  if (state.editing?.seq !== seq) return [state];
  return [answer.refused ? { ...state, composerError: answer.message } : withoutEdit(state)];
}

export const editFailed = (state) =>
  [state.editing ? { ...state, composerError: translate('page.sendAgain') } : state];

const withoutEdit = (state) => (
  state.editing ? { ...state, draft: newDraft(state), editing: null, composerError: '' } : state
);
