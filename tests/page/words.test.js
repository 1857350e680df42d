import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  comingSigns, comingWords, countWords, firstLine, markedWords, markWords, noticeWords, plain, readByWords, ringBody,
  splitAtNames, startsDay, translate, typingWords, withoutMarks,
} from '../../wwwroot/js/words.js';
import { speak } from '../../wwwroot/js/language.js';
import { words } from './support.js';

const people = (count) => Array.from({ length: count }, (_, i) => ({ who: i + 1, name: `p${i + 1}` }));

test('a mark says whose it is and what pressing it does', () => {
  assert.equal(markWords('👍', [], 1), '👍 Press to add yours.');
  assert.equal(plain(markWords('👍', people(2), 9)), '👍 2: p1, p2. Press to add yours.');
  assert.equal(plain(markWords('👍', people(2), 2)), '👍 2: p1, you. Press to take yours back.');
});

test('of many names some are said', () => {
  assert.match(plain(markWords('👍', people(13), 9)), /^👍 13: p1, .*, p12 and 1 more\. /);
  assert.equal(plain(markedWords({ '🎉': people(1), '👍': people(2) }, 2)), '🎉 p1\n👍 p1, you');
  assert.deepEqual([countWords(99), countWords(100)], ['99', '99+']);
});

test('who has read a message is said by name', () => {
  assert.deepEqual([readByWords([]), plain(readByWords(['bo', 'cy']))], ['Read by nobody yet', 'Read by bo, cy']);
});

test('who comes and goes is written as in the terminal, and said as a sentence', () => {
  const joined = new Map([['bo', false], ['ana', true]]);
  const left = new Map([['cy', false]]);
  assert.equal(withoutMarks(comingSigns(joined, left)), '+ you and bo  - cy');
  assert.equal(plain(comingWords(joined, left)), 'You and bo joined · cy left');
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

const namesIn = (sentence) => splitAtNames(sentence).filter((_, i) => i % 2 === 1);
const [left, both] = ['watcher left', 'bo and eve'];

test('a name stands apart in every sentence, each of several by itself', () => {
  const sentences = [
    noticeWords({ type: 'locked', from: left }), noticeWords({ type: 'renamed', from: left, to: both }),
    noticeWords({ type: 'left', from: left, by: 2, byName: both }), typingWords([{ name: left }, { name: both }]),
    comingWords(new Map([[left, false]]), new Map([[both, false]])), readByWords([left, both]),
    comingWords(new Map([['ana', true], [left, false]]), new Map([[both, false]])),
    comingSigns(new Map([[left, false]]), new Map([[both, false]])), translate('page.isOut', { name: left }),
    markedWords({ '👍': [{ who: 1, name: left }, { who: 2, name: both }] }, 9),
  ];
  for (const sentence of sentences) {
    assert.ok(namesIn(sentence).length > 0 && namesIn(sentence).every((name) => [left, both].includes(name)), sentence);
    assert.ok(splitAtNames(sentence).every((part, i) => i % 2 === 1 || !/watcher|eve/.test(part)), sentence);
  }
});

test('where a sentence is not drawn, a name of several words is quoted', () => {
  const comings = comingWords(new Map([[left, false], ['ana', false]]), new Map());
  assert.equal(plain(comings), '“watcher left” and ana joined');
  assert.equal(plain(ringBody([{ from: left, text: 'hi' }], true)), '“watcher left”: hi');
  assert.equal(plain(translate('page.actionsFor', { name: 'שרה' })), 'Actions for message from \u2068שרה\u2069');
});

test('what is no name cannot pass for one', () => {
  const titled = noticeWords({ type: 'titled', from: 'bo', text: '\u2068ana\u2069 left' });
  assert.deepEqual(namesIn(titled), ['bo']);
  assert.equal(withoutMarks(titled), 'bo named the room “ana left”');
});

test('from right to left, whatever is put into a sentence leaves it in order', () => {
  speak('ar', words('ar'), 'rtl');
  const [renamed, titled] = [{ type: 'renamed', from: 'bo', to: 'bob' }, { type: 'titled', from: 'bo', text: 'lunch' }]
    .map(noticeWords);
  speak('en', words('en'));

  assert.equal(renamed, 'اسم \u2068bo\u2069 الآن \u2068bob\u2069');
  assert.equal(titled, 'سُمّيت الغرفة «\u2066lunch\u2069» بواسطة \u2068bo\u2069');
});
