import assert from 'node:assert/strict';
import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import test from 'node:test';
import { SealedRoom } from '../../wwwroot/js/sealed-room.js';
import { canSeal, checkOf, contexts, newKey, open, seal, signsOf, textKey } from '../../wwwroot/js/sealing.js';

// The vectors of docs/sealed.md.
const KEY = 'AAECAwQFBgcICQoLDA0ODw', ROOM = 'K7M2QX', EPOCH = 'a1b2c3d4e5f6';
const message = { type: 'message', seq: 3, who: 2, id: 'm-1', replyTo: 1 };

const derived = (purpose, length) => Buffer.from(
  hkdfSync('sha256', Buffer.from(KEY, 'base64url'), '', `roomchat/sealed/v1/${purpose}`, length));

function nodeSeal(text, context, nonce = Buffer.alloc(12, 7)) {
  const cipher = createCipheriv('aes-256-gcm', derived(`text/${ROOM}/${EPOCH}`, 32), nonce);
  cipher.setAAD(Buffer.from(context));
  const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `v1.${sealed.toString('base64url')}`;
}

function nodeOpen(sealed, context) {
  const bytes = Buffer.from(sealed.slice(3), 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', derived(`text/${ROOM}/${EPOCH}`, 32), bytes.subarray(0, 12));
  decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(-16));
  return decipher.update(bytes.subarray(12, -16), null, 'utf8') + decipher.final('utf8');
}

test('what is derived is what another library derives', async () => {
  assert.equal(await checkOf(KEY, ROOM), derived(`check/${ROOM}`, 16).toString('base64url'));
  assert.equal((await signsOf(KEY, ROOM)).length, 4);
  assert.deepEqual(await signsOf(KEY, ROOM), await signsOf(KEY, ROOM));
  assert.notDeepEqual(await signsOf(KEY, ROOM), await signsOf(KEY, 'K7M2QY'));
});

test('what is sealed here opens with another library, and the other way round', async () => {
  const key = await textKey(KEY, ROOM, EPOCH);
  for (const text of ['hi', 'héllo 🎉', '\ufeff', 'x'.repeat(500), '🎉'.repeat(500)]) {
    assert.equal(nodeOpen(await seal(key, text, contexts.message(message)), contexts.message(message)), text);
    assert.equal(await open(key, nodeSeal(text, contexts.message(message)), contexts.message(message)), text);
  }
});

test('every key and every sealing is another one', async () => {
  assert.ok(canSeal());
  assert.match(newKey(), /^[\w-]{22}$/);
  assert.notEqual(newKey(), newKey());
  const key = await textKey(KEY, ROOM, EPOCH);
  assert.notEqual(await seal(key, 'hi', 'a'), await seal(key, 'hi', 'a'));
});

test('nothing opens that was altered anywhere, or is no sealed text', async () => {
  const key = await textKey(KEY, ROOM, EPOCH);
  const sealed = nodeSeal('hi', contexts.message(message));
  for (let at = 0; at < sealed.length; at++) {
    for (const other of 'Aw.') {
      if (sealed[at] === other) continue;
      const altered = sealed.slice(0, at) + other + sealed.slice(at + 1);
      assert.equal(await open(key, altered, contexts.message(message)), null, altered);
    }
  }
  for (const other of ['', 'v1.', 'hi', 'v2.' + sealed.slice(3), sealed + 'A', sealed + '=', sealed.slice(0, -1)])
    assert.equal(await open(key, other, contexts.message(message)), null, other);
});

test('a text opens only where it belongs, from whom it is, in its room and in its life', async () => {
  const sealed = nodeSeal('hi', contexts.message(message));
  const key = await textKey(KEY, ROOM, EPOCH);
  const others = [{ who: 3 }, { id: 'm-2' }, { replyTo: 2 }, { replyTo: undefined }];
  for (const other of others) assert.equal(await open(key, sealed, contexts.message({ ...message, ...other })), null);
  assert.equal(await open(key, sealed, contexts.edited({ who: 2, of: 3 })), null);
  assert.equal(await open(key, sealed, contexts.titled()), null);
  for (const [theirs, room, epoch] of [[newKey(), ROOM, EPOCH], [KEY, 'K7M2QY', EPOCH], [KEY, ROOM, 'ffffffffffff']])
    assert.equal(await open(await textKey(theirs, room, epoch), sealed, contexts.message(message)), null);
});

// A room that was joined, and what came out of it.
async function joined() {
  const room = new SealedRoom(ROOM, KEY);
  const taken = [];
  const handlers = room.handlers({
    received: (events, epoch) => taken.push({ events, epoch }),
    answered: (call, answer) => taken.push(answer),
    lost: () => taken.push('lost'),
  });
  const settled = async (count) => {
    while (taken.length < count) await new Promise(setImmediate);
    return taken;
  };
  handlers.answered({ method: 'JoinRoom' }, { sealed: true, epoch: EPOCH, who: 2, title: nodeSeal('Tea', 'titled') });
  await settled(1);
  return { room, handlers, settled, answer: taken[0] };
}

const receive = async (events) => {
  const { handlers, settled } = await joined();
  handlers.received(events, EPOCH);
  return (await settled(2))[1].events;
};

test('the calls of a room are sealed and told what they need', async () => {
  const { room } = await joined();
  const said = await room.seal({ type: 'call', method: 'SendMessage', args: { id: 'm-1', text: 'hi', replyTo: 1 } });
  assert.equal(nodeOpen(said.args.text, contexts.message(message)), 'hi');
  assert.deepEqual({ ...said.args, text: '' }, { id: 'm-1', text: '', replyTo: 1 });
  const edited = await room.seal({ method: 'EditMessage', args: { seq: 3, text: 'ho' } });
  assert.equal(nodeOpen(edited.args.text, 'edited\n2\n3'), 'ho');
  assert.equal(nodeOpen((await room.seal({ method: 'NameRoom', args: { title: 'Tea' } })).args.title, 'titled'), 'Tea');
  assert.deepEqual((await room.seal({ method: 'NameRoom', args: {} })).args, {});
  assert.equal((await room.seal({ method: 'JoinRoom', args: {} })).args.check, await checkOf(KEY, ROOM));
  assert.equal((await room.seal({ method: 'ReopenRoom', args: { room: ROOM } })).args.sealed, true);
  const typing = { method: 'Typing' };
  assert.equal(await room.seal(typing), typing);
});

test('what comes is opened in its order', async () => {
  const { handlers, settled, answer } = await joined();
  assert.equal(answer.title, 'Tea');
  handlers.received([
    { ...message, text: nodeSeal('hi', contexts.message(message)) },
    { type: 'edited', seq: 4, of: 3, who: 2, text: nodeSeal('ho', 'edited\n2\n3') },
    { type: 'titled', seq: 5, who: 2, text: nodeSeal('Coffee', 'titled') },
    { type: 'titled', seq: 6, who: 2 },
    { type: 'joined', seq: 7, who: 3, from: 'bo' },
  ], EPOCH);
  handlers.lost();
  const [, { events }, last] = await settled(3);
  assert.deepEqual(events.map(({ text }) => text), ['hi', 'ho', 'Coffee', undefined, undefined]);
  assert.equal(last, 'lost');
});

test('a message as it is kept after an edit opens as the edit', async () => {
  const [kept] = await receive([{ ...message, editedAt: '2026-01-01', text: nodeSeal('ho', 'edited\n2\n3') }]);
  assert.equal(kept.text, 'ho');
});

test('what does not open is said to be so, and is no text', async () => {
  const text = nodeSeal('hi', contexts.message(message));
  const opened = await receive([
    { ...message, text: 'plain text of the server' },
    { ...message, seq: 4, who: 3, text },
    { ...message, seq: 5, id: 'm-2', text },
    { type: 'edited', seq: 6, of: 3, who: 2, text },
  ]);
  for (const event of opened) assert.deepEqual([event.text, event.unopened], ['', true]);
});

test('a message that is replayed does not open a second time', async () => {
  const text = nodeSeal('hi', contexts.message(message));
  const opened = await receive([{ ...message, text }, { ...message, seq: 9, text }, { ...message, text }]);
  assert.deepEqual(opened.map(({ unopened = false }) => unopened), [false, true, false]);
});

test('what follows a mistake is handled all the same', async () => {
  const reported = [];
  globalThis.reportError = (error) => reported.push(error);
  const { room, handlers, settled } = await joined();
  handlers.received('no events', EPOCH);
  handlers.received(null, EPOCH);
  handlers.lost();
  assert.equal((await settled(3)).at(-1), 'lost');
  assert.equal(reported.length, 1);

  await assert.rejects(room.seal({ method: 'SendMessage' }));
  assert.equal((await room.seal({ method: 'Typing' })).method, 'Typing');
});

test('a room that the server calls unsealed is not joined', async () => {
  const { handlers, settled } = await joined();
  handlers.answered({ method: 'JoinRoom' }, { epoch: EPOCH, who: 2 });
  assert.deepEqual((await settled(2))[1], { refused: 'key-wrong' });
});
