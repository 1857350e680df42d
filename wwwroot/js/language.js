// The language of the page: its words, which the page brings along, and how it writes numbers, lists and times.
import { byId } from './dom.js';

const ISOLATES = /[\u2066-\u2069]/g;
const LEFT_TO_RIGHT = '\u2066', FROM_RIGHT = '\u2067', NAME = '\u2068', END = '\u2069';
const NAMES = /\u2068(.*?)\u2069/gu;
const PLACES_OF_NAMES = ['name', 'by', 'to'];
const SEVERAL_WORDS = /[\s:]/;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
export const MINUTE = 'yyyy-mm-ddThh:mm'.length;     // of a time as the server writes it
const SPANS = [['week', 604_800], ['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]];

let lastMinute = {};
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
  lastMinute = {};
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

// Of words that are counted, values.count says which. Names stand apart in it, until it is drawn or made plain.
export function translate(key, values = {}) {
  const found = words[key];
  const sentence = typeof found === 'string' ? found : found[plurals.select(values.count)] ?? found.other;
  return sentence.replace(/\{(\w+)\}/g, (_, place) =>
    place === 'names' ? values.names
    : PLACES_OF_NAMES.includes(place) ? named(values[place])
    : written(values[place]));
}

// Of a code that the page may not know.
export const translateOr = (key, sentence) => (key in words ? translate(key) : sentence);

// What is written in the other direction leaves the sentence around it in order.
function written(value) {
  if (typeof value === 'number') return numbers.format(value);
  const words = String(value).replace(ISOLATES, '');
  return RIGHT_TO_LEFT.test(words) ? FROM_RIGHT + words + END : isRightToLeft ? LEFT_TO_RIGHT + words + END : words;
}

export const named = (name) => NAME + name + END;

// Names at odd places.
export const splitAtNames = (sentence) => sentence.split(NAMES);

export const withoutMarks = (sentence) => sentence.replace(NAMES, '$1');

// For what is not drawn by us: a name of several words is quoted, so that they cannot pass for words of ours.
export const plain = (sentence) => sentence.replace(NAMES, (marked, name) =>
  SEVERAL_WORDS.test(name) ? translate('page.quoted', { words: name })
  : isRightToLeft || RIGHT_TO_LEFT.test(name) ? marked
  : name);

export const numberWords = (number) => numbers.format(number);

// ana, bo and cy
export const listed = (names) => lists.format(names);

// ana, bo, cy
export const enumerated = (names) => enumerations.format(names);

// Kept, since many lines are of the same.
export function minuteOf(at) {
  const minute = at.slice(0, MINUTE);
  if (lastMinute.minute !== minute) lastMinute = { minute, written: minutes.format(new Date(at)) };
  return lastMinute.written;
}

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
