import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allLines } from '../../wwwroot/js/lines.js';
import { canEdit, canTakeBack } from '../../wwwroot/js/writing.js';
import {
  after, answered, calls, came, connected, effect, event, inRoom, joined, lost, next, received, refusal, said, sent,
  written,
} from './support.js';

const at = Date.parse('2026-01-31T10:00:00.000Z');      // of all events
const answer = (seq) => ({ type: 'answerStarted', seq });
const edit = (seq, now = at) => ({ type: 'editStarted', seq, now });
const ended = { type: 'writingEnded' };
const drafted = (text) => ({ type: 'draftChanged', text });
const saved = (seq, reply) => answered('EditMessage', reply, { args: { seq } });

const talk = [...inRoom, received([came(2, 'bo'), said(3, 'ana', 'hi'), said(4, 'bo', 'hello')])];

test('an answer says which message it answers, once', () => {
  const state = after(...talk, answer(4));
  assert.equal(state.answering, 4);

  assert.deepEqual(calls(state, written('a', 'yes'))[0].args, { id: 'a', text: 'yes', replyTo: 4 });
  assert.equal(next(state, written('a')).answering, null);
  assert.equal(next(state, ended).answering, null);
});

test('only a message can be answered', () => {
  assert.equal(after(...talk, answer(2)).answering, null);
  assert.equal(after(...talk, received([event(5, 'removed', 'bo', { of: 4 })]), answer(4)).answering, null);
});

test('an answer goes again as one after the connection was lost, but not in another life of the room', () => {
  const away = after(...talk, answer(4), lost, written('a', 'yes'), answer(3), connected);
  const [same] = calls(away, joined({ seq: 4 }));
  assert.deepEqual(same.args, { id: 'a', text: 'yes', replyTo: 4 });
  assert.equal(next(away, joined({ seq: 4 })).answering, 3);

  const reopened = joined({ epoch: 'e2' });
  assert.deepEqual(calls(away, reopened)[0].args, { id: 'a', text: 'yes' });
  assert.equal(next(away, reopened).answering, null);
});

test('a refused answer goes back into the composer as one', () => {
  const refused = next(after(...talk, answer(4), written('a', 'yes')), sent('a', refusal('text-invalid')));
  assert.deepEqual([refused.draft, refused.answering, refused.outbox], ['yes', 4, []]);

  const busy = next(after(...talk, answer(4), written('a', 'yes'), answer(3)), sent('a', refusal('text-invalid')));
  assert.deepEqual([busy.answering, busy.outbox[0].status, busy.outbox[0].replyTo], [3, 'failed', 4]);
  assert.equal(next(busy, { type: 'retried', id: 'a' }).outbox[0].replyTo, 4);
});

test('an edit sets aside what was being written, and brings it back', () => {
  const state = after(...talk, answer(4), drafted('half a thou'), edit(3));
  assert.deepEqual([state.draft, state.editing], ['hi', { seq: 3, draft: 'half a thou' }]);
  assert.equal(effect(state, drafted('hi all'), 'rememberDraft').text, 'half a thou');

  const done = [drafted('hi all'), written('x', 'hi all'), saved(3, { seq: 5 })];
  for (const over of [[ended], done, [written('x', 'hi')]]) {
    const back = next(state, ...over);
    assert.deepEqual([back.draft, back.editing, back.answering, back.outbox], ['half a thou', null, 4, []]);
  }
});

test('an edit is sent as one, and what is refused stays in the composer', () => {
  const state = after(...talk, edit(3));
  assert.deepEqual(calls(state, written('x', 'hi all')), [{ method: 'EditMessage', args: { seq: 3, text: 'hi all' } }]);

  const refused = next(state, written('x', 'hi all'), saved(3, refusal('too-late')));
  assert.deepEqual([refused.draft, refused.composerError, refused.editing.seq], ['hi all', 'The reason.', 3]);
  const broken = next(state, written('x', 'hi all'), { type: 'callFailed', call: { method: 'EditMessage' } });
  assert.match(broken.composerError, /again/);
  const away = next(state, lost, written('x', 'hi all'));
  assert.deepEqual([away.draft, away.editing.seq], ['hi all', 3]);
  assert.match(away.composerError, /not connected/);
});

test('an empty or unchanged text edits nothing', () => {
  const state = after(...talk, edit(3));

  assert.deepEqual([calls(state, written('x', ' ')), next(state, written('x', ' ')).editing], [[], state.editing]);
  assert.deepEqual(calls(state, written('x', 'hi')), []);
});

test('mine can be edited for a while, in the room; the owner can take back anything', () => {
  const state = after(...talk);
  const [mine, other] = [3, 4].map((seq) => allLines(state.lines).find((line) => line.seq === seq));
  const late = at + 900_000;

  assert.deepEqual([canEdit(state, mine, late - 1), canEdit(state, mine, late), canEdit(state, other, at)],
    [true, false, false]);
  assert.ok(canTakeBack(state, other, late));
  const guest = { ...state, terms: { ...state.terms, owner: 2 } };
  assert.deepEqual([canTakeBack(guest, mine, at), canTakeBack(guest, mine, late), canTakeBack(guest, other, at)],
    [true, false, false]);
  assert.equal(canEdit(next(state, lost), mine, at), false);
  assert.equal(after(...talk, edit(3, late)).editing, null);
});

test('editing another message keeps what was set aside first', () => {
  const state = after(...talk, drafted('mine'), received([said(5)]), edit(3), edit(5));

  assert.deepEqual([state.draft, state.editing], ['text 5', { seq: 5, draft: 'mine' }]);
  assert.deepEqual(next(state, answer(4)).draft, 'mine');
});

test('an edit of another life of the room is over', () => {
  const state = after(...talk, drafted('mine'), edit(3), lost, connected, joined({ epoch: 'e2' }));

  assert.deepEqual([state.draft, state.editing], ['mine', null]);
});

test('↑ edits my last message of this life of the room, as long as it can be', () => {
  const up = { type: 'editLastPressed', now: at };
  const state = after(...talk, received([said(5, 'ana', 'again'), said(6, 'bo')]));
  assert.deepEqual([next(state, up).draft, next(state, up).editing.seq], ['again', 5]);

  const takenBack = next(state, received([event(7, 'removed', 'ana', { of: 5 })]), up);
  assert.equal(takenBack.editing.seq, 3);
  for (const none of [after(...inRoom), next(state, lost), next(state, lost, connected, joined({ epoch: 'e2' }))])
    assert.equal(next(none, up).editing, null);
  assert.equal(next(state, { ...up, now: at + 900_000 }).editing, null);
  assert.equal(next(state, edit(3), drafted(''), up).editing.seq, 3);
});
