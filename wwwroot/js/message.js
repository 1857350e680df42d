// One message: what it answers, its text, and what others make of it; or that it was taken back.
import { MARKS } from './amending.js';
import { say, stamp } from './dom.js';
import { messageIn } from './lines.js';
import { mentions, nodesOf } from './message-text.js';
import { avatar } from './people.js';
import {
  clock, comingSigns, comingWords, countWords, dayWords, firstLine, markWords, minuteOf, noticeWords, plain,
  splitAtNames, textOf, translate,
} from './words.js';

export function newGroup({ who, from, registered = false, at, own }) {
  const group = stamp('group-template');
  group.dataset.who = who;
  group.classList.toggle('own', own);
  group.prepend(avatar(from));
  group.querySelector('.from').textContent = own ? translate('page.you') : from;
  if (!registered) group.querySelector('.registered').remove();
  const time = group.querySelector('time');
  time.textContent = minuteOf(at);
  time.dateTime = at;
  const receipt = group.querySelector('.receipt');
  if (own) receipt.prepend(...group.querySelectorAll('.registered, time'));
  else receipt.remove();
  return group;
}

// Seen as the terminal writes it, and read aloud as a sentence.
export function drawComing(notice, joined, left) {
  const coming = stamp('coming-template');
  coming.ariaLabel = plain(comingWords(joined, left));
  say(coming, splitAtNames(comingSigns(joined, left)));
  notice.replaceChildren(coming);
}

export function newDay(at) {
  const day = stamp('day-template');
  const time = day.querySelector('time');
  time.textContent = dayWords(at);
  time.dateTime = at;
  return day;
}

export function newMessage(line) {
  const message = stamp('message-template');
  message.dataset.seq = line.seq;
  if (!line.replyTo) message.querySelector('.quote').remove();
  message.querySelector('.more').ariaLabel =
    line.own ? translate('page.actionsForYours') : plain(translate('page.actionsFor', { name: line.from }));
  return message;
}

// before: the line as it is drawn. Only what differs is touched, since the log is read aloud as it changes.
export function drawMessage(message, line, before, state) {
  if (line.type === 'removed') return drawStub(message, line);
  if (line.unopened) drawUnopened(message, line);
  else if (line.text !== before?.text || before.unopened) {
    const me = line.own ? null : state.name;
    message.querySelector('.text').replaceChildren(...nodesOf(line.text, line.from, me));
    message.classList.remove('unopened');
    message.classList.toggle('mentioned', !line.own && mentions(line.text, state.name));
  }
  if (line.editedAt !== before?.editedAt) drawEdited(message, line.editedAt);
  drawMarks(message, line, state.who);
}

function drawUnopened(message, line) {
  message.classList.add('unopened');
  message.querySelector('.text').textContent = textOf(line);
}

function drawEdited(message, at) {
  const edited = message.querySelector('.edited') ?? stamp('edited-template');
  edited.title = translate('page.editedAt', { time: clock(at) });
  message.querySelector('.text').after(edited);
}

export function drawQuote(message, { replyTo }, { lines, muted }) {
  const quote = message.querySelector('.quote');
  if (!replyTo || !quote) return;
  const quoted = messageIn(lines, replyTo);
  const [from, words] = !quoted ? ['', translate('page.quoteGone')]
    : quoted.type === 'removed' ? ['', translate('page.quoteTakenBack')]
    : muted.includes(quoted.who) ? ['', translate('page.quoteMuted')]
    : [quoted.own ? translate('page.you') : quoted.from, firstLine(quoted)];
  quote.hidden = false;
  quote.disabled = quoted === null;
  quote.dataset.seq = replyTo;
  quote.querySelector('.quoted-from').textContent = from;
  quote.querySelector('.quoted-text').textContent = words;
}

export function unsentMessage({ id, text, status, reason, ...mine }, state, dispatch) {
  const group = stamp('unsent-template');
  const message = group.querySelector('.message');
  group.prepend(avatar(state.name ?? '?'));
  group.querySelector('.from').textContent = translate('page.you');
  message.classList.add(status);
  message.querySelector('.text').append(...nodesOf(text, state.name ?? '?', null));
  drawQuote(message, mine, state);
  group.querySelector('.delivery span').textContent = {
    pending: () => translate(state.inRoom ? 'page.sending' : 'page.waiting'),
    sent: () => translate('page.sent'),
    failed: () => translate('page.notSent', { reason }),
  }[status]();
  for (const button of group.querySelectorAll('.delivery button')) button.hidden = status !== 'failed';
  group.querySelector('.retry').addEventListener('click', () => dispatch({ type: 'retried', id }));
  group.querySelector('.discard').addEventListener('click', () => dispatch({ type: 'discarded', id }));
  return group;
}

function drawStub(message, line) {
  marksOf(message)?.remove();
  const words = document.createElement('p');
  say(words, splitAtNames(noticeWords(line)));
  message.className = 'message stub';
  message.replaceChildren(words);
}

function drawMarks(message, { seq, marks }, me) {
  const shown = MARKS.filter((mark) => marks[mark]);
  let row = marksOf(message);
  if (shown.length === 0) return row?.remove();
  if (!row) {
    row = stamp('marks-template');
    row.dataset.seq = seq;
    message.after(row);
  }
  const chips = new Map(Array.from(row.children, (chip) => [chip.dataset.mark, chip]));
  for (const [mark, chip] of chips) if (!shown.includes(mark)) chip.remove();
  shown.forEach((mark, i) => {
    const chip = chips.get(mark) ?? newChip(mark);
    if (row.children[i] !== chip) row.insertBefore(chip, row.children[i] ?? null);
    chip.querySelector('.of').textContent = countWords(marks[mark].length);
    labelMark(chip, mark, marks[mark], me);
  });
}

// Also for the same mark in the menu.
export function labelMark(button, mark, people, me) {
  const mine = people.some(({ who }) => who === me);
  button.ariaPressed = String(mine);
  button.ariaLabel = button.title = plain(markWords(mark, people, me));
}

function newChip(mark) {
  const chip = stamp('mark-template');
  chip.dataset.mark = mark;
  chip.querySelector('.mark').textContent = mark;
  return chip;
}

const marksOf = (message) => (message.nextElementSibling?.matches('.marks') ? message.nextElementSibling : null);
