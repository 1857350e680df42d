import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LINK, linkTo } from '../../wwwroot/js/links.js';

const links = (text) => Array.from(text.matchAll(new RegExp(LINK, 'giu')), ([found]) => linkTo(found));
const shown = (text) => links(text).map((link) => link?.text);

test('a closing bracket belongs to the address that has opened it', () => {
  const address = 'https://en.wikipedia.org/wiki/Chat_(disambiguation)';
  for (const text of [address, `${address}.`, `(${address})`, `(see ${address}).`, `[${address}]!`])
    assert.deepEqual(shown(text), [address], text);
  assert.deepEqual(shown('(https://example.org/a)'), ['https://example.org/a']);
  assert.deepEqual(shown('https://example.org/{a}[1]?'), ['https://example.org/{a}[1]']);
  assert.deepEqual(shown('https://example.org/)('), ['https://example.org/)(']);
});

test('an address without a scheme leads to the encrypted page', () => {
  assert.deepEqual(links('See www.example.org/a?b=(c), or WWW.EXAMPLE.ORG.'), [
    { text: 'www.example.org/a?b=(c)', href: 'https://www.example.org/a?b=(c)' },
    { text: 'WWW.EXAMPLE.ORG', href: 'https://WWW.EXAMPLE.ORG' },
  ]);
  assert.deepEqual(shown('www.example.org:8080/x www.café.example'), ['www.example.org:8080/x', 'www.café.example']);
});

test('an e-mail address is written to', () => {
  assert.deepEqual(links('Write to <ana.b+c@mail.example.org>.'), [
    { text: 'ana.b+c@mail.example.org', href: 'mailto:ana.b+c@mail.example.org' },
  ]);
  assert.deepEqual(shown('ana@example.org, josé@example.org; (bo@example.org)'), [
    'ana@example.org', 'josé@example.org', 'bo@example.org',
  ]);
});

test('a link leads where it says', () => {
  assert.deepEqual(links('www.example.org@evil.example'), [
    { text: 'www.example.org@evil.example', href: 'mailto:www.example.org@evil.example' },
  ]);
  assert.deepEqual(shown('www.example.org:80@evil.example/'), ['www.example.org:80']);
  assert.deepEqual(links('ana@example.org?bcc=eve@example.org')[0].href, 'mailto:ana@example.org');
});

test('words, mentions and parts of words are no links', () => {
  for (const text of [
    'www.', 'www.x', 'awww.example.org', '@ana', 'ana@bo', 'a@b.c', 'ana@example.org2', 'x@.org', '@x.org',
  ]) assert.deepEqual(shown(text), [], text);
  assert.equal(linkTo('https://['), null);
});

test('a long text is read at once', () => {
  const started = performance.now();
  for (const part of ['a', 'a.', 'a@', 'www.', 'www.a.', 'a@b.', ')', 'https://', 'https://x)', '-.', 'é_+'])
    links(part.repeat(32_768 / part.length));
  links(`https://x/${')'.repeat(32_000)}`);
  links(`https://x/${'('.repeat(16_000)}${')'.repeat(16_000)}`);
  assert.ok(performance.now() - started < 500, `${performance.now() - started} ms`);
});
