import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partsOf } from '../../wwwroot/js/code.js';

const fence = '```';

test('a text without backticks is one part, an empty one none', () => {
  assert.deepEqual(partsOf('a\nb'), [{ text: 'a\nb' }]);
  assert.deepEqual(partsOf(''), []);
});

test('what stands between fences is a block, exactly as it was written', () => {
  const code = '  if (a) {\n\n    b("x");\n  }  ';

  assert.deepEqual(partsOf(`See:\n${fence}\n${code}\n${fence}\nWell?`), [
    { text: 'See:' }, { block: code }, { text: 'Well?' },
  ]);
});

test('a language behind the opening fence is not shown', () => {
  for (const language of ['js', 'c++', 'c#', 'objective-c', 'js  '])
    assert.deepEqual(partsOf(`${fence}${language}\nx = 1\n${fence}`), [{ block: 'x = 1' }]);
});

test('a block can stand in one line, and there its first word is code', () => {
  assert.deepEqual(partsOf(`run ${fence}make test${fence} now`), [
    { text: 'run ' }, { block: 'make test' }, { text: ' now' },
  ]);
  assert.deepEqual(partsOf(`${fence}js${fence}`), [{ block: 'js' }]);
});

test('fences that nothing closes, or with nothing between them, are text', () => {
  for (const text of [`${fence}\nx`, `x ${fence}`, `${fence}${fence}`, `${fence}x\` y`, `${fence}\n\n${fence}`])
    assert.deepEqual(partsOf(text), [{ text }]);
});

test('blocks follow each other, and backticks inside are code', () => {
  assert.deepEqual(partsOf(`${fence}\na\n${fence}\n${fence}\n\`b\`\n${fence}`), [{ block: 'a' }, { block: '`b`' }]);
});

test('words between backticks are code in the line, a lone backtick is not', () => {
  assert.deepEqual(partsOf('try `ls -l` or `'), [{ text: 'try ' }, { inline: 'ls -l' }, { text: ' or `' }]);
  assert.deepEqual(partsOf('a ` b\nc ` d'), [{ text: 'a ` b\nc ` d' }]);
});

test('a long text of backticks is read at once', () => {
  const started = performance.now();
  for (const text of ['`'.repeat(20_000), `${fence}\n`.repeat(5_000), `${fence}${' '.repeat(20_000)}`]) partsOf(text);

  assert.ok(performance.now() - started < 500);
});
