// Actions and answers as the tests speak of them.
import { readFileSync } from 'node:fs';
import { speak } from '../../wwwroot/js/language.js';
import { allLines, CHUNK } from '../../wwwroot/js/lines.js';
import { fold, initialState } from '../../wwwroot/js/state.js';

export const words = (language) =>
  JSON.parse(readFileSync(new URL(`../../Languages/${language}.json`, import.meta.url)));

speak('en', words('en'));

export const room = 'K7M2QX';
export const page = { room, name: 'ana', lastName: 'ann', nameLength: 20, textLength: 500, editSeconds: 900 };

const at = '2026-01-31T10:00:00.000Z';
export const whoOf = (name) => ['ana', 'bo', 'cy', 'di'].indexOf(name) + 1;
export const event = (seq, type, from = 'ana', more = {}) => ({ seq, type, from, at, who: whoOf(from), ...more });
export const said = (seq, from = 'ana', text = `text ${seq}`, id = undefined) =>
  event(seq, 'message', from, { text, id });
export const came = (seq, from) => event(seq, 'joined', from);
export const went = (seq, from) => event(seq, 'left', from);
export const unknown = (seq) => event(seq, 'pinned');
export const user = (name) => ({ who: whoOf(name), name, since: at });

export const answer = (more = {}) => ({
  room, name: 'ana', seat: 's1', epoch: 'e1', seq: 1, users: [user('ana')], who: 1, owner: 1, ...more,
});
export const refusal = (refused, more = {}) => ({ refused, message: 'The reason.', ...more });

export const connected = { type: 'connected' };
export const lost = { type: 'lost' };
export const joined = (more) => answered('JoinRoom', answer(more));
export const received = (events, epoch = 'e1') => ({ type: 'received', events, epoch });
export const written = (id, text = `text of ${id}`) => ({ type: 'submitted', id, text });
export const sent = (id, reply) => answered('SendMessage', reply, { args: { id } });
export const answered = (method, reply, more = {}) =>
  ({ type: 'answered', call: { type: 'call', method, ...more }, answer: reply, seat: null });

// The way of a first visit, up to where ana is in the room and has seen herself join.
export const inRoom = [{ type: 'opened' }, { type: 'connecting' }, connected, joined(), received([came(1, 'ana')])];

export const start = (more = {}) => initialState({ ...page, ...more });

export const next = (state, ...actions) =>
  actions.reduce((before, action) => fold(before, { now: 0, ...action }).state, state);

export const after = (...actions) => next(start(), ...actions);

// What is to be done because of the last action.
export const effects = (state, action) => fold(state, { now: 0, ...action }).effects;

export const calls = (state, action) =>
  effects(state, action).filter((effect) => effect.type === 'call').map(({ method, args }) => ({ method, args }));

export const effect = (state, action, type) => effects(state, action).find((found) => found.type === type);

// What is shown of the messages in this life of the room.
const thisLife = ({ lines }) => allLines(lines).slice(Math.max(0, lines.since - lines.first * CHUNK));

export const foldedMessages = (state) => thisLife(state).flatMap((line) => {
  if (line.type === 'removed') return [{ seq: line.seq, removedBy: line.by ?? line.who }];
  if (line.type !== 'message') return [];
  const { seq, text, editedAt, replyTo, marks } = line;
  const numbers = Object.entries(marks).map(([mark, people]) => [mark, people.map(({ who }) => who)]);
  return [{ seq, text, isEdited: editedAt !== undefined, replyTo, marks: Object.fromEntries(numbers) }];
});
