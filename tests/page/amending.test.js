import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allLines, lineAt } from '../../wwwroot/js/lines.js';
import { noticeWords, plain } from '../../wwwroot/js/words.js';
import {
  after, came, connected, effects, event, foldedMessages, inRoom, joined, lost, next, received, said, user,
} from './support.js';

const edited = (seq, of, text, from = 'ana') => event(seq, 'edited', from, { of, text });
const removed = (seq, of, from = 'ana') => event(seq, 'removed', from, { of });
const reacted = (seq, of, mark = '👍', on = true, from = 'ana') => event(seq, 'reacted', from, { of, mark, on });
const renamed = (seq, from, to, who) => event(seq, 'renamed', from, { to, who });
const rejoined = (more) => [lost, connected, joined(more)];

const talk = [...inRoom, received([came(2, 'bo'), said(3, 'ana', 'hi'), said(4, 'bo', 'hello')])];
const seqs = (state) => allLines(state.lines).map((line) => line.seq ?? line.type);
const line = (state, seq) => allLines(state.lines).find((one) => one.seq === seq);
const folded = (state, seq) => foldedMessages(state).find((one) => one.seq === seq);

test('what changes a message is no line, and stands at its place', () => {
  const state = after(...talk, received([edited(5, 3, 'hi all'), reacted(6, 4), removed(7, 4, 'bo')]));

  assert.deepEqual(seqs(state), [1, 2, 3, 4]);
  assert.equal(state.seq, 7);
  assert.deepEqual(foldedMessages(state), [
    { seq: 3, text: 'hi all', isEdited: true, replyTo: undefined, marks: {} }, { seq: 4, removedBy: 2 },
  ]);
});

test('an edit that does not open stands for the message, until one does', () => {
  const broken = after(...talk, received([{ ...edited(5, 3, ''), unopened: true }]));
  assert.deepEqual([line(broken, 3).text, line(broken, 3).unopened], ['', true]);
  const mended = next(broken, received([edited(6, 3, 'hi again')]));
  assert.deepEqual([line(mended, 3).text, line(mended, 3).unopened], ['hi again', undefined]);
});

test('a message and what changes it may come in one batch, and what changes it many times over', () => {
  const changes = [edited(4, 3, 'two'), reacted(5, 3), reacted(6, 3, '👍', true, 'bo'), edited(7, 3, 'three')];
  const once = after(...inRoom, received([said(3), ...changes]));
  const twice = after(...inRoom, received([
    said(3), ...changes, ...changes.map((change) => ({ ...change, seq: change.seq + 10 })),
  ]));

  assert.deepEqual(folded(once, 3),
    { seq: 3, text: 'three', isEdited: true, replyTo: undefined, marks: { '👍': [1, 2] } });
  assert.deepEqual(foldedMessages(twice), foldedMessages(once));
});

test('a message from the history is as it is now, and what its stream still says changes nothing', () => {
  const snapshot = event(2, 'message', 'bo', {
    text: 'three', editedAt: '2026-01-31T10:05:00.000Z', replyTo: 1,
    marks: { '🎉': ['ana', 'cy'] }, markedBy: { '🎉': [1, 3] },
  });
  const state = after(connected, joined({ seq: 9 }), received([came(1, 'ana'), snapshot]));
  const again = next(state, received([
    edited(7, 2, 'three', 'bo'), reacted(8, 2, '🎉'), reacted(9, 2, '🎉', true, 'cy'),
  ]));

  assert.deepEqual(folded(state, 2), { seq: 2, text: 'three', isEdited: true, replyTo: 1, marks: { '🎉': [1, 3] } });
  assert.deepEqual(foldedMessages(again), foldedMessages(state));
  assert.deepEqual(line(state, 2).marks['🎉'], [{ who: 1, name: 'ana' }, { who: 3, name: 'cy' }]);
});

test('a mark is taken back, by its maker alone, and goes with the last', () => {
  const state = after(...talk, received([reacted(5, 3), reacted(6, 3, '👍', true, 'bo'), reacted(7, 3, '👍', false)]));
  assert.deepEqual(folded(state, 3).marks, { '👍': [2] });

  assert.deepEqual(folded(next(state, received([reacted(8, 3, '👍', false, 'bo')])), 3).marks, {});
  assert.deepEqual(folded(next(state, received([reacted(8, 3, '❤️', false)])), 3).marks, { '👍': [2] });
});

test('a stub is the same from the history as from the act, and is no longer changed', () => {
  const acted = after(...talk, received([removed(5, 4, 'bo'), removed(6, 3, 'bo')]));
  const [byAuthor, byOwner] = [line(acted, 4), line(acted, 3)];
  assert.deepEqual([byAuthor.by, byOwner.by, byOwner.byName, byOwner.own], [undefined, 2, 'bo', true]);

  const { own: _, byOwn: __, byName: ___, ...wire } = byOwner;
  const opened = after(connected, joined({ seq: 2, users: [user('ana'), user('bo')] }),
    received([{ ...wire, seq: 1, of: 1 }]));
  assert.deepEqual(foldedMessages(opened), [{ seq: 1, removedBy: 2 }]);
  const later = next(acted, received([edited(7, 4, 'back', 'bo'), reacted(8, 4), removed(9, 4)]));
  assert.deepEqual(foldedMessages(later), foldedMessages(acted));
});

test('what changes a message is not news, and moves nothing', () => {
  const away = after(...talk, { type: 'watched', watching: false }, received([said(5, 'bo')]));
  const state = next(away, received([edited(6, 4, 'x', 'bo'), reacted(7, 3, '👍', true, 'bo'), removed(8, 4, 'bo')]));

  assert.deepEqual([state.unread, state.firstUnread, allLines(state.lines).length], [away.unread, away.firstUnread, 5]);
});

test('what is not there cannot be changed: notices, unknown seqs, and what is overtaken', () => {
  const state = after(...talk);
  const same = next(state, received([
    edited(5, 2, 'x'), removed(6, 1), reacted(7, 99), event(8, 'superseded', 'ana', { of: 3 }),
  ]));

  assert.deepEqual(same.lines, state.lines);
});

test('a seq means the message of this life of the room', () => {
  const reopened = after(...talk, ...rejoined({ epoch: 'e2', seq: 1 }), received([came(1, 'ana')], 'e2'));
  const state = next(reopened,
    received([edited(5, 3, 'other'), edited(6, 3, 'x'), reacted(7, 4), removed(8, 3)], 'e2'));

  assert.deepEqual(allLines(state.lines).slice(0, 4), allLines(reopened.lines).slice(0, 4));
  assert.deepEqual(foldedMessages(state), []);
});

test('after a gap what is kept comes again as it is now, and older lines stay', () => {
  const state = after(...talk, ...rejoined({ seq: 90, gap: true }),
    received([event(4, 'message', 'bo', { text: 'hello all', editedAt: '2026-01-31T10:05:00.000Z' }), said(80, 'bo')]));

  assert.deepEqual(seqs(state), [1, 2, 3, 4, 80]);
  assert.equal(folded(state, 4).text, 'hello all');
  assert.deepEqual(seqs(next(state, received([said(91)]))), [1, 2, 3, 4, 80, 91]);
});

test('a gap is said only where messages are missing', () => {
  const missing = after(...talk, ...rejoined({ seq: 90, gap: true }), received([said(50), said(51)]));
  assert.deepEqual(seqs(missing), [1, 2, 3, 4, 'gap', 50, 51]);

  const again = next(missing, ...rejoined({ seq: 95, gap: true }), received([said(51), said(52)]));
  assert.deepEqual(seqs(again), [1, 2, 3, 4, 'gap', 50, 51, 52]);
});

test('what is kept may end before what was seen, and says nothing twice', () => {
  const away = after(...talk, { type: 'watched', watching: false }, received([said(5, 'bo'), reacted(70, 5)]));
  const state = next(away, ...rejoined({ seq: 90, gap: true }), received([said(4, 'bo'), said(5, 'bo')]));

  assert.deepEqual([state.seq, state.unread, seqs(state)], [70, 1, [1, 2, 3, 4, 5]]);
  assert.equal(lineAt(state.lines, state.firstUnread).seq, 5);
  assert.deepEqual(effects(away, lost).length, 0);
});

test('a new name is said, and holds from then on', () => {
  const state = after(...talk, { type: 'typingReceived', name: 'bo' },
    received([renamed(5, 'bo', 'bob', 2), renamed(6, 'ana', 'anna', 1)]));

  const said = allLines(state.lines).slice(-2).map((line) => plain(noticeWords(line)));
  assert.deepEqual(said, ['bo is bob now', 'You are anna now']);
  assert.deepEqual([state.name, state.names[2], state.typists], ['anna', 'bob', []]);
  assert.deepEqual(state.roster.map(({ name }) => name), ['anna', 'bob']);
  assert.deepEqual(effects(after(...inRoom), received([renamed(2, 'ana', 'anna', 1)])),
    [{ type: 'rememberName', name: 'anna' }]);
});

test('an old name that comes again on return does not undo a newer one', () => {
  const state = after(connected, joined({ name: 'anna', seq: 3, users: [{ ...user('ana'), name: 'anna' }] }),
    received([came(1, 'ana'), renamed(2, 'ana', 'ann', 1), renamed(3, 'ann', 'anna', 1)]));

  assert.deepEqual([state.name, state.names[1], state.roster.map(({ name }) => name)], ['anna', 'anna', ['anna']]);
});

test('no step changes the lines that are given to the fold', () => {
  const state = after(...talk, received([reacted(5, 3)]));
  const before = structuredClone(state);
  next(state, received([
    edited(6, 3, 'x'), reacted(7, 3, '👍', true, 'bo'), reacted(8, 3, '👍', false), removed(9, 4),
  ]));

  assert.deepEqual(state, before);
});
