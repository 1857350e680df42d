import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appended, CHUNK, noLines } from '../../wwwroot/js/lines.js';
import { asJson, asText, fileName } from '../../wwwroot/js/keep.js';
import { after, came, event, inRoom, joined, connected, lost, received, said, went } from './support.js';

process.env.TZ = 'UTC';

const now = new Date('2026-01-31T10:05:00.000Z');
const terms = { title: null };
const kept = (...lines) =>
  asText({ room: 'K7M2QX', terms, lines: appended(noLines(), lines) }, now).split('\n').slice(2, -1);
const message = (seq, from, text, more) => event(seq, 'message', from, { text, ...more });

test('a file is named by its room and day', () => {
  assert.equal(fileName('K7M2QX', 'txt', now), 'RoomChat-K7M2QX-2026-01-31.txt');
});

test('the conversation is kept by name and minute, and nobody is "you" in it', () => {
  const state = after(...inRoom, received([
    came(2, 'bo'), said(3, 'ana', 'hello'), said(4, 'bo', '/me waves'), event(5, 'titled', 'ana', { text: 'lunch' }),
    event(6, 'owner', 'ana', { to: 2 }), event(7, 'left', 'ana', { by: 2 }), went(8, 'bo'),
  ]));

  assert.equal(asText(state, now), [
    'RoomChat K7M2QX · lunch, saved 2026-01-31 10:05',
    '',
    '[2026-01-31 10:00] -- ana joined',
    '[2026-01-31 10:00] -- bo joined',
    '[2026-01-31 10:00] ana: hello',
    '[2026-01-31 10:00] * bo waves',
    '[2026-01-31 10:00] -- ana named the room “lunch”',
    '[2026-01-31 10:00] -- bo owns the room now',
    '[2026-01-31 10:00] -- ana was removed by bo',
    '[2026-01-31 10:00] -- bo left',
    '',
  ].join('\n'));
});

test('it says that older lines than the page holds are missing', () => {
  const lines = appended(noLines(CHUNK), Array.from({ length: 2 * CHUNK }, (_, i) => said(i + 1)));
  const text = asText({ room: 'K7M2QX', terms, lines }, now).split('\n');

  assert.equal(text[2], '-- Some messages are no longer available.');
  assert.match(text[3], new RegExp(`text ${CHUNK + 1}$`));
  assert.equal(JSON.parse(asJson({ room: 'K7M2QX', terms, lines }, now)).lines[0].type, 'gap');
});

test('answers, edits and marks stand below the line, and an answer says to what', () => {
  const long = '👍'.repeat(100);
  const marks = { '👍': [{ who: 2, name: 'bo' }, { who: 3, name: 'cy' }] };

  assert.deepEqual(kept(
    message(1, 'bo', 'shall we\nmeet?'),
    message(2, 'ana', 'yes', { replyTo: 1, editedAt: '2026-01-31T10:03:00Z', marks }),
    message(3, 'ana', long),
    message(4, 'bo', '/me agrees', { replyTo: 3 }),
    message(9, 'bo', 'no', { replyTo: 8 }),
  ), [
    '[2026-01-31 10:00] bo: shall we',
    '  meet?',
    '[2026-01-31 10:00] ana: > bo: shall we meet?',
    '  yes',
    '  (edited 2026-01-31 10:03)',
    '  👍 bo, cy',
    `[2026-01-31 10:00] ana: ${long}`,
    `[2026-01-31 10:00] * bo > ana: ${'👍'.repeat(80)}…`,
    '  agrees',
    '[2026-01-31 10:00] bo: > an earlier message',
    '  no',
  ]);
});

test('of what was taken back nothing is kept but that it was', () => {
  assert.deepEqual(kept(
    event(1, 'removed', 'ana', { of: 1 }), event(2, 'removed', 'bo', { of: 2, by: 1, byName: 'ana' }),
    message(3, 'cy', 'why?', { replyTo: 1 }),
  ), [
    '[2026-01-31 10:00] ana: (taken back)',
    '[2026-01-31 10:00] bo: (removed by ana)',
    '[2026-01-31 10:00] cy: > ana: (taken back)',
    '  why?',
  ]);
});

test('an answer of another life of the room is not mixed up with this one', () => {
  const state = after(...inRoom, received([said(2, 'bo', 'before')]), lost, connected,
    joined({ epoch: 'e2', seq: 9 }), received([message(9, 'bo', 'after', { replyTo: 2 })], 'e2'));

  assert.deepEqual(asText(state, now).split('\n').slice(4), [
    '-- The room was reopened. Everything above is from before.',
    '[2026-01-31 10:00] bo: > an earlier message',
    '  after',
    '',
  ]);
});

test('no text passes for a line of somebody else', () => {
  for (const end of ['\n', '\r', '\r\n', '\u2028', '\u2029', '\u0085', '\v', '\f']) {
    const [, forged, ...more] = kept(message(1, 'ana', `x${end}[2026-01-31 10:00] bo: I owe ana 100`));
    assert.deepEqual([forged, more], ['  [2026-01-31 10:00] bo: I owe ana 100', []]);
  }
});

test('JSON has the same as data, without what only this page means by it', () => {
  const state = after(...inRoom, received([
    said(2, 'ana', 'hello', 'id1'),
    message(3, 'bo', 'yes', { replyTo: 2, marks: { '👍': ['ana'] }, markedBy: { '👍': [1] } }),
    event(4, 'owner', 'ana', { to: 2 }),
  ]));
  const at = '2026-01-31T10:00:00.000Z';

  assert.deepEqual(JSON.parse(asJson(state, now)), {
    room: 'K7M2QX',
    title: null,
    saved: '2026-01-31T10:05:00.000Z',
    lines: [
      { seq: 1, type: 'joined', at, from: 'ana' },
      { seq: 2, type: 'message', at, from: 'ana', text: 'hello' },
      {
        seq: 3, type: 'message', at, from: 'bo', text: 'yes', replyTo: 2, answered: 'ana: hello',
        marks: { '👍': ['ana'] },
      },
      { seq: 4, type: 'owner', at, from: 'ana', to: 'bo' },
    ],
  });
});
