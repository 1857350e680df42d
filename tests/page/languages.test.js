// What every language has to have, and that no word of a page stands anywhere else.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { words } from './support.js';

const root = new URL('../../', import.meta.url);
const MOST_COUNTED = 1_000;

const english = words('en');
const languages = readdirSync(new URL('Languages/', root))
  .filter((name) => name.endsWith('.json')).map((name) => name.replace('.json', ''));

const filesIn = (folder, ...extensions) => readdirSync(new URL(folder, root), { recursive: true })
  .filter((name) => extensions.some((extension) => name.endsWith(extension)))
  .map((name) => [name, readFileSync(new URL(`${folder}${name}`, root), 'utf8')]);

const scripts = filesIn('wwwroot/js/', '.js').concat(filesIn('wwwroot/', 'worker.js'));
const markup = filesIn('Pages/', '.cshtml');
const styles = filesIn('wwwroot/css/', '.css');

const formsOf = (said) => (typeof said === 'string' ? [said] : Object.values(said));
const placeholders = (sentence) => [...new Set(sentence.match(/\{\w+\}/g))].sort();
const allPlaceholders = (said) => [...new Set(formsOf(said).flatMap(placeholders))].sort();

const keysIn = (source) => {
  const groups = new Set(Object.keys(english).map((key) => key.split('.')[0]));
  return Array.from(source.matchAll(/(['"])([A-Za-z]+)\.([\w-]+)\1/g))
    .filter(([, , group]) => groups.has(group)).map(([, , group, name]) => `${group}.${name}`);
};

for (const language of languages) {
  const said = words(language);

  test(`${language} has the keys of English, in the same order`, () =>
    assert.deepEqual(Object.keys(said), Object.keys(english)));

  test(`${language} has the placeholders of English; a form for one number need not name it`, () => {
    for (const [key, sentence] of Object.entries(said)) {
      assert.deepEqual(allPlaceholders(sentence), allPlaceholders(english[key]), key);
      for (const form of formsOf(sentence))
        assert.deepEqual(placeholders(`${form}{count}`), placeholders(`${formsOf(english[key])[0]}{count}`), key);
    }
  });

  test(`${language} counts in the plural forms that Intl asks for`, () => {
    const rules = new Intl.PluralRules(language);
    const wanted = [...new Set(Array.from({ length: MOST_COUNTED }, (_, count) => rules.select(count)))].sort();
    for (const [key, sentence] of Object.entries(said)) {
      assert.equal(typeof sentence, typeof english[key], key);
      if (typeof sentence === 'object') assert.deepEqual(Object.keys(sentence).sort(), wanted, key);
    }
  });

  test(`${language} leaves nothing empty`, () => {
    for (const [key, sentence] of Object.entries(said))
      for (const form of formsOf(sentence)) assert.notEqual(form.trim(), '', key);
  });
}

test('every word that is used is there, and every word that is there is used', () => {
  const sources = [...scripts, ...markup, ...filesIn('Pages/', '.cs'), ...filesIn('Languages/', '.cs')];
  const used = new Set(sources.flatMap(([, source]) => keysIn(source)));
  const usedByCode = (key) => key.startsWith('refusal.') || key.startsWith('closed.');

  assert.deepEqual([...used].filter((key) => !(key in english)), []);
  assert.deepEqual(Object.keys(english).filter((key) => !used.has(key) && !usedByCode(key)), []);
});

test('a page brings the words of its scripts', () => {
  const broughtBy = (page) => {
    const [, source] = markup.find(([name]) => name === page);
    return /ForScripts\((.*)\)/.exec(source)[1].split(', ').map((group) => group.replaceAll('"', ''));
  };
  for (const [name, source] of scripts) {
    const brought = broughtBy(name === 'home.js' ? 'Index.cshtml' : 'Room.cshtml');
    assert.deepEqual(keysIn(source).filter((key) => !brought.includes(key.split('.')[0])), [], name);
  }
});

// Two words, or a capital letter that begins one.
const isSentence = (literal) => /\p{L}{2,}[,.:]? \p{L}{2,}|^\p{Lu}\p{Ll}+([ .…:?!]|$)/u.test(literal);

// Keys, methods of the hub, and what is written in other languages than people's.
const notSaid = [
  'Tab', 'Escape', 'Enter', 'Rooms', 'JoinRoom', 'Rename', 'React', 'Typing', 'Seen', 'Away',
  'message stub', '.marks button', 'not all', 'noopener noreferrer nofollow', 'yyyy-mm-dd hh:mm',
];

test('no script says anything in words of its own', () => {
  const isForBrowser = /(new Error|createComment|querySelector(All)?|closest|matches|supports|matchMedia)\($/;
  for (const [name, source] of scripts) {
    const code = source.replace(/^\s*\/\/.*$|\s\/\/ .*$/gm, '');
    for (const { 0: quoted, index } of code.matchAll(/'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g)) {
      const literal = quoted.slice(1, -1).replace(/\$\{[^}]*\}/g, '');
      if (isForBrowser.test(code.slice(0, index)) || notSaid.includes(literal)) continue;
      assert.ok(!isSentence(literal), `${name}: ${quoted}`);
    }
  }
});

test('no style says anything in words of its own', () => {
  for (const [name, source] of styles)
    for (const [, text] of source.matchAll(/content: "([^"]*)"/g))
      assert.doesNotMatch(text.replace(/\\[0-9A-F]+/g, ''), /\p{L}/u, name);
});

test('no markup says anything in words of its own', () => {
  const allowed = ['RoomChat', 'K7M 2QX'];
  const statements =
    /^\s*(@?(if|else|foreach|return|var|section)\b.*|@(page|model|inject|using|namespace|addTagHelper)\b.*|.*;)$/gm;
  const expressions = /@Words[.[][^\n]*?(?=<|$|>)|@(await )?[\w.]+([([][^)\]]*[)\]])?/gm;
  for (const [name, source] of markup) {
    const html = source.replace(/@\*[^]*?\*@|<code[^]*?<\/code>/g, '').replace(statements, '');
    const labels = Array.from(html.matchAll(/\b(?:aria-label|title|placeholder|alt)="([^"@]*)/g), ([, text]) => text);
    for (const text of [...labels, ...html.replace(expressions, '').split(/<[^>]*>/)]) {
      const rest = allowed.reduce((left, phrase) => left.replaceAll(phrase, ''), text);
      assert.doesNotMatch(rest, /\p{L}{2,}/u, name);
    }
  }
});
