import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastOwnSeq, readersOf } from '../../wwwroot/js/receipts.js';
import { nextWake } from '../../wwwroot/js/state.js';
import { readWords } from '../../wwwroot/js/words.js';
import {
  after, calls, came, connected, effects, inRoom, joined, lost, next, received, said, start, user,
} from './support.js';

const seen = (...places) => ({
  type: 'seenReceived', places: places.map(([who, seq]) => ({ who, name: `name ${who}`, seq })),
});
const tell = (on) => ({ type: 'seenTelling', on });
const watched = (watching, now = 0) => ({ type: 'watched', watching, now });
const told = (state, action) => calls(state, action).filter(({ method }) => method === 'Seen').map(({ args }) => args);
const talk = [...inRoom, received([came(2, 'bo'), said(3)])];
const late = { type: 'woke', now: 10_000 };

test('the others are told what somebody who looks has been shown of theirs', () => {
  const state = after(...talk);
  assert.deepEqual(told(state, received([said(4, 'bo')])), [{ seq: 4 }]);
  assert.deepEqual(told(state, received([said(4, 'ana'), came(5, 'cy')])), []);

  const away = next(state, watched(false));
  assert.deepEqual(told(away, received([said(4, 'bo'), said(5, 'bo')])), []);
  assert.deepEqual(told(next(away, received([said(4, 'bo'), said(5, 'bo')])), watched(true)), [{ seq: 5 }]);
});

test('they are told every two seconds at most, and only of more', () => {
  const state = after(...talk, { ...received([said(4, 'bo')]), now: 1_000 });
  assert.deepEqual(told(state, { ...received([said(5, 'bo')]), now: 2_999 }), []);
  const waiting = next(state, { ...received([said(5, 'bo')]), now: 2_999 });
  assert.equal(nextWake({ ...waiting, announceAt: null }), 3_000);

  assert.deepEqual(told(waiting, { type: 'woke', now: 3_000 }), [{ seq: 5 }]);
  assert.deepEqual(told(next(waiting, { type: 'woke', now: 3_000 }), late), []);
});

test('they are told again after a return', () => {
  const state = after(...talk, received([said(4, 'bo')]), lost, connected);

  assert.deepEqual(told(state, { ...joined({ seq: 4 }), now: 5_000 }), [{ seq: 4 }]);
});

test('whom I muted is not told that I have read it', () => {
  assert.deepEqual(told(after(...talk, { type: 'muted', who: 2, on: true }), received([said(4, 'bo')])), []);
});

test('in a large room nobody is told, and nothing is shown', () => {
  const users = Array.from({ length: 21 }, (_, i) => ({ ...user('ana'), who: i + 1 }));
  const large = after(connected, joined({ seq: 2, users }));
  const state = next(large, received([said(3), said(4, 'bo')]));

  assert.deepEqual(told(large, received([said(3, 'bo')])), []);
  assert.equal(lastOwnSeq(state), null);
});

test('who has read a message is who has been shown it or a later one, and is here', () => {
  const state = after(...talk, received([came(4, 'cy'), said(5)]), seen([1, 5], [2, 3], [3, 5], [9, 5]));

  assert.deepEqual(readersOf(state, 3).map(({ name }) => name), ['bo', 'cy']);
  assert.deepEqual(readersOf(state, 5).map(({ name }) => name), ['cy']);
  assert.equal(lastOwnSeq(state), 5);
  assert.deepEqual([readWords(0, 2), readWords(1, 2), readWords(1, 1)], ['', 'read by 1 of 2', 'read']);
});

test('whoever does not tell is not told, and takes back what was told', () => {
  const state = after(...talk, received([said(4, 'bo')]), seen([2, 3]));
  assert.deepEqual(effects(state, { ...tell(false), now: 5_000 }), [
    { type: 'rememberTellsSeen', on: false }, { type: 'call', method: 'Seen', args: {} },
  ]);

  const silent = next(state, { ...tell(false), now: 5_000 });
  assert.deepEqual([silent.places, next(silent, seen([2, 4])).places], [[], []]);
  assert.deepEqual(told(silent, { ...received([said(5, 'bo')]), now: 9_000 }), []);
  assert.deepEqual(told(next(silent, late), { ...tell(true), now: 20_000 }), [{ seq: 4 }]);
});

test('what could not be taken back is taken back on return', () => {
  const state = after(...talk, received([said(4, 'bo')]), lost, tell(false), connected);

  assert.deepEqual(told(state, { ...joined({ seq: 4 }), now: 9_000 }), [{}]);
  assert.deepEqual(told(next(start({ tellsSeen: false }), connected), joined()), []);
});

test('places in another life of the room are forgotten', () => {
  assert.deepEqual(after(...talk, seen([2, 3]), lost, connected, joined({ epoch: 'e2' })).places, []);
});
