import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  comingSigns, comingWords, countWords, firstLine, markedWords, markWords, readByWords, startsDay,
} from '../../wwwroot/js/words.js';
import './support.js';

const people = (count) => Array.from({ length: count }, (_, i) => ({ who: i + 1, name: `p${i + 1}` }));

test('a mark says whose it is and what pressing it does', () => {
  assert.equal(markWords('👍', [], 1), '👍 Press to add yours.');
  assert.equal(markWords('👍', people(2), 9), '👍 2: p1, p2. Press to add yours.');
  assert.equal(markWords('👍', people(2), 2), '👍 2: p1, you. Press to take yours back.');
});

test('of many names some are said', () => {
  assert.match(markWords('👍', people(13), 9), /^👍 13: p1, .*, p12 and 1 more\. /);
  assert.equal(markedWords({ '🎉': people(1), '👍': people(2) }, 2), '🎉 p1\n👍 p1, you');
  assert.deepEqual([countWords(99), countWords(100)], ['99', '99+']);
});

test('who has read a message is said by name', () => {
  assert.deepEqual([readByWords([]), readByWords(['bo', 'cy'])], ['Read by nobody yet', 'Read by bo, cy']);
});

test('who comes and goes is written as in the terminal, and said as a sentence', () => {
  const joined = new Map([['bo', false], ['ana', true]]);
  const left = new Map([['cy', false]]);
  assert.equal(comingSigns(joined, left), '+ you and bo  - cy');
  assert.equal(comingWords(joined, left), 'You and bo joined · cy left');
});

test('a day begins where the one before ended, and is not said of today', () => {
  const old = { at: '2026-01-30T12:00:00Z' }, later = { at: '2026-01-31T12:00:00Z' };
  assert.equal(startsDay(old, undefined), true);
  assert.equal(startsDay(old, old), false);
  assert.equal(startsDay(later, old), true);
  assert.equal(startsDay({ at: new Date().toISOString() }, undefined), false);
  assert.equal(startsDay({ type: 'gap' }, old), false);
});

test('of a quoted message the first line is shown', () => {
  assert.equal(firstLine({ text: '\n one\ntwo' }), 'one');
  assert.match(firstLine({ text: '', unopened: true }), /^This cannot be opened/);
});
