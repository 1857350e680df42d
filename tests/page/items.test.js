import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Items } from '../../wwwroot/js/items.js';
import { appended, CHUNK, noLines } from '../../wwwroot/js/lines.js';
import { came, said, went } from './support.js';

const shown = (lines, more = {}) => {
  const items = new Items();
  items.take({ lines: appended(noLines(), lines), firstUnread: null, muted: [], ...more });
  return items.held();
};
const on = (day, line) => ({ ...line, at: new Date(2026, 0, day, 12).toISOString() });
const kindOf = ({ messages, day, isUnread, words }) =>
  (messages ? messages.length : day ? 'day' : isUnread ? 'unread' : words);

test('a day begins before its first line, also where a chunk does', () => {
  const lines = Array.from({ length: CHUNK + 1 }, (_, i) => on(i < 2 ? 1 : 2, said(i + 1)));
  assert.deepEqual(shown(lines).map((items) => items.map(kindOf)), [['day', 2, 'day', CHUNK - 2], [1]]);

  const later = lines.with(CHUNK, on(3, said(CHUNK + 1)));
  assert.deepEqual(shown(later)[1].map(kindOf), ['day', 1]);
});

test('what is unread begins after the day, and nothing is joined over it', () => {
  const lines = [on(1, said(1)), on(1, said(2)), on(2, said(3))];

  assert.deepEqual(shown(lines, { firstUnread: 1 })[0].map(kindOf), ['day', 1, 'unread', 1, 'day', 1]);
  assert.deepEqual(shown(lines, { firstUnread: 2 })[0].map(kindOf), ['day', 2, 'day', 'unread', 1]);
});

test('who comes and goes is joined, as it is written', () => {
  const [items] = shown([came(1, 'bo'), came(2, 'cy'), went(3, 'bo'), said(4), went(5, 'cy')].map((one) => on(1, one)));

  assert.deepEqual(items.map(kindOf), ['day', '+ cy  - bo', 1, '- cy']);
  assert.deepEqual([...items[1].coming.joined.keys(), ...items[1].coming.left.keys()], ['cy', 'bo']);
});
