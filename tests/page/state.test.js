import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold, initial } from '../../wwwroot/js/state.js';

const at = '2026-01-31T10:00:00.000Z';
const said = (seq, from = 'ana', text = `text ${seq}`, id = undefined) => ({ seq, type: 'message', from, text, at, id });
const came = (seq, from) => ({ seq, type: 'joined', from, at });
const went = (seq, from) => ({ seq, type: 'left', from, at });
const user = (name) => ({ name, since: at });
const answer = (more = {}) => ({ room: 'K7M2QX', name: 'ana', seat: 's', epoch: 'e1', seq: 1, users: [user('ana')], ...more });
const received = (events, epoch = 'e1') => ({ type: 'received', events, epoch });
const after = (...actions) => actions.reduce(fold, initial);
const seqs = (state) => state.lines.map((line) => line.seq ?? line.type);
const names = (state) => state.roster.map((person) => person.name);

const inRoom = [{ type: 'joining' }, { type: 'joined', answer: answer() }, received([came(1, 'ana')])];

test('batches that come before the answer are set aside, then those of its epoch count', () => {
  const state = after({ type: 'joining' }, received([came(1, 'ana')]), received([said(7)], 'another'), { type: 'joined', answer: answer() });

  assert.deepEqual(seqs(state), [1]);
});

test('what came before the answer is forgotten when the connection is lost first', () => {
  const state = after({ type: 'joining' }, received([said(5)]), { type: 'dropped' }, { type: 'joining' }, { type: 'joined', answer: answer() });

  assert.deepEqual(seqs(state), []);
});

test('an event that was seen is dropped, the new ones of its batch are not', () => {
  const state = after(...inRoom, received([said(2), said(3)]), received([said(2), said(3), said(4)]));

  assert.deepEqual(seqs(state), [1, 2, 3, 4]);
});

test('batches of another epoch are ignored', () => {
  assert.deepEqual(seqs(after(...inRoom, received([said(2)], 'e0'))), [1]);
});

test('a changed epoch forgets the old seq, keeps what is shown and says so', () => {
  const state = after(...inRoom, received([said(2), said(3)]),
    { type: 'joining' }, { type: 'joined', answer: answer({ epoch: 'e2' }) }, received([came(1, 'ana')], 'e2'));

  assert.deepEqual(seqs(state), [1, 2, 3, 'anew', 1]);
  assert.equal(state.seq, 1);
});

test('a gap is said at its place', () => {
  const state = after(...inRoom, received([said(2)]),
    { type: 'joining' }, { type: 'joined', answer: answer({ seq: 9, gap: true }) }, received([said(9)]));

  assert.deepEqual(seqs(state), [1, 2, 'gap', 9]);
});

test('a type that is not known is not shown and does not come again', () => {
  const state = after(...inRoom, received([{ seq: 2, type: 'pinned', from: 'ana', at }, said(3)]));

  assert.deepEqual(seqs(state), [1, 3]);
  assert.equal(state.seq, 3);
});

test('the roster is as of the answer; only later events change it', () => {
  const joined = answer({ seq: 3, users: [user('ana'), user('cy')] });
  const state = after({ type: 'joining' }, { type: 'joined', answer: joined },
    received([came(1, 'ana'), came(2, 'bo'), went(3, 'bo'), came(4, 'di'), went(5, 'cy')]));

  assert.deepEqual(names(state), ['ana', 'di']);
});

test('what I wrote is pending, then sent, then a line', () => {
  const queued = after(...inRoom, { type: 'queued', id: 'a', text: 'hi' });
  const sent = fold(queued, { type: 'acknowledged', id: 'a', seq: 2 });
  const settled = fold(sent, received([said(2, 'ana', 'hi', 'a')]));

  assert.deepEqual([queued, sent, settled].map((state) => state.outbox.map((mine) => mine.status)), [['pending'], ['sent'], []]);
});

test('the event may come before its acknowledgement', () => {
  const state = after(...inRoom, { type: 'queued', id: 'a', text: 'hi' }, received([said(2, 'ana', 'hi', 'a')]), { type: 'acknowledged', id: 'a', seq: 2 });

  assert.deepEqual(state.outbox, []);
  assert.deepEqual(seqs(state), [1, 2]);
});

test('an acknowledgement that was lost is made good by the event on return', () => {
  const state = after(...inRoom, { type: 'queued', id: 'a', text: 'hi' }, { type: 'dropped' },
    { type: 'joining' }, { type: 'joined', answer: answer({ seq: 2 }) }, received([said(2, 'ana', 'hi', 'a')]));

  assert.deepEqual(state.outbox, []);
});

test("somebody else's id settles nothing of mine", () => {
  const state = after(...inRoom, { type: 'queued', id: 'a', text: 'hi' }, received([said(2, 'bo', 'other', 'a')]));

  assert.equal(state.outbox.length, 1);
});

test('what was refused stays with its reason until it is tried again', () => {
  const failed = after(...inRoom, { type: 'queued', id: 'a', text: 'hi' }, { type: 'failed', id: 'a', reason: 'no' });
  const again = fold(failed, { type: 'retried', id: 'a' });

  assert.deepEqual(failed.outbox, [{ id: 'a', text: 'hi', status: 'failed', reason: 'no' }]);
  assert.deepEqual(again.outbox, [{ id: 'a', text: 'hi', status: 'pending' }]);
});

test('what a former life of the room had taken is sent again in the new one, what it refused is not', () => {
  const state = after(...inRoom,
    { type: 'queued', id: 'a', text: 'taken' }, { type: 'acknowledged', id: 'a', seq: 2 },
    { type: 'queued', id: 'b', text: 'refused' }, { type: 'failed', id: 'b', reason: 'no' },
    { type: 'joining' }, { type: 'joined', answer: answer({ epoch: 'e2' }) });

  assert.deepEqual(state.outbox.map((mine) => mine.status), ['pending', 'failed']);
});

test('what was shown of a former life is not shown again when its writer, who had no answer, sends it again', () => {
  const state = after(...inRoom, received([said(2, 'bo', 'once', 'b1')]),
    { type: 'joining' }, { type: 'joined', answer: answer({ epoch: 'e2' }) }, received([came(1, 'ana'), said(2, 'bo', 'once', 'b1'), said(3, 'bo')], 'e2'));

  assert.deepEqual(seqs(state), [1, 2, 'anew', 1, 3]);
});

test('no step changes the state it is given', () => {
  const state = after(...inRoom);
  const before = structuredClone(state);
  fold(state, received([said(2), went(3, 'ana')]));
  fold(state, { type: 'queued', id: 'a', text: 'hi' });

  assert.deepEqual(state, before);
});

test('what others say while nobody looks is unread, and its first line is marked until one looks away again', () => {
  const away = after(...inRoom, received([said(2, 'bo')]), { type: 'watched', watching: false }, received([said(3, 'ana')]), received([said(4, 'bo'), came(5, 'cy'), said(6, 'cy')]));
  assert.equal(away.unread, 2);
  assert.equal(away.lines[away.firstUnread].seq, 4);

  const back = fold(away, { type: 'watched', watching: true });
  assert.equal(back.unread, 0);
  assert.equal(back.lines[back.firstUnread].seq, 4);
  assert.equal(fold(back, { type: 'watched', watching: false }).firstUnread, null);
});

test('history is not news, but what was missed is', () => {
  const looked = { type: 'watched', watching: false };
  const opened = after(looked, { type: 'joining' }, { type: 'joined', answer: answer({ seq: 3 }) }, received([said(1, 'bo'), said(2, 'bo'), came(3, 'ana')]));
  assert.equal(opened.unread, 0);

  const returned = [{ type: 'dropped' }, { type: 'joining' }, { type: 'joined', answer: answer({ seq: 5 }) }, received([said(4, 'bo'), said(5, 'bo')])].reduce(fold, opened);
  assert.equal(returned.unread, 2);
});

test('what was given back to its writer is no longer waiting', () => {
  const state = after(...inRoom, { type: 'queued', id: 'm1', text: 'x' }, { type: 'queued', id: 'm2', text: 'y' }, { type: 'withdrawn', id: 'm1' });

  assert.deepEqual(state.outbox.map((mine) => mine.id), ['m2']);
});
