// The part of the fold that gives me another name. "/nick bo" stays in the composer until the room has taken the name,
// and everybody hears of that as an event.
import { call } from './joining.js';
import { translate } from './language.js';

// Null for any other text.
export const nickIn = (text) => (/^\/nick(?!\S)/.test(text) ? text.slice('/nick'.length).trim() : null);

export function rename(state, name) {
  if (!name) return refuse(state, translate('page.nickMissing'));
  if (!state.inRoom) return refuse(state, translate('page.nickOffline'));
  return [{ ...state, composerError: '' }, call('Rename', { name })];
}

export function renameAnswered(state, { call: { args }, answer }) {
  if (answer.refused) return refuse(state, answer.message);
  if (nickIn(state.draft) !== args.name) return [state];      // something else is being written already
  return [{ ...state, draft: '' }, { type: 'rememberDraft', room: state.room, text: '' }];
}

// Mine has got an account, and whoever owns that has come in.
export function tellNewName({ epoch: current, mine, seq, historyUntil }, { events, epoch }) {
  const isGiven = (event) => event.reserved && mine.includes(event.who) && event.seq > Math.max(seq, historyUntil);
  const given = epoch === current && events.findLast(isGiven);
  return given ? [{ type: 'toast', words: translate('page.renamedReservedYou', { to: given.to }) }] : [];
}

const refuse = (state, composerError) => [{ ...state, composerError }];
