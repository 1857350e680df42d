// Finds in what the page holds, also in what comes meanwhile; loaded when it is first wanted. Matches are marked as
// highlights, which leave the texts untouched.
import { byId } from './dom.js';
import { nameOf, shownText } from './items.js';
import { matchesIn } from './matches.js';
import { matchWords } from './words.js';

const bar = byId('find');
const field = byId('find-text');
const count = byId('find-count');
const only = byId('find-only');
const scroller = byId('scroller');
const list = byId('lines');

let found = [];         // in the order of the page
let here = -1;          // the one that the reader is at
let known = {};         // matches by what is searched
let log, opener, startedAt;

const observer = new MutationObserver(searchAgain);

field.addEventListener('input', search);
field.addEventListener('keydown', (event) => {
  if (event.isComposing) return;
  const steps = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 };
  if (!(event.key in steps)) return;
  event.preventDefault();
  step(steps[event.key]);
});
bar.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.isComposing) return;
  event.preventDefault();
  close();
});
byId('find-previous').addEventListener('click', () => step(-1));
byId('find-next').addEventListener('click', () => step(1));
byId('find-close').addEventListener('click', close);
only.addEventListener('click', () => showOnlyMatches(only.ariaPressed !== 'true'));
// It leads to new messages, which may be no matches.
byId('pill').addEventListener('click', () => {
  only.ariaPressed = 'false';
  draw();
});

export function open(openedLog) {
  log = openedLog;
  log.rendered = searchAgain;
  if (bar.hidden) {
    opener = document.activeElement;
    startedAt = scroller.scrollTop;
  }
  bar.hidden = false;
  observer.observe(list, {
    childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['hidden'],
  });
  field.select();
}

function close() {
  const place = found[here];
  const wasFiltered = list.classList.contains('filtered');
  log.rendered = null;
  observer.disconnect();
  bar.hidden = true;
  field.value = '';
  only.ariaPressed = 'false';
  found = [];
  here = -1;
  draw();
  if (place) reveal(place);
  else if (wasFiltered) scroller.scrollTop = startedAt;
  log.look();
  opener.focus({ preventScroll: true });
}

// Goes to the first match from where the reader is on, or else to the last before.
function search() {
  found = matchesOf(field.value);
  const top = viewTop();
  const inView = [...list.querySelectorAll('[data-line].message, [data-line].notice')]
    .find((node) => node.getBoundingClientRect().bottom >= top);
  here = found.findIndex((match) => match.number >= Number(inView?.dataset.line ?? 0)
    && (drawnRange(match)?.getBoundingClientRect().top ?? top) >= top);
  if (here < 0) here = found.length - 1;
  arrive();
}

// The page has changed: the reader stays where they are.
function searchAgain() {
  const place = found[here];
  found = matchesOf(field.value);
  const same = place ? found.findIndex(({ number, start, part }) => number > place.number
    || (number === place.number && (part !== '.from' || place.part === '.from') && start >= place.start)) : -1;
  here = same < 0 ? found.length - 1 : same;
  draw();
}

function step(by) {
  if (found.length === 0) return;
  here = (here + by + found.length) % found.length;
  arrive();
}

function showOnlyMatches(on) {
  only.ariaPressed = String(on);
  arrive();
}

function arrive() {
  draw();
  if (found[here]) reveal(found[here]);
  log.look();
}

function draw() {
  const isSearching = field.value.trim() !== '';
  count.textContent = isSearching ? matchWords(here + 1, found.length) : '';
  const isFiltered = isSearching && only.ariaPressed === 'true';
  if (isFiltered || list.classList.contains('filtered')) log.filter(isFiltered ? onlyMatches() : (items) => items);
  list.classList.toggle('filtered', isFiltered);
  mark();
}

function mark() {
  const ranges = found.map(drawnRange);
  highlight('found', ranges.filter(Boolean));
  highlight('found-here', ranges.slice(here, here + 1).filter(Boolean));
  // Where the browser has no highlights, this marks the place at least.
  list.querySelector('.found-here')?.classList.remove('found-here');
  ranges[here]?.startContainer.parentElement.closest('#lines > *').classList.add('found-here');
}

function highlight(name, ranges) {
  if (!CSS.highlights) return;
  const marked = new Highlight();
  for (const range of ranges) marked.add(range);
  CSS.highlights.set(name, marked);
}

// All that is held is searched, also what is not in the document: a match is { item, number, part, start, end }.
function matchesOf(query) {
  if (query !== known.query) known = { query, byItems: new WeakMap() };
  return log.itemsHeld().flatMap((items) => {
    if (!known.byItems.has(items)) known.byItems.set(items, items.flatMap((item) => matchesInItem(item, query)));
    return known.byItems.get(items);
  });
}

// The names and the texts of a group; a notice as a whole; nothing of where something begins.
function matchesInItem(item, query) {
  if (!item.messages && !item.lines) return [];
  const parts = item.messages
    ? [[item.number, '.from', nameOf(item.messages[0].line)], ...item.messages.filter(({ line }) => line.text)
      .map(({ number, line }) => [number, '.text', shownText(line)])]
    : [[item.number, null, item.words]];
  return parts.flatMap(([number, part, text]) =>
    matchesIn(text, query).map(([start, end]) => ({ item: item.key, number, part, start, end })));
}

// With a name, all that they said stays.
function onlyMatches() {
  const named = new Set(found.filter(({ part }) => part !== '.text').map(({ item }) => item));
  const numbers = new Set(found.map(({ number }) => number));
  return (items) => items.flatMap((item) => {
    if (named.has(item.key)) return [item];
    const messages = item.messages?.filter(({ number }) => numbers.has(number)) ?? [];
    return messages.length > 0 ? [{ ...item, messages }] : [];
  });
}

// Null where it is not in the document.
function drawnRange({ number, part, start, end }) {
  const node = log.elementOf(number);
  const around = part === '.from' ? node?.closest('.group') : node;
  const inside = part ? around?.querySelector(part) : node;
  return inside ? rangeOf(inside, start, end) : null;
}

function rangeOf(part, start, end) {
  const range = new Range();
  const nodes = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  for (let node, at = 0; at < end && (node = nodes.nextNode()); at += node.length) {
    if (at <= start) range.setStart(node, Math.min(start - at, node.length));
    range.setEnd(node, Math.min(end - at, node.length));
  }
  return range;
}

function reveal(match) {
  log.show(match.number);
  mark();
  const range = drawnRange(match);
  const { top, bottom, left } = range.getBoundingClientRect();
  const view = { top: viewTop(), bottom: scroller.getBoundingClientRect().bottom };
  if (top < view.top || bottom > view.bottom) scroller.scrollTop += (top + bottom - view.top - view.bottom) / 2;
  const code = range.startContainer.parentElement.closest('pre');
  if (code) code.scrollLeft += left - code.getBoundingClientRect().left - code.clientWidth / 2;
}

const viewTop = () => scroller.getBoundingClientRect().top + bar.offsetHeight;
