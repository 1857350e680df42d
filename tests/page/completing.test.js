import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complete } from '../../wwwroot/js/completing.js';

const names = ['bo', 'Ana', 'Änne Muster', 'cy'];
const completed = (text, last = null, at = text.length) => complete(text, at, names, last);

test('the beginning of a name becomes the name, whatever its case and accents', () => {
  assert.equal(completed('hi @b').text, 'hi @bo ');
  assert.equal(completed('@änne m').text, '@Änne Muster ');
  assert.equal(completed('@a').text, '@Ana ');
});

test('each further Tab takes the next name, and begins anew after the last', () => {
  const first = completed('@a');
  const second = completed(first.text, first);
  assert.equal(second.text, '@Änne Muster ');
  assert.equal(completed(second.text, second).text, '@Ana ');
});

test('what follows stays, and the place is behind the name', () => {
  const { text, at } = completed('@c and more', null, 2);
  assert.deepEqual([text, at], ['@cy and more', 4]);
});

test('nothing is completed where no name fits, or none is begun', () => {
  assert.deepEqual([completed('@x'), completed('hello'), completed('me@b'), completed('')], [null, null, null, null]);
});
