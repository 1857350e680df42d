// The language of the page: its words, which the page brings along, and how it writes numbers, lists and times.
import { byId } from './dom.js';

const ISOLATE = '\u2068', END = '\u2069';
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const SPANS = [['week', 604_800], ['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]];

let words, isRightToLeft, plurals, numbers, lists, enumerations, minutes, days, moments, spans, units;

// Where the browser's languages name a country too, things are written as they are there.
export function speak(language, spoken, direction = 'ltr') {
  const isIt = (locale) => locale.split('-')[0] === language;
  const locale = globalThis.navigator?.languages?.find(isIt) ?? language;
  words = spoken;
  isRightToLeft = direction === 'rtl';
  plurals = new Intl.PluralRules(language);
  numbers = new Intl.NumberFormat(locale);
  lists = new Intl.ListFormat(locale);
  enumerations = new Intl.ListFormat(locale, { style: 'narrow' });
  minutes = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
  days = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });
  moments = new Intl.DateTimeFormat(
    locale, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  spans = new Intl.RelativeTimeFormat(locale);
  units = (unit) => new Intl.NumberFormat(locale, { style: 'unit', unit });
}

if (globalThis.document) {
  const { lang, dir } = document.documentElement;
  speak(lang, JSON.parse(byId('words').textContent), dir);
}

// Of words that are counted, values.count says which.
export function translate(key, values = {}) {
  const found = words[key];
  const sentence = typeof found === 'string' ? found : found[plurals.select(values.count)] ?? found.other;
  return sentence.replace(/\{(\w+)\}/g, (_, name) => written(values[name]));
}

// Of a code that the page may not know.
export const translateOr = (key, sentence) => (key in words ? translate(key) : sentence);

// A name that is written in the other direction leaves the sentence around it in order.
const written = (value) => (typeof value === 'number' ? numbers.format(value)
  : isRightToLeft || RIGHT_TO_LEFT.test(value) ? ISOLATE + value + END
  : value);

export const numberWords = (number) => numbers.format(number);

// ana, bo and cy
export const listed = (names) => lists.format(names);

// ana, bo, cy
export const enumerated = (names) => enumerations.format(names);

export const minuteOf = (at) => minutes.format(new Date(at));
export const dayWords = (at) => days.format(new Date(at));
export const momentWords = (at) => moments.format(new Date(at));

// in 5 minutes
export function untilWords(seconds) {
  const [unit, length] = SPANS.find(([, shortest]) => seconds >= shortest) ?? SPANS.at(-1);
  return spans.format(Math.ceil(seconds / length), unit);
}

// 5 min
export function durationWords(milliseconds) {
  const seconds = Math.floor(milliseconds / 1_000);
  return seconds < 60 ? units('second').format(seconds) : units('minute').format(Math.floor(seconds / 60));
}
