import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allLines } from '../../wwwroot/js/lines.js';
import { nextWake } from '../../wwwroot/js/state.js';
import { isOwner } from '../../wwwroot/js/owning.js';
import { noticeWords, plain } from '../../wwwroot/js/words.js';
import {
  after, answer, answered, calls, came, connected, effect, effects, event, inRoom, joined, lost, next, received,
  refusal, room, said, start, user, went,
} from './support.js';

const act = (method, args) => ({ type: 'acted', method, args });
const done = (method, args, reply = {}) => answered(method, reply, { args });

test('a namesake who comes later is somebody else', () => {
  const state = after(connected, joined({ seq: 4, who: 3, users: [{ ...user('ana'), who: 3 }] }),
    received([
      came(1, 'ana'), said(2, 'ana', 'not mine', 'x1'), went(3, 'ana'), event(4, 'joined', 'ana', { who: 3 }),
    ]));

  assert.deepEqual(allLines(state.lines).map((line) => line.own), [false, false, false, true]);
});

test('what I said under an earlier number of this life of the room stays mine', () => {
  const state = after(...inRoom, received([said(2)]), lost, connected,
    joined({ seq: 4, who: 4, users: [{ ...user('ana'), who: 4 }] }),
    received([went(3, 'ana'), event(4, 'joined', 'ana', { who: 4 }), said(5)]));

  assert.deepEqual(allLines(state.lines).map((line) => line.own), [true, true, true, true, true]);
});

test('a room is remembered by the name that it has now', () => {
  const state = after(...inRoom);
  const titled = received([event(2, 'titled', 'ana', { text: 'lunch' })]);

  assert.deepEqual(effect(state, titled, 'rememberRoom'), { type: 'rememberRoom', room });
  assert.equal(effect(next(state, titled), received([said(3)]), 'rememberRoom'), undefined);
});

test('what holds for the room is as of the answer; later events change it', () => {
  const state = after(connected, joined({ seq: 2, title: 'lunch' }), received([
    came(1, 'ana'), event(2, 'titled', 'ana', { text: 'lunch' }), came(3, 'bo'), event(4, 'locked'),
    event(5, 'titled', 'ana', { text: 'dinner' }), event(6, 'ends', 'ana', { endsAt: '2026-01-31T11:00:00.000Z' }),
    event(7, 'owner', 'ana', { to: 2 }), event(8, 'unlocked', 'bo'), event(9, 'titled', 'bo'),
  ]));

  assert.deepEqual(state.terms, { owner: 2, title: null, locked: false, endsAt: '2026-01-31T11:00:00.000Z' });
  assert.equal(isOwner(state), false);
});

test('what the owner did is said in words, by name', () => {
  const state = after(...inRoom, received([
    came(2, 'bo'), event(3, 'locked'), event(4, 'owner', 'ana', { to: 2 }), event(5, 'titled', 'bo', { text: 'lunch' }),
    event(6, 'left', 'ana', { by: 2 }),
  ]));

  assert.deepEqual(allLines(state.lines).slice(2).map((line) => plain(noticeWords(line))), [
    'You locked the room: nobody new can come in', 'bo owns the room now', 'bo named the room “lunch”',
    'You were removed by bo',
  ]);
});

test('a passphrase is asked for, sent and kept in no storage', () => {
  const asked = next(after(connected), answered('JoinRoom', refusal('passphrase-needed')));
  assert.deepEqual(asked.asking, { name: 'ana', error: '', needsPassphrase: true, passphraseError: '' });
  assert.equal(next(asked, { type: 'nameChosen', name: 'ana' }).asking.passphraseError, 'Enter the passphrase.');

  const chosen = { type: 'nameChosen', name: 'ana', passphrase: 'sesame' };
  assert.equal(calls(next(asked, chosen), connected)[0].args.passphrase, 'sesame');
  const wrong = next(asked, chosen, connected, answered('JoinRoom', refusal('passphrase-wrong')));
  assert.equal(wrong.asking.passphraseError, 'The reason.');
  const admitted = effects(next(asked, chosen, connected), answered('JoinRoom', answer()));
  assert.doesNotMatch(JSON.stringify(admitted.filter(({ type }) => type.startsWith('remember'))), /sesame/);
});

test('a locked room is told of before a name is asked for, but not to a seat', () => {
  const stranger = next(start({ name: null, locked: true }), { type: 'opened' });
  assert.match(stranger.banner.words, /locked/);
  assert.deepEqual(effects(start({ locked: true, seat: 's1' }), { type: 'opened' }), [{ type: 'connect' }]);
});

test('an act is called, and a refusal of it is said', () => {
  const state = after(...inRoom);

  assert.deepEqual(calls(state, act('RemoveMember', { who: 2 })), [{ method: 'RemoveMember', args: { who: 2 } }]);
  assert.deepEqual(effects(state, done('NameRoom', { title: 'x' }, refusal('not-owner'))),
    [{ type: 'toast', words: 'The reason.' }]);
});

test('a lock can be undone, and a removal offers it', () => {
  const state = after(...inRoom, received([came(2, 'bo')]));
  const undo = effect(state, done('LockRoom', { locked: true }), 'toast').act;
  assert.deepEqual([undo.label, undo.args], ['Undo', { locked: false }]);

  const removed = effect(state, done('RemoveMember', { who: 2 }), 'toast');
  assert.deepEqual([plain(removed.words), removed.act.label, removed.act.args],
    ['bo is out', 'Lock the room', { locked: true }]);
  const locked = next(state, received([event(3, 'locked')]));
  assert.equal(effect(locked, done('RemoveMember', { who: 2 }), 'toast').act, null);
});

test('a removal from a sealed room, whose key is still known, offers another room', () => {
  const state = next(start({ sealed: true }), ...inRoom, received([came(2, 'bo')]));
  const { act } = effect(state, done('RemoveMember', { who: 2 }), 'toast');

  assert.deepEqual(act, { label: 'New sealed room', type: 'movePressed' });
  assert.deepEqual(effects(state, act),
    [{ type: 'call', method: 'LockRoom', args: { locked: true } }, { type: 'move' }]);
  assert.deepEqual(effects(next(state, lost), act).map(({ type }) => type), ['toast']);
});

test('whoever is removed, and whose room is closed, does not come back alone', () => {
  const closed = (reason) => next(after(...inRoom), { type: 'closed', notice: { reason, message: 'Why.' } });

  assert.deepEqual([closed('removed').status, closed('removed').banner.label], ['ended', 'Come back']);
  assert.deepEqual([closed('room-closed').status, closed('room-closed').banner.press], ['ended', 'home']);
});

test('the end of the room is warned of a minute before, once', () => {
  const endsAt = '2026-01-31T11:00:00.000Z';
  const due = Date.parse(endsAt) - 60_000;
  const state = next(after(...inRoom, received([event(2, 'ends', 'ana', { endsAt })])), { type: 'woke', now: 5_000 });

  assert.equal(nextWake(state), due);
  assert.equal(effect(state, { type: 'woke', now: due - 1 }, 'toast'), undefined);
  assert.match(effect(state, { type: 'woke', now: due }, 'toast').words, /closes in a minute/);
  assert.equal(nextWake(next(state, { type: 'woke', now: due })), null);
});

test('who was muted in another life of the room is somebody else', () => {
  const opened = (epoch) => next(start({ muted: { epoch, muted: [2] } }), connected, joined()).muted;

  assert.deepEqual([opened('e1'), opened('e0')], [[2], []]);
  const muted = next(after(...inRoom), { type: 'muted', who: 2, on: true });
  assert.deepEqual(next(muted, lost, connected, joined()).muted, [2]);
  assert.deepEqual(next(muted, lost, connected, joined({ epoch: 'e2' })).muted, []);
});

test('who is muted is remembered in this browser and is no news', () => {
  const state = after(...inRoom, received([came(2, 'bo')]), { type: 'watched', watching: false });
  const mute = { type: 'muted', who: 2, on: true };

  assert.deepEqual(effects(state, mute), [{ type: 'rememberMuted', room, epoch: 'e1', muted: [2] }]);
  assert.equal(next(state, mute, received([said(3, 'bo')])).unread, 0);
  assert.deepEqual(next(state, mute, { ...mute, on: false }).muted, []);
});

test('an act without a connection says that it cannot be done', () => {
  const offline = after(...inRoom, lost);
  const react = act('React', { seq: 2, mark: '👍', on: true });

  assert.deepEqual(calls(offline, react), []);
  assert.equal(effect(offline, react, 'toast').words, 'Not connected: try again in a moment');
});
