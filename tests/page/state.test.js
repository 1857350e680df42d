import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextWake } from '../../wwwroot/js/state.js';
import { connectionWords } from '../../wwwroot/js/words.js';
import {
  after, answered, calls, connected, effects, inRoom, joined, lost, next, received, refusal, room, said, start, written,
} from './support.js';

const closed = (reason, more) => ({ type: 'closed', notice: { reason, message: 'The server says why.', ...more } });
const leaving = [{ type: 'forgetSeat', room }, { type: 'navigate', to: '/' }];

test('a page that knows a name connects, one that does not asks for it and offers the last', () => {
  assert.deepEqual(effects(start(), { type: 'opened' }), [{ type: 'connect' }]);

  const asking = next(start({ name: null }), { type: 'opened' });
  assert.deepEqual([asking.status, asking.asking], ['asking', { name: 'ann', error: '' }]);
  assert.deepEqual(effects(start({ name: null }), { type: 'opened' }), []);
});

test('a chosen name is trimmed and joined with', () => {
  const asking = next(start({ name: null }), { type: 'opened' });
  const chosen = { type: 'nameChosen', name: '  bo ' };

  assert.deepEqual(effects(asking, chosen), [{ type: 'connect' }]);
  assert.equal(next(asking, chosen).asking, null);
  assert.equal(calls(next(asking, chosen), connected)[0].args.name, 'bo');
});

test('a name that is blank or too long is refused in place', () => {
  const asking = next(start({ name: null }), { type: 'opened' });
  const errorOf = (name) => next(asking, { type: 'nameChosen', name }).asking.error;

  assert.equal(errorOf('  '), 'Enter a name that others will see.');
  assert.equal(errorOf('x'.repeat(21)), 'That name is too long.');
  assert.deepEqual(effects(asking, { type: 'nameChosen', name: '' }), []);
});

test('the status follows the connection', () => {
  const states = [
    after({ type: 'opened' }, { type: 'connecting' }),
    after(...inRoom),
    after(...inRoom, lost),
    after(...inRoom, lost, { type: 'connecting' }),
    after(...inRoom, lost, { type: 'connecting' }, connected, joined()),
  ];

  assert.deepEqual(states.map((state) => state.status), ['connecting', 'connected', 'lost', 'lost', 'connected']);
});

test('how long the connection has been lost counts from its first loss, second by second', () => {
  const state = after(...inRoom, { ...lost, now: 1_000 }, { type: 'connecting' }, { ...lost, now: 2_500 });
  assert.equal(nextWake({ ...state, announceAt: null }), 2_000);
  assert.equal(connectionWords(state).shown, 'Reconnecting…');

  const later = next(state, { type: 'woke', now: 4_200 });
  assert.equal(connectionWords(later).shown, 'Reconnecting… 3 sec. What you write is kept.');
  assert.equal(nextWake({ ...later, announceAt: null }), 5_000);
  assert.equal(connectionWords(next(state, { type: 'woke', now: 121_000 })).shown,
    'Reconnecting… 2 min. What you write is kept.');
  assert.equal(connectionWords(later).aloud, 'Connection lost. Trying again; what you write is kept.');
});

test('a loss that was announced says why', () => {
  const state = after(...inRoom, closed('stopping', { returnAfterMs: 0 }), lost);

  assert.equal(connectionWords(state).shown, 'The server says why. Reconnecting…');
  assert.equal(next(state, connected, joined(), lost).lost.why, '');
});

test('a server that lets go for a while is tried again after that time, and a stopping one not too soon', () => {
  const state = after(...inRoom);

  assert.deepEqual(effects(state, closed('too-slow', { returnAfterMs: 500 })), [{ type: 'retryAfter', ms: 500 }]);
  assert.deepEqual(effects(state, closed('stopping', { returnAfterMs: 500 })), [{ type: 'retryAfter', ms: 2_000 }]);
  assert.deepEqual(effects(state, closed('stopping', { returnAfterMs: 9_000 })), [{ type: 'retryAfter', ms: 9_000 }]);
  assert.deepEqual(effects(state, closed('stopping', { returnAfterMs: 0 })), [{ type: 'retryAfter', ms: 0 }]);
});

test('a server that lets go for good offers to come back', () => {
  const state = after(...inRoom, closed('removed'));

  assert.deepEqual(state.banner, { words: 'The server says why.', label: 'Come back', press: 'connect' });
  assert.deepEqual(effects(after(...inRoom), closed('removed')), [{ type: 'disconnect' }]);
  assert.deepEqual(connectionWords(state), { shown: '', aloud: 'The server says why.' });
  assert.deepEqual(calls(state, written('a')), []);
});

test('a tab that was replaced says so and can take back its place', () => {
  const replaced = after(...inRoom, closed('replaced'));
  assert.deepEqual([replaced.banner.words, replaced.banner.label], ['This room is open in another tab.', 'Use here']);

  assert.deepEqual(effects(replaced, { type: 'bannerPressed' }), [{ type: 'connect' }]);
  const back = next(replaced, { type: 'bannerPressed' }, { type: 'connecting' });
  assert.deepEqual([back.banner, back.status], [null, 'connecting']);
});

test('the banner goes when the room is joined', () => {
  const full = after(...inRoom, lost, connected, answered('JoinRoom', refusal('room-full')));

  assert.equal(next(full, connected, joined()).banner, null);
});

test('leaving tells the server, forgets the seat and goes home', () => {
  const state = after(...inRoom);
  assert.deepEqual(calls(state, { type: 'leavePressed' }), [{ method: 'LeaveRoom', args: undefined }]);

  const left = next(state, { type: 'leavePressed' });
  assert.deepEqual(effects(left, answered('LeaveRoom', {})), leaving);
  assert.equal(next(left, answered('LeaveRoom', {})).inRoom, false);
});

test('leaving works without a connection, and when it is lost meanwhile', () => {
  assert.deepEqual(effects(after(...inRoom, lost), { type: 'leavePressed' }), leaving);

  const left = after(...inRoom, { type: 'leavePressed' });
  assert.deepEqual(effects(left, lost), leaving);
  assert.deepEqual(effects(left, { type: 'callFailed', call: { method: 'LeaveRoom' } }), leaving);
});

test('a page that the browser kept and shows again joins again, if it was in the room', () => {
  assert.equal(calls(after(...inRoom), { type: 'restored' })[0].method, 'JoinRoom');
  assert.deepEqual(effects(after(...inRoom, lost), { type: 'restored' }), []);
});

test('nothing is due while nothing changes by itself', () => {
  const quiet = after(...inRoom, received([said(2, 'bo')]), { type: 'woke', now: 2_000 });

  assert.equal(nextWake(quiet), null);
});

test('the earliest of several times is due first', () => {
  const state = after(...inRoom, { type: 'typingReceived', name: 'bo', now: 0 }, { ...lost, now: 3_000 });

  assert.equal(nextWake({ ...state, announceAt: null }), 4_000);
});
