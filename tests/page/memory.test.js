import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recentRooms, rememberRoom } from '../../wwwroot/js/memory.js';

const kept = new Map();
globalThis.localStorage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => kept.set(key, text) };

test('a page without a proof that the room is there leaves the one from before', () => {
  rememberRoom({ room: 'K7M2QX', proof: 'a proof' });
  rememberRoom({ room: 'K7M2QY', proof: '' });
  rememberRoom({ room: 'K7M2QX', proof: '' });

  assert.deepEqual(recentRooms(), [{ room: 'K7M2QX', proof: 'a proof' }, { room: 'K7M2QY' }]);
});
