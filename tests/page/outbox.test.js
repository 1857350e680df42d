import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allLines } from '../../wwwroot/js/lines.js';
import { nextWake } from '../../wwwroot/js/state.js';
import {
  after, calls, connected, effect, effects, inRoom, joined, lost, next, received, refusal, said, sent, start, written,
} from './support.js';

const statuses = (state) => state.outbox.map((mine) => mine.status);
const isSending = ({ method }) => method === 'SendMessage';
const send = (id) => ({ method: 'SendMessage', args: { id, text: `text of ${id}` } });

test('what I write is pending, then sent, then a line', () => {
  const pending = after(...inRoom, written('a', 'hi'));
  const acknowledged = next(pending, sent('a', { seq: 2 }));
  const shown = next(acknowledged, received([said(2, 'ana', 'hi', 'a')]));

  assert.deepEqual([pending, acknowledged, shown].map(statuses), [['pending'], ['sent'], []]);
});

test('an event may come before its acknowledgement', () => {
  const state = after(...inRoom, written('a', 'hi'), received([said(2, 'ana', 'hi', 'a')]), sent('a', { seq: 2 }));

  assert.deepEqual(state.outbox, []);
  assert.equal(allLines(state.lines).length, 2);
});

test('an acknowledgement that was lost is made good by the event after the return', () => {
  const state = after(...inRoom, written('a', 'hi'), lost, connected, joined({ seq: 2 }),
    received([said(2, 'ana', 'hi', 'a')]));

  assert.deepEqual(state.outbox, []);
});

test('a message of somebody else with the same id settles nothing of mine', () => {
  assert.equal(after(...inRoom, written('a'), received([said(2, 'bo', 'other', 'a')])).outbox.length, 1);
});

test('one message is in flight at a time, in the order they were written', () => {
  const first = after(...inRoom);
  assert.deepEqual(calls(first, written('a')), [send('a')]);

  const second = next(first, written('a'));
  assert.deepEqual(calls(second, written('b')), []);
  assert.deepEqual(calls(next(second, written('b')), sent('a', { seq: 2 })), [send('b')]);
});

test('messages written while the connection is lost go as soon as the room is joined again', () => {
  const away = after(...inRoom, lost, written('a'));
  assert.deepEqual(statuses(away), ['pending']);

  const back = next(away, connected);
  assert.deepEqual(calls(back, joined({ seq: 2 })), [send('a')]);
  assert.deepEqual(calls(next(back, joined({ seq: 2 })), received([said(2, 'bo')])).filter(isSending), []);
});

test('a message that was in flight when the connection was lost goes again under its id', () => {
  const state = after(...inRoom, written('a'), lost, connected);

  assert.deepEqual(calls(state, joined()), [send('a')]);
});

test('messages acknowledged in a previous epoch go again, messages it refused do not', () => {
  const state = after(...inRoom, written('a'), sent('a', { seq: 2 }), written('b'),
    { type: 'draftChanged', text: 'something else' }, sent('b', refusal('text-invalid')),
    lost, connected, joined({ epoch: 'e2' }));

  assert.deepEqual(statuses(state), ['pending', 'failed']);
});

for (const code of ['rate-limited', 'unavailable']) {
  test(`a message refused with ${code} waits as long as it was told, says so, and goes on`, () => {
    const limited = { ...sent('a', refusal(code, { retryAfterMs: 1_500 })), now: 100 };
    const refused = next(after(...inRoom, written('a')), limited);
    assert.equal(refused.composerError, 'The reason. Sending resumes in 2 seconds.');
    assert.equal(nextWake({ ...refused, announceAt: null }), 1_600);

    assert.deepEqual(calls(refused, { type: 'woke', now: 1_599 }), []);
    assert.deepEqual(calls(refused, { type: 'woke', now: 1_600 }), [send('a')]);
    assert.equal(next(refused, { type: 'woke', now: 1_600 }).composerError, '');
  });
}

test('a refused text goes back into the empty composer with the reason, and is remembered there', () => {
  const state = after(...inRoom, written('a', 'hi'));
  const refused = next(state, sent('a', refusal('text-invalid')));

  assert.deepEqual([refused.draft, refused.composerError, refused.outbox], ['hi', 'The reason.', []]);
  assert.deepEqual(effect(state, sent('a', refusal('text-invalid')), 'rememberDraft').text, 'hi');
});

test('a refused text stays in the conversation with its reason while something else is being written', () => {
  const failed = after(...inRoom, written('a', 'hi'), { type: 'draftChanged', text: 'else' },
    sent('a', refusal('text-invalid')));
  assert.equal(failed.draft, 'else');
  assert.deepEqual(failed.outbox, [{ id: 'a', text: 'hi', status: 'failed', reason: 'The reason.' }]);

  const retried = next(failed, { type: 'retried', id: 'a' });
  assert.deepEqual(retried.outbox, [{ id: 'a', text: 'hi', status: 'pending' }]);
  assert.equal(retried.sending, 'a');
  assert.deepEqual(next(failed, { type: 'discarded', id: 'a' }).outbox, []);
});

test('a refused message does not hold up the next', () => {
  const state = after(...inRoom, written('a'), written('b'));

  assert.deepEqual(calls(state, sent('a', refusal('text-invalid'))), [send('b')]);
});

test('a call that broke without losing the connection is tried again later, not at once', () => {
  const broken = { type: 'callFailed', call: send('a'), now: 0 };
  const state = next(after(...inRoom, written('a')), broken);

  assert.deepEqual(calls(state, received([said(2, 'bo')])).filter(isSending), []);
  assert.deepEqual(calls(state, { type: 'woke', now: 5_000 }), [send('a')]);
});

test('a text that is too long stays in the composer with the reason', () => {
  const text = 'x'.repeat(501);
  const state = after(...inRoom, written('a', text));

  assert.deepEqual([state.draft, state.outbox], [text, []]);
  assert.equal(state.composerError, 'That is 501 characters; a message can have 500.');
  assert.equal(next(state, { type: 'draftChanged', text: 'x' }).composerError, '');
});

test('characters are counted as code points', () => {
  assert.equal(after(...inRoom, written('a', '👍'.repeat(500))).outbox.length, 1);
});

test('a blank text is not sent', () => {
  assert.deepEqual(effects(after(...inRoom), written('a', ' \n ')), [{ type: 'focusComposer' }]);
});

test('what is sent leaves the composer and its draft, and the view goes to it', () => {
  const state = after(...inRoom, { type: 'draftChanged', text: 'hi' });

  assert.equal(next(state, written('a', 'hi')).draft, '');
  assert.deepEqual(effect(state, written('a', 'hi'), 'rememberDraft').text, '');
  assert.ok(effect(state, written('a', 'hi'), 'scrollToBottom'));
});

test('a draft is remembered as it changes, and found again', () => {
  const changed = { type: 'draftChanged', text: 'half a thou' };

  const remembered = { type: 'rememberDraft', room: 'K7M2QX', text: 'half a thou' };
  assert.deepEqual(effect(start(), changed, 'rememberDraft'), remembered);
  assert.equal(start({ draft: 'half a thou' }).draft, 'half a thou');
});

test('the others are told that I am typing every three seconds at most, and only in the room', () => {
  const typed = (now, text = 'h') => ({ type: 'draftChanged', text, now });
  const state = after(...inRoom);
  const told = (from, action) => calls(from, action).some((call) => call.method === 'Typing');

  assert.ok(told(state, typed(10_000)));
  assert.ok(!told(next(state, typed(10_000)), typed(12_999)));
  assert.ok(told(next(state, typed(10_000)), typed(13_000)));
  assert.ok(!told(state, typed(10_000, '')));
  assert.ok(!told(next(state, lost), typed(10_000)));
});

test('what is not acknowledged is remembered, and goes out after a reload under its old id', () => {
  const offline = after(...inRoom, lost);
  const { unsent } = effect(offline, written('a'), 'rememberOutbox');
  const reloaded = start({ seat: 's1', unsent });
  const back = next(reloaded, { type: 'opened' }, { type: 'connecting' }, connected);

  assert.deepEqual(statuses(reloaded), ['pending']);
  assert.deepEqual(calls(back, joined()), [send('a')]);
  assert.deepEqual(effect(next(back, joined()), sent('a', { seq: 2 }), 'rememberOutbox').unsent.outbox, []);
});

test('what arrived although its acknowledgement did not is not sent again after a reload', () => {
  const { unsent } = effect(after(...inRoom), written('a'), 'rememberOutbox');
  const state = next(start({ seat: 's1', unsent }), { type: 'opened' }, connected, received([said(2, 'ana', 'x', 'a')]),
    joined({ seq: 2 }));

  assert.deepEqual(state.outbox, []);
});

test('after a reload in another life of the room an answer is sent as a message', () => {
  const writing = after(...inRoom, received([said(2, 'bo')]), lost, { type: 'answerStarted', seq: 2 });
  const { unsent } = effect(writing, written('a'), 'rememberOutbox');
  const back = next(start({ seat: 's1', unsent }), { type: 'opened' }, connected);

  assert.deepEqual(calls(back, joined()), [{ ...send('a'), args: { ...send('a').args, replyTo: 2 } }]);
  assert.deepEqual(calls(back, joined({ epoch: 'e2' })), [send('a')]);
});

test('nothing is remembered anew while nothing of mine changes', () => {
  assert.equal(effect(after(...inRoom, written('a')), received([said(2, 'bo')]), 'rememberOutbox'), undefined);
});
