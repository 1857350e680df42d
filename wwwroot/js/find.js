// Finds in what the page shows, also in what comes meanwhile; loaded when it is first wanted. It reads the page and not
// the state, since that is where matches are marked: as highlights, which leave the texts untouched.
import { byId } from './dom.js';
import { matchesIn } from './matches.js';

const bar = byId('find');
const field = byId('find-text');
const count = byId('find-count');
const only = byId('find-only');
const scroller = byId('scroller');
const list = byId('lines');

let found = [];         // ranges, in the order of the page
let here = -1;          // the one that the reader is at
let opener, looked, startedAt;

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

// onLook: the reader's place has changed.
export function open(onLook) {
  looked = onLook;
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
  observer.disconnect();
  bar.hidden = true;
  field.value = '';
  only.ariaPressed = 'false';
  found = [];
  here = -1;
  draw();
  if (place) reveal(place);
  else if (wasFiltered) scroller.scrollTop = startedAt;
  looked();
  opener.focus({ preventScroll: true });
}

// Goes to the first match from where the reader is on, or else to the last before.
function search() {
  found = rangesIn(field.value);
  const top = viewTop();
  here = found.findIndex((range) => range.getBoundingClientRect().top >= top);
  if (here < 0) here = found.length - 1;
  arrive();
}

// The page has changed: the reader stays where they are.
function searchAgain() {
  const place = found[here];
  found = rangesIn(field.value);
  const same = place ? found.findIndex((range) => range.compareBoundaryPoints(Range.START_TO_START, place) >= 0) : -1;
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
  looked();
}

function draw() {
  const isSearching = field.value.trim() !== '';
  count.textContent = !isSearching ? '' : found.length === 0 ? 'No matches' : `${here + 1} of ${found.length}`;
  list.classList.toggle('filtered', isSearching && only.ariaPressed === 'true');
  highlight('found', found);
  highlight('found-here', found.slice(here, here + 1));
  // Where the browser has no highlights, this marks the place at least.
  list.querySelector('.found-here')?.classList.remove('found-here');
  found[here]?.startContainer.parentElement.closest('#lines > *').classList.add('found-here');
}

function highlight(name, ranges) {
  if (!CSS.highlights) return;
  const marked = new Highlight();
  for (const range of ranges) marked.add(range);
  CSS.highlights.set(name, marked);
}

function rangesIn(query) {
  const ranges = [];
  for (const item of list.querySelectorAll(':scope > :not(.unread, [hidden])')) {
    const before = ranges.length;
    let isNamed = false;        // then all that they said stays
    for (const part of partsOf(item)) {
      const matches = matchesIn(part.textContent, query).map(([start, end]) => rangeOf(part, start, end));
      ranges.push(...matches);
      isNamed ||= part.matches('.from') && matches.length > 0;
      part.closest('.message')?.classList.toggle('unmatched', matches.length === 0 && !isNamed);
    }
    item.classList.toggle('unmatched', ranges.length === before);
  }
  return ranges;
}

// The names and the texts of a group; a notice as a whole.
function partsOf(item) {
  const parts = item.querySelectorAll('.from, .text');
  return parts.length > 0 ? parts : [item];
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

function reveal(range) {
  const { top, bottom, left } = range.getBoundingClientRect();
  const view = { top: viewTop(), bottom: scroller.getBoundingClientRect().bottom };
  if (top < view.top || bottom > view.bottom) scroller.scrollTop += (top + bottom - view.top - view.bottom) / 2;
  const code = range.startContainer.parentElement.closest('pre');
  if (code) code.scrollLeft += left - code.getBoundingClientRect().left - code.clientWidth / 2;
}

const viewTop = () => scroller.getBoundingClientRect().top + bar.offsetHeight;
