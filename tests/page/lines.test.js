import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allLines, appended, CHUNK, cutAt, endOf, findLast, lineAt, linesFor, noLines, numberOf, reopened, replaced }
  from '../../wwwroot/js/lines.js';

const said = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => ({ seq: from + i }));

test('what is appended or replaced copies one chunk, and leaves the others as they are', () => {
  const before = appended(noLines(), said(1, 3 * CHUNK + 1));
  const after = replaced(appended(before, said(200, 200)), 1, { seq: 2, text: 'new' });

  assert.equal(after.chunks[1], before.chunks[1]);
  assert.deepEqual(lineAt(after, 1), { seq: 2, text: 'new' });
  assert.deepEqual(lineAt(before, 1), { seq: 2 });
  assert.deepEqual([endOf(before), endOf(after)], [3 * CHUNK + 1, 3 * CHUNK + 2]);
});

test('the oldest lines are given up, and the numbers of the others stay', () => {
  const lines = appended(noLines(), said(1, 25_000));

  assert.equal(allLines(lines).length, 10_000);
  assert.deepEqual([lineAt(lines, 0), lineAt(lines, 24_999).seq], [null, 25_000]);
  assert.deepEqual([numberOf(lines, 1), numberOf(lines, 20_000)], [-1, 19_999]);
});

test('no fewer lines are held than the server has', () => {
  assert.equal(allLines(appended(linesFor(30_000), said(1, 40_000))).length, 30_000);
  assert.equal(allLines(appended(linesFor(200), said(1, 40_000))).length, 10_000);
});

test('a seq is found over gaps, in this life of the room alone', () => {
  const old = reopened(appended(noLines(), said(1, 60)));
  const lines = appended(old, [...said(1, 30), {}, ...said(90, 130)]);

  assert.deepEqual([numberOf(lines, 1), numberOf(lines, 60), numberOf(lines, 90)], [61, -1, 92]);
  assert.equal(findLast(lines, ({ seq }) => seq < 10).seq, 9);
  assert.equal(findLast(old, () => true), null);
});

test('what is wanted again and again is looked for in what is new', () => {
  const known = new WeakMap();
  let looked = 0;
  const own = (lines) => {
    looked = 0;
    return findLast(lines, ({ own: mine }) => (looked++, mine), known)?.seq ?? null;
  };
  const lines = appended(noLines(), said(1, 40 * CHUNK));

  assert.deepEqual([own(lines), looked], [null, 40 * CHUNK]);
  assert.deepEqual([own(appended(lines, said(2_000, 2_003))), looked], [null, 4]);
  assert.deepEqual([own(replaced(lines, 30, { seq: 31, own: true })), looked], [31, CHUNK - 30 % CHUNK]);
  assert.equal(own(reopened(replaced(lines, 30, { seq: 31, own: true }))), null);
});

test('lines can be cut at any number', () => {
  const lines = appended(noLines(), said(1, 120));

  for (const number of [0, 1, CHUNK, 77, 119]) {
    const cut = cutAt(lines, number);
    assert.deepEqual(allLines(appended(cut, said(number + 1, 120))), allLines(lines));
    assert.equal(endOf(cut), number);
  }
});
