import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeIn, grouped } from '../../wwwroot/js/typed-code.js';

test('a code is found however people write it', () => {
  for (const typed of [
    'ZMQWAV', 'zmqwav', ' zm q-w av ',
    'room ZMQWAV', 'Room: ZMQ WAV', '#ZMQWAV', '"ZMQWAV".', '“zmq wav”!', '(ZMQ-WAV)',
    'the code is zmqwav.', 'https://chat.example.org/r/ZMQWAV', 'Come: http://[::1]:5000/r/zmq-wav?from=mail#x now',
    '<https://chat.example.org/r/ZMQWAV>.',
  ]) assert.equal(codeIn(typed), 'ZMQWAV', typed);
});

test('letters that look like digits are read as these', () => assert.equal(codeIn('room: kOm-lQx'), 'K0M1QX'));

test('what is no code is none', () => {
  for (const typed of ['', 'room', 'ZMQWA', 'ZMQWAVX', 'ZMQWAU', '<script>', 'ZMQWAV <b>', 'ｚｍｑｗａｖ'])
    assert.equal(codeIn(typed), null, typed);
});

test('a code is grouped as it is typed', () => {
  assert.equal(grouped('k7m'), 'K7M');
  assert.equal(grouped('k7m2'), 'K7M 2');
  assert.equal(grouped('k7m2-qx'), 'k7m2-qx');
  assert.equal(grouped('K7M 2qx'), 'K7M 2QX');
  assert.equal(grouped('K7M-2'), 'K7M 2');
  assert.equal(grouped('K7M 2-'), 'K7M 2');
  assert.equal(grouped('K7M '), 'K7M');
});

test('other words are left alone, so that their spaces stay', () => {
  for (const typed of ['ROO M ', 'ROO M ZM', 'ROO M ZMQWAV', '#ZMQ', 'ZMQWAVX']) assert.equal(grouped(typed), typed);
});

test('a long text is read at once', () => {
  const started = performance.now();
  for (const text of ['a '.repeat(50_000), '/r/'.repeat(50_000), '-'.repeat(100_000)]) codeIn(text);
  assert.ok(performance.now() - started < 500);
});
