import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actionIn, noticeWords, plain } from '../../wwwroot/js/words.js';
import {
  after, answered, calls, came, connected, effect, effects, event, inRoom, joined, lost, next, received, refusal,
  written,
} from './support.js';

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

test('I am told that I was given another name, once, and why', () => {
  const given = event(2, 'renamed', 'ana', { to: 'ana 2', reserved: true });
  const [toast] = effects(after(...inRoom), received([given])).filter(({ type }) => type === 'toast');

  assert.match(plain(toast.words), /belongs to an account, so you are “ana 2” now/);
  assert.equal(noticeWords({ ...given, own: true }), toast.words);
  assert.equal(plain(noticeWords(given)), 'ana is “ana 2” now: that name belongs to an account');
  assert.equal(next(after(...inRoom), received([given])).name, 'ana 2');
  const isToast = ({ type }) => type === 'toast';
  assert.equal(effects(after(...inRoom, received([given])), received([given])).some(isToast), false);
  for (const other of [{ ...given, reserved: undefined }, { ...given, who: 2 }])
    assert.equal(effects(after(...inRoom), received([other])).some(isToast), false);
  const reloaded = after({ type: 'opened' }, { type: 'connecting' }, connected, joined({ seq: 2, name: 'ana 2' }));
  assert.equal(effects(reloaded, received([came(1, 'ana'), given])).some(isToast), false);
});

test('/me is an action, with something to do', () => {
  assert.equal(actionIn('/me waves'), 'waves');
  assert.deepEqual(['/me', '/mention', 'say /me waves', '/Me waves'].map(actionIn), [null, null, null, null]);
});
