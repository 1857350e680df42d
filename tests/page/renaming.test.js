import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actionIn } from '../../wwwroot/js/words.js';
import { after, answered, calls, effect, inRoom, lost, next, refusal, written } from './support.js';

const renamed = (name, reply = { name }) => answered('Rename', reply, { args: { name } });

test('/nick asks for another name, and sends nothing', () => {
  const state = after(...inRoom);

  for (const text of ['/nick bo', '/nick   bo \n', '/nick\nbo'])
    assert.deepEqual(calls(state, written('a', text)), [{ method: 'Rename', args: { name: 'bo' } }]);
  assert.deepEqual(calls(state, written('a', '/nick bo the second'))[0].args, { name: 'bo the second' });
  assert.deepEqual(next(state, written('a', '/nick bo')).outbox, []);
});

test('the text stays until the name is taken, and then leaves the composer and its draft', () => {
  const asked = after(...inRoom, written('a', '/nick bo'));
  assert.equal(asked.draft, '/nick bo');

  assert.equal(next(asked, renamed('bo')).draft, '');
  assert.equal(effect(asked, renamed('bo'), 'rememberDraft').text, '');
});

test('a refused name stays in the composer with the reason', () => {
  const refused = after(...inRoom, written('a', '/nick bo'), renamed('bo', refusal('name-taken')));

  assert.deepEqual([refused.draft, refused.composerError], ['/nick bo', 'The reason.']);
  assert.equal(next(refused, written('b', '/nick cy')).composerError, '');
});

test('what is being written when the answer comes stays', () => {
  const state = after(...inRoom, written('a', '/nick bo'), { type: 'draftChanged', text: 'hello' }, renamed('bo'));

  assert.equal(state.draft, 'hello');
});

test('/nick without a name, or without a connection, says so and keeps the text', () => {
  const blank = after(...inRoom, written('a', '/nick '));
  assert.deepEqual([blank.draft, blank.composerError], ['/nick ', 'Write the new name after /nick.']);
  assert.deepEqual(calls(after(...inRoom), written('a', '/nick')), []);

  const away = after(...inRoom, lost, written('a', '/nick bo'));
  assert.deepEqual([away.draft, away.composerError], ['/nick bo', 'Not connected: try again in a moment.']);
});

test('any other text is sent as it is, also one that begins with a slash', () => {
  for (const text of ['/me waves', '/nickname bo', '/NICK bo', ' /nick bo', '/shrug', '//'])
    assert.deepEqual(calls(after(...inRoom), written('a', text)), [{ method: 'SendMessage', args: { id: 'a', text } }]);
});

test('/me is an action, with something to do', () => {
  assert.equal(actionIn('/me waves'), 'waves');
  assert.deepEqual(['/me', '/mention', 'say /me waves', '/Me waves'].map(actionIn), [null, null, null, null]);
});
