import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchesIn } from '../../wwwroot/js/matches.js';

const found = (text, query) => matchesIn(text, query).map(([start, end]) => text.slice(start, end));

test('every match is found, at its place and beside the next', () => {
  assert.deepEqual(matchesIn('banana an', 'an'), [[1, 3], [3, 5], [7, 9]]);
  assert.deepEqual(matchesIn('aaa', 'aa'), [[0, 2]]);
  assert.deepEqual(matchesIn('banana', 'x'), []);
});

test('case and accents do not count, on either side', () => {
  assert.deepEqual(found('Café CAFE cafe\u0301', 'cafe'), ['Café', 'CAFE', 'cafe\u0301']);
  assert.deepEqual(found('cafe', 'CAFÉ'), ['cafe']);
  assert.deepEqual(found('Λόγος ΛΟΓΟΣ', 'λογοσ'), ['Λόγος', 'ΛΟΓΟΣ']);
  assert.deepEqual(found('İstanbul', 'istanbul'), ['İstanbul']);
});

test('an accent of its own belongs to the letter before it', () => {
  assert.deepEqual(found('e\u0301a', 'e'), ['e\u0301']);
  assert.deepEqual(found('e\u0301a', 'a'), ['a']);
  assert.deepEqual(found('\u0301a', 'a'), ['a']);
});

test('letters that become several are matched as a whole, once', () => {
  assert.deepEqual(found('Straße!', 'strasse'), ['Straße']);
  assert.deepEqual(found('eine Straße!', 'S'), ['S', 'ß']);
  assert.deepEqual(matchesIn('ﬁn ﬁn', 'in'), [[0, 2], [3, 5]]);
  assert.deepEqual(found('wait…', '...'), ['…']);
});

test('positions hold behind letters of two code units', () => {
  assert.deepEqual(matchesIn('👍👍 yes 👍🏽', 'yes'), [[5, 8]]);
  assert.deepEqual(found('I ❤️ it', '❤'), ['❤️']);
  assert.deepEqual(found('𝐁old', 'b'), ['𝐁']);
});

test('other scripts are found too', () => {
  assert.deepEqual(found('مرحبا بالعالم', 'بالعالم'), ['بالعالم']);
  assert.deepEqual(found('한국어', '국'), ['국']);
});

test('a blank query, or one of accents alone, finds nothing', () => {
  for (const query of ['', '  ', '\u0301']) assert.deepEqual(matchesIn('a é  b', query), []);
});

test('blanks around the query do not count, those within do', () => {
  assert.deepEqual(found('good morning', ' good  '), ['good']);
  assert.deepEqual(found('good morning', 'd m'), ['d m']);
});
