import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allLines, lineAt } from '../../wwwroot/js/lines.js';
import {
  after, came, connected, effect, inRoom, joined, lost, next, received, said, sent, start, unknown, user, went, written,
} from './support.js';

const seqs = (state) => allLines(state.lines).map((line) => line.seq ?? line.type);
const names = (state) => state.roster.map((person) => person.name);
const rejoined = (more) => [lost, connected, joined(more)];

test('batches before the answer to a join wait for it, and only those of its epoch count', () => {
  const state = after(connected, received([came(1, 'ana')]), received([said(7)], 'another'), joined());

  assert.deepEqual(seqs(state), [1]);
});

test('batches before the answer are forgotten when the connection is lost first', () => {
  assert.deepEqual(seqs(after(connected, received([said(5)]), lost, connected, joined())), []);
});

test('an event that was seen is dropped, the new ones of its batch are not', () => {
  const state = after(...inRoom, received([said(2), said(3)]), received([said(2), said(3), said(4)]));

  assert.deepEqual(seqs(state), [1, 2, 3, 4]);
});

test('batches of another epoch are ignored', () => {
  assert.deepEqual(seqs(after(...inRoom, received([said(2)], 'e0'))), [1]);
});

test('a changed epoch starts counting again, keeps what is shown and says so', () => {
  const state = after(...inRoom, received([said(2), said(3)]), ...rejoined({ epoch: 'e2' }),
    received([came(1, 'ana')], 'e2'));

  assert.deepEqual(seqs(state), [1, 2, 3, 'reopened', 1]);
  assert.equal(state.seq, 1);
});

test('a gap is said at its place', () => {
  const state = after(...inRoom, received([said(2)]), ...rejoined({ seq: 9, gap: true }), received([said(9)]));

  assert.deepEqual(seqs(state), [1, 2, 'gap', 9]);
});

test('an event of an unknown type is not shown and counts as seen', () => {
  const state = after(...inRoom, received([unknown(2), said(3)]));

  assert.deepEqual(seqs(state), [1, 3]);
  assert.equal(state.seq, 3);
});

test('the roster is as of the answer; only later events change it', () => {
  const state = after(connected, joined({ seq: 3, users: [user('ana'), user('cy')] }),
    received([came(1, 'ana'), came(2, 'bo'), went(3, 'bo'), came(4, 'di'), went(5, 'cy')]));

  assert.deepEqual(names(state), ['ana', 'di']);
});

test('a message shown in a previous epoch is not shown again when its sender repeats it', () => {
  const state = after(...inRoom, received([said(2, 'bo', 'once', 'b1')]), ...rejoined({ epoch: 'e2' }),
    received([came(1, 'ana'), said(2, 'bo', 'once', 'b1'), said(3, 'bo')], 'e2'));

  assert.deepEqual(seqs(state), [1, 2, 'reopened', 1, 3]);
});

test('messages of others are unread while nobody looks, and the first is marked until the next look away', () => {
  const away = after(...inRoom, received([said(2, 'bo')]), { type: 'watched', watching: false },
    received([said(3, 'ana')]), received([said(4, 'bo'), came(5, 'cy'), said(6, 'cy')]));
  assert.equal(away.unread, 2);
  assert.equal(lineAt(away.lines, away.firstUnread).seq, 4);

  const back = next(away, { type: 'watched', watching: true });
  assert.equal(back.unread, 0);
  assert.equal(lineAt(back.lines, back.firstUnread).seq, 4);
  assert.equal(next(back, { type: 'watched', watching: false }).firstUnread, null);
});

test('history is not news, but messages missed while away are', () => {
  const opened = after({ type: 'watched', watching: false }, connected, joined({ seq: 3 }),
    received([said(1, 'bo'), said(2, 'bo'), came(3, 'ana')]));
  assert.equal(opened.unread, 0);

  const returned = next(opened, ...rejoined({ seq: 5 }), received([said(4, 'bo'), said(5, 'bo')]));
  assert.equal(returned.unread, 2);
});

test('what was missed calls whether it comes before or after the answer that one is back', () => {
  const away = after(...inRoom, { type: 'watched', watching: false }, lost, { type: 'connecting' }, connected);
  const missed = [received([said(2, 'bo')]), received([said(3, 'bo')])];
  const answer = joined({ seq: 3 });
  const rung = (state, action) => effect(state, action, 'ring')?.lines.map(({ seq }) => seq);

  assert.deepEqual(rung(next(away, ...missed), answer), [2, 3]);
  assert.deepEqual(rung(next(away, answer), missed[0]), [2]);
  assert.equal(rung(next(away, ...missed, answer), { type: 'woke' }), undefined);
});

test('a look that changes nothing leaves the very same state', () => {
  const state = after(...inRoom);

  assert.equal(next(state, { type: 'watched', watching: true }), state);
});

test('somebody is typing for five seconds, or until their message comes', () => {
  const typing = after(...inRoom, { type: 'typingReceived', name: 'bo', now: 0 },
    { type: 'typingReceived', name: 'cy', now: 1_000 }, { type: 'typingReceived', name: 'bo', now: 2_000 });
  const typists = (state) => state.typists.map((typist) => typist.name);

  assert.deepEqual(typists(typing), ['bo', 'cy']);
  assert.deepEqual(typists(next(typing, { type: 'woke', now: 6_000 })), ['bo']);
  assert.deepEqual(typists(next(typing, { type: 'woke', now: 7_000 })), []);
  assert.deepEqual(typists(next(typing, received([said(2, 'bo')]))), ['cy']);
});

test('no step changes the state that is given to the fold', () => {
  const state = after(...inRoom, written('a'));
  const before = structuredClone(state);
  next(state, received([said(2), went(3, 'ana')]));
  next(state, written('b'), sent('a', { seq: 4 }));
  next(state, { type: 'typingReceived', name: 'bo' }, lost, { type: 'woke', now: 9_000 });

  assert.deepEqual(state, before);
});

test('before the first join nothing is shown', () => {
  assert.deepEqual(seqs(next(start(), received([said(1)]))), []);
});

test('what others say rings, not what I say, what I have muted, or history', () => {
  const rung = (state, events) => effect(state, received(events), 'ring')?.lines.map(({ seq }) => seq);
  const state = after(...inRoom);

  assert.deepEqual(rung(state, [said(2, 'bo'), said(3), said(4, 'cy')]), [2, 4]);
  assert.equal(rung(state, [said(2)]), undefined);
  assert.equal(rung(next(state, { type: 'muted', who: 2, on: true }), [said(2, 'bo')]), undefined);
  assert.equal(rung(after(connected, joined({ seq: 3 })), [said(2, 'bo'), said(3, 'bo')]), undefined);
});
