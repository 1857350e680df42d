import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { Hub } from '../../wwwroot/js/hub.js';

const END = '\x1e';
let socket;

globalThis.location = { href: 'https://chat.example/r/K7M2QX' };
globalThis.WebSocket = class {
  sent = [];
  closed = false;

  constructor(url) {
    this.url = String(url);
    socket = this;
  }

  send(data) {
    assert.ok(data.endsWith(END));
    this.sent.push(JSON.parse(data.slice(0, -1)));
  }

  close() {
    this.closed = true;
  }
};

const receive = (...records) =>
  socket.onmessage({ data: records.map((record) => JSON.stringify(record) + END).join('') });

function opened(targets = {}) {
  const happened = [];
  const hub = new Hub('/hub', {
    opened: () => happened.push('opened'), closed: () => happened.push('closed'), ...targets,
  });
  socket.onopen();
  receive({});
  return { hub, happened };
}

test('it opens with the handshake, at the address of the page', () => {
  const { hub, happened } = opened();

  assert.equal(socket.url, 'wss://chat.example/hub');
  assert.deepEqual(socket.sent, [{ protocol: 'json', version: 1 }]);
  assert.deepEqual(happened, ['opened']);
  hub.close();
});

test('a refused handshake closes it', () => {
  const happened = [];
  new Hub('/hub', { opened: () => happened.push('opened'), closed: () => happened.push('closed') });
  socket.onopen();
  receive({ error: 'Another version' });

  assert.deepEqual(happened, ['closed']);
});

test('a call gets its own answer, an error of the server rejects it', async () => {
  const { hub } = opened();
  const calls = [hub.invoke('JoinRoom', { room: 'K7M2QX' }), hub.invoke('Unknown')];
  const [first, second] = socket.sent.slice(1);
  assert.deepEqual([first.type, first.target, first.arguments], [1, 'JoinRoom', [{ room: 'K7M2QX' }]]);
  receive({ type: 3, invocationId: second.invocationId, error: 'No such method' },
    { type: 3, invocationId: first.invocationId, result: { seq: 1 } });

  assert.deepEqual(await calls[0], { seq: 1 });
  await assert.rejects(calls[1], /No such method/);
  hub.close();
});

test('what the server invokes is handled in order, the unknown is ignored', () => {
  const heard = [];
  const { hub } = opened({ Receive: (events, epoch) => heard.push([events, epoch]) });
  receive({ type: 1, target: 'Receive', arguments: [[1], 'e1'] }, { type: 1, target: 'New', arguments: [] },
    { type: 99 }, { type: 1, target: 'Receive', arguments: [[2], 'e1'] });

  assert.deepEqual(heard, [[[1], 'e1'], [[2], 'e1']]);
  hub.close();
});

test('nothing is handled once it is closed, and what waits is rejected', async () => {
  const heard = [];
  const { hub, happened } = opened({ Receive: (events) => heard.push(events) });
  const waiting = hub.invoke('JoinRoom');
  receive({ type: 7 }, { type: 1, target: 'Receive', arguments: [[1]] });
  hub.close();

  await assert.rejects(waiting, /closed/);
  await assert.rejects(hub.invoke('JoinRoom'), /Not connected/);
  assert.deepEqual([happened, heard, socket.closed], [['opened', 'closed'], [], true]);
});

test('pings of the server are answered, but not each', () => {
  mock.timers.enable({ apis: ['Date', 'setInterval'] });
  const { hub } = opened();
  receive({ type: 6 });
  mock.timers.tick(16_000);
  receive({ type: 6 });
  receive({ type: 6 });

  assert.deepEqual(socket.sent.slice(1), [{ type: 6 }]);
  hub.close();
  mock.timers.reset();
});

test('a silent connection is closed', () => {
  mock.timers.enable({ apis: ['Date', 'setInterval'] });
  const { happened } = opened();
  mock.timers.tick(30_000);
  assert.deepEqual(happened, ['opened']);
  mock.timers.tick(5_000);
  assert.deepEqual(happened, ['opened', 'closed']);
  mock.timers.reset();
});
