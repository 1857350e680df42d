import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextWake } from '../../wwwroot/js/state.js';
import {
  after, answered, calls, came, connected, effect, effects, inRoom, joined, lost, next, page, received, refusal, room,
  sent, start, written,
} from './support.js';

const joining = after({ type: 'opened' }, { type: 'connecting' }, connected);
const refusedJoin = (code, more) => answered('JoinRoom', refusal(code, more));
const join = (args) => ({ method: 'JoinRoom', args: { room, name: 'ana', paced: true, ...args } });

test('a first visit joins by name, a reload by the seat it remembers', () => {
  assert.deepEqual(calls(start(), connected), [join()]);
  assert.deepEqual(calls(start({ seat: 's0' }), connected), [join({ seat: 's0' })]);
});

test('a copy of a tab asks before it takes the seat along', () => {
  const copy = next(start({ seat: 's1' }), { type: 'opened', isElsewhere: true });

  assert.deepEqual([copy.status, copy.banner.label], ['ended', 'Use here']);
  assert.ok(effect(copy, { type: 'bannerPressed' }, 'connect'));
});

test('a return asks for what came after the last event seen, in the epoch it was seen in', () => {
  assert.deepEqual(calls(after(...inRoom, lost), connected), [join({ seat: 's1', epoch: 'e1', after: 1 })]);
});

test('joining is remembered: the seat, the name as the room writes it, and the room', () => {
  const found = effects(joining, joined({ name: 'Ana' }));

  assert.deepEqual(found.filter((one) => one.type.startsWith('remember')), [
    { type: 'rememberSeat', room, seat: 's1' },
    { type: 'rememberName', name: 'Ana' },
    { type: 'rememberRoom', room },
  ]);
  assert.ok(found.some((one) => one.type === 'keepConnection'));
  assert.equal(next(joining, joined({ name: 'Ana' })).name, 'Ana');
});

test("an account's name is not remembered, since the account brings it", () => {
  assert.equal(effect(next(start({ account: 'ana' }), connected), joined(), 'rememberName'), undefined);
});

for (const code of ['name-taken', 'name-invalid', 'name-reserved']) {
  test(`after ${code} another name is asked for`, () => {
    const state = next(joining, refusedJoin(code));

    assert.equal(state.status, 'asking');
    assert.deepEqual(state.asking, { name: 'ana', error: 'The reason.' });
    assert.deepEqual(effects(joining, refusedJoin(code)), [{ type: 'disconnect' }]);
  });
}

test('a sealed room asks for its link first, and again where the key is none of it', () => {
  const sealed = start({ sealed: true });
  assert.deepEqual(effects(sealed, { type: 'opened', canSeal: true }),
    [{ type: 'disconnect' }, { type: 'askKey', words: '' }]);
  assert.deepEqual(effects(sealed, { type: 'opened', canSeal: true, hasKey: true }), [{ type: 'connect' }]);
  for (const code of ['key-needed', 'key-wrong']) {
    assert.deepEqual(effects(joining, refusedJoin(code)),
      [{ type: 'disconnect' }, { type: 'askKey', words: 'The reason.' }]);
    assert.equal(next(joining, refusedJoin(code)).status, 'ended');
  }
});

test('where the browser cannot seal, it says that https is needed', () => {
  const state = next(start({ sealed: true }), { type: 'opened', hasKey: true, canSeal: false });

  assert.match(state.banner.words, /needs https/);
  assert.equal(state.banner.press, 'home');
});

const offers = [
  ['room-not-found', 'Reopen room', 'reopen'],
  ['not-signed-in', 'Sign in', 'sign-in'],
  ['room-full', 'Try again', 'connect'],
  ['a-code-that-is-new', 'Try again', 'connect'],
];
for (const [code, label, press] of offers) {
  test(`after ${code} the banner offers: ${label}`, () => {
    const state = next(joining, refusedJoin(code));

    assert.equal(state.status, 'ended');
    assert.deepEqual([state.banner.label, state.banner.press], [label, press]);
    assert.deepEqual(effects(joining, refusedJoin(code)), [{ type: 'disconnect' }]);
  });
}

test('the banner says why in the words of the server, except for a room that is gone', () => {
  assert.equal(next(joining, refusedJoin('room-full')).banner.words, 'The reason.');
  assert.match(next(joining, refusedJoin('room-not-found')).banner.words, /^This room has closed/);
});

for (const code of ['stopping', 'rate-limited', 'unavailable']) {
  test(`a join refused with ${code} is tried again after the given time, and the reason is shown meanwhile`, () => {
    const action = refusedJoin(code, { retryAfterMs: 1_500 });
    assert.deepEqual(effects(joining, action), [{ type: 'retryAfter', ms: 1_500 }]);
    assert.deepEqual(effects(joining, refusedJoin(code)), [{ type: 'retryAfter', ms: 0 }]);

    const state = next(joining, action, lost);
    assert.deepEqual([state.status, state.lost.why, state.banner], ['lost', 'The reason. ', null]);
    assert.deepEqual(calls(next(state, { type: 'connecting' }), connected), [join()]);
  });

  test(`a join after not-in-room that is refused with ${code} is tried again, and the message goes then`, () => {
    const sending = after(...inRoom, written('a', 'hi'));
    assert.deepEqual(calls(sending, sent('a', refusal('not-in-room'))), [join({ seat: 's1', epoch: 'e1', after: 1 })]);

    const rejoining = next(sending, sent('a', refusal('not-in-room')));
    const action = refusedJoin(code, { retryAfterMs: 1_500 });
    assert.deepEqual(effects(rejoining, action), [{ type: 'retryAfter', ms: 1_500 }]);

    const away = next(rejoining, action, lost);
    assert.deepEqual([away.status, away.inRoom], ['lost', false]);
    const back = next(away, { type: 'connecting' }, connected);
    assert.deepEqual(calls(back, joined()), [{ method: 'SendMessage', args: { id: 'a', text: 'hi' } }]);
    assert.equal(next(back, joined()).status, 'connected');
  });
}

test('nothing is sent while a join is pending, and not-in-room starts no second join', () => {
  const rejoining = next(after(...inRoom, written('a')), { type: 'restored' });
  assert.equal(rejoining.joining, true);

  assert.deepEqual(calls(rejoining, written('b')), []);
  assert.deepEqual(calls(rejoining, sent('a', refusal('not-in-room'))), []);
});

test('a refused join leaves the batches that came before it behind', () => {
  assert.deepEqual(next(joining, received([came(1, 'ana')]), refusedJoin('room-full')).pendingBatches, []);
});

test('a join that broke is tried again on a new connection', () => {
  const broken = { type: 'callFailed', call: { method: 'JoinRoom' } };

  assert.deepEqual(effects(joining, broken), [{ type: 'retryAfter', ms: 0 }]);
});

test('a room that is gone is made again under its code, then joined', () => {
  const gone = after(...inRoom, lost, { type: 'connecting' }, connected, refusedJoin('room-not-found'));
  const pressed = next(gone, { type: 'bannerPressed' });
  assert.equal(pressed.banner, null);
  assert.deepEqual(effects(gone, { type: 'bannerPressed' }), [{ type: 'connect' }]);
  assert.deepEqual(calls(pressed, connected), [{ method: 'ReopenRoom', args: { room } }]);

  const reopened = next(pressed, connected, answered('ReopenRoom', { room }));
  assert.equal(reopened.reopening, false);
  const { words } = effect(reopened, joined({ epoch: 'e2' }), 'toast');
  assert.equal(words, 'The room was reopened under its old code');
});

test('a room that could not be made again yet is made again on the next try', () => {
  const pressed = next(joining, refusedJoin('room-not-found'), { type: 'bannerPressed' }, connected);
  const limited = answered('ReopenRoom', refusal('rate-limited', { retryAfterMs: 700 }));

  assert.deepEqual(effects(pressed, limited), [{ type: 'retryAfter', ms: 700 }]);
  assert.deepEqual(calls(next(pressed, limited, lost), connected), [{ method: 'ReopenRoom', args: { room } }]);
});

test('a return in the same epoch is mentioned only after more than two seconds', () => {
  const toastAfter = (milliseconds) =>
    effect(after(...inRoom, lost, connected), { ...joined(), now: milliseconds }, 'toast')?.words;

  assert.equal(toastAfter(2_000), undefined);
  assert.equal(toastAfter(2_001), 'Back online');
});

test('history is not read aloud, messages from a second after joining are', () => {
  const state = next(joining, { ...joined(), now: 5_000 });

  assert.equal(next(state, { type: 'woke', now: 5_999 }).announcing, false);
  const announcing = next(state, { type: 'woke', now: 6_000 });
  assert.equal(announcing.announcing, true);
  assert.equal(next(announcing, lost, { type: 'connecting' }).announcing, false);
});

const direct = { ...page, account: 'ana', partner: 'bo' };

test('a direct chat is found by its partner, never made again by its code', () => {
  const state = next(start(direct), connected);
  assert.deepEqual(calls(start(direct), connected), [{ method: 'OpenDirect', args: { with: 'bo' } }]);
  assert.deepEqual(calls(state, answered('OpenDirect', { room })), [join()]);
  assert.equal(effect(state, answered('OpenDirect', { room }), 'showAddress'), undefined);
});

test('a direct chat that goes on under another code is joined there, with the seat remembered there', () => {
  const state = next(start({ ...direct, seat: 'old' }), connected);
  const moved = { ...answered('OpenDirect', { room: 'ABCDEF' }), seat: 'new' };

  assert.deepEqual(effects(state, moved), [
    { type: 'showAddress', path: '/r/ABCDEF' },
    { type: 'call', method: 'JoinRoom', args: { room: 'ABCDEF', name: 'ana', paced: true, seat: 'new' } },
  ]);
  const found = next(state, moved);
  assert.equal(found.room, 'ABCDEF');
  assert.equal(effect(found, joined(), 'rememberSeat').room, 'ABCDEF');
  assert.equal(effect(found, joined(), 'rememberRoom'), undefined);
});

test('a direct chat without a session offers to sign in and come back', () => {
  const state = next(start(direct), connected, answered('OpenDirect', refusal('not-signed-in')));

  assert.equal(state.banner.label, 'Sign in');
  assert.deepEqual(effects(state, { type: 'bannerPressed' }),
    [{ type: 'navigate', to: `/account/sign-in?return=${encodeURIComponent(`/r/${room}`)}` }]);
});

test('a room that is gone is looked for again, ever more rarely, and joined once somebody has reopened it', () => {
  const isGone = { ...refusedJoin('room-not-found'), now: 1_000 };
  const gone = after(...inRoom, lost, { type: 'connecting' }, connected, isGone);
  assert.equal(nextWake(gone), 3_000);
  assert.deepEqual(effects(gone, { type: 'woke', now: 3_000 }), [{ type: 'connect' }]);

  const looking = next(gone, { type: 'woke', now: 3_000 }, { type: 'connecting' });
  assert.deepEqual([looking.status, looking.banner.press], ['ended', 'reopen']);
  assert.equal(nextWake(next(looking, connected, isGone)), 5_000);
  assert.equal(next(looking, lost).status, 'ended');

  const back = next(looking, connected, joined({ epoch: 'e2' }));
  assert.deepEqual([back.status, back.banner, back.gone], ['connected', null, null]);
});

test('a room in which I have never been is not looked for', () => {
  assert.equal(nextWake(next(joining, refusedJoin('room-not-found'))), null);
});
