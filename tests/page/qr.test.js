import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modulesOf } from '../../wwwroot/js/qr.js';

// ISO/IEC 18004, table 7: how many bytes versions 1 to 15 hold at level M.
const CAPACITIES = [14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412];

const versionOf = (text) => (modulesOf(text).length - 17) / 4;

test('the smallest version that holds the text is taken', () => {
  for (const [i, bytes] of CAPACITIES.entries()) {
    assert.equal(versionOf('x'.repeat(bytes)), i + 1);
    if (bytes < 412) assert.equal(versionOf('x'.repeat(bytes + 1)), i + 2);
  }
});

test('a text is as long as its bytes', () => {
  assert.equal(versionOf('é'.repeat(7)), 1);
  assert.equal(versionOf('日'.repeat(5)), 2);
});

test('of a text that is too long there is no picture', () => {
  assert.equal(modulesOf('x'.repeat(413)), null);
});

test('the picture is square, and quiet is left to whoever draws it', () => {
  const modules = modulesOf('https://rooms.example/r/K7M2QX');
  for (const row of modules) assert.equal(row.length, modules.length);
  for (const [x, y] of [[0, 0], [modules.length - 1, 0], [0, modules.length - 1]]) assert.equal(modules[y][x], true);
});
