// The part of the fold that follows the room's events. By the server's contract, batches that come while a join is
// pending wait for its answer; after it only batches of the joined epoch count, and no seq counts twice.
import { amended, isLine, lineOf } from './amending.js';
import { allLines, appended, cutAt, endOf, lineAt, numberFrom, reopened } from './lines.js';

export function enterRoom(state, answer) {
  const isNewEpoch = state.epoch !== null && state.epoch !== answer.epoch;
  const lines = isNewEpoch ? reopened(state.lines) : state.lines;
  const isOutboxOld = (state.epoch ?? state.outboxEpoch ?? answer.epoch) !== answer.epoch;
  const before = isOutboxOld ? { ...state, outbox: state.outbox.map(toSendAnew) } : state;
  const kept = isNewEpoch ? startOver(before) : before;
  const entered = {
    ...kept,
    name: answer.name,
    epoch: answer.epoch,
    seq: isNewEpoch ? 0 : state.seq,
    joinedSeq: answer.seq,
    historyUntil: state.epoch === answer.epoch ? state.historyUntil : answer.seq,
    refilling: answer.gap === true && !isNewEpoch,
    inRoom: true,
    joining: false,
    pendingBatches: [],
    lines,
    earlierMessages: isNewEpoch ? new Set(allLines(lines).filter((line) => line.id).map(keyOf)) : state.earlierMessages,
    roster: answer.users,
    who: answer.who,
    mine: isNewEpoch ? [answer.who] : [...new Set([...state.mine, answer.who])],
    names: namesOf(answer.users, isNewEpoch ? {} : state.names),
    terms: termsOf(answer),
    muted: answer.epoch === state.mutedEpoch ? state.muted : [],
    mutedEpoch: answer.epoch,
    seenTold: state.tellsSeen ? 0 : state.seenTold,   // told again, or still to be taken back
  };
  const meanwhile = state.pendingBatches.filter((batch) => batch.epoch === answer.epoch);
  return receive(entered, { epoch: answer.epoch, events: meanwhile.flatMap(({ events }) => events) });
}

// Acknowledgements of the previous epoch were lost with it, and its seqs mean nothing any more.
const startOver = (state) => ({
  ...state,
  draft: newDraft(state),
  editing: null,
  answering: null,
  places: [],
});

const toSendAnew = ({ replyTo, ...mine }) => (mine.status === 'sent' ? pending(mine) : mine);

export function receive(state, { events, epoch }) {
  if (state.joining) return { ...state, pendingBatches: [...state.pendingBatches, { events, epoch }] };
  if (epoch !== state.epoch || events.length === 0) return state;
  return state.refilling ? refill(state, events) : take(state, events.filter((event) => event.seq > state.seq));
}

// After a gap all that is kept comes again, as it is now: what is shown of it makes room.
function refill(state, events) {
  const { lines, firstUnread, seq } = state;
  const first = events[0].seq;
  const cut = numberFrom(lines, first);
  const before = cut < 0 ? lines : cutAt(lines, cut);
  const kept = first > seq + 1 ? appended(before, [{ type: 'gap' }]) : before;
  const isUnreadKept = firstUnread === null || firstUnread < endOf(kept);
  const next = take(
    { ...state, refilling: false, lines: kept, firstUnread: isUnreadKept ? firstUnread : null }, events);
  if (isUnreadKept) return next;
  const unread = numberFrom(next.lines, lineAt(lines, firstUnread).seq);
  return { ...next, firstUnread: unread < 0 ? null : unread };
}

function take(state, fresh) {
  if (fresh.length === 0) return state;
  const { mine, joinedSeq } = state;
  const seq = Math.max(state.seq, fresh.at(-1).seq);
  const names = fresh.reduce(withName, state.names);
  const describe = (line) => described(line, mine, names);
  const shown = fresh
    .filter((event) => isLine(event) && !state.earlierMessages.has(keyOf(event)))
    .map((event) => describe(lineOf(event)));
  const isNews = (event) => (event.type === 'message' || event.type === 'announced') && !event.own
    && !state.muted.includes(event.who) && event.seq > Math.max(state.historyUntil, state.seq);
  const news = shown.filter(isNews);
  const unread = state.watching ? 0 : news.length;
  const later = fresh.filter((event) => event.seq > joinedSeq);
  const said = [...shown, ...fresh.filter(({ type }) => type === 'edited')];
  return {
    ...state,
    seq,
    name: later.reduce((name, { type, who, to }) => (type === 'renamed' && mine.includes(who) ? to : name), state.name),
    lines: amended(appended(state.lines, shown), fresh, describe),
    unread: state.unread + unread,
    news,
    firstUnread: state.firstUnread ?? (unread > 0 ? endOf(state.lines) + shown.findIndex(isNews) : null),
    names,
    roster: later.reduce(updateRoster, state.roster),
    terms: later.reduce(updateTerms, state.terms),
    typists: state.typists.filter((typist) => !said.some((event) => event.from === typist.name)),
    outbox: withoutSettled(state.outbox, (sent) => isSettled(sent, fresh, seq, mine)),
  };
}

// Leaving the tab resets the unread marker; returning keeps it.
export function watch(state, watching) {
  if (watching === state.watching) return state;
  return {
    ...state,
    watching,
    unread: watching ? 0 : state.unread,
    firstUnread: watching ? state.firstUnread : null,
  };
}

// What is being written anew, also while another text for an old message is.
export const newDraft = ({ draft, editing }) => (editing ? editing.draft : draft);

export const pending = ({ id, text, replyTo }) => ({ id, text, ...(replyTo && { replyTo }), status: 'pending' });

// With what only the state knows: whether it is mine, and the names behind the numbers.
const described = (event, mine, names) => ({
  ...event,
  own: mine.includes(event.who),
  ...(event.type === 'owner' && event.to && { toOwn: mine.includes(event.to), toName: names[event.to] }),
  ...(event.by && { byOwn: mine.includes(event.by), byName: names[event.by] }),
});

// Mostly they are known, and then nothing is copied.
function withName(known, { type, who, from, to }) {
  const name = type === 'renamed' ? to : from;
  return !who || known[who] === name ? known : { ...known, [who]: name };
}

const namesOf = (users, known) => users.reduce((names, { who, name }) => ({ ...names, [who]: name }), known);

const termsOf = ({ owner = null, title = null, locked = false, endsAt = null }) => ({ owner, title, locked, endsAt });

const keyOf = ({ id, from }) => `${id} ${from}`;

const withoutSettled = (outbox, isSettled) =>
  (outbox.some(isSettled) ? outbox.filter((sent) => !isSettled(sent)) : outbox);

const isSettled = (sent, fresh, seq, mine) =>
  (sent.status === 'sent' && sent.seq <= seq)
  || fresh.some((event) => event.id === sent.id && mine.includes(event.who));

function updateTerms(terms, { type, text = null, endsAt = null, to }) {
  switch (type) {
    case 'locked': return { ...terms, locked: true };
    case 'unlocked': return { ...terms, locked: false };
    case 'titled': return { ...terms, title: text };
    case 'ends': return { ...terms, endsAt };
    case 'owner': return { ...terms, owner: to };
    default: return terms;
  }
}

function updateRoster(roster, { type, who, from, to, at, registered }) {
  const others = () => roster.filter((user) => user.who !== who);
  switch (type) {
    case 'joined': return [...others(), { who, name: from, since: at, ...(registered && { registered }) }];
    case 'left': return others();
    case 'renamed': return roster.map((user) => (user.who === who ? { ...user, name: to } : user));
    default: return roster;
  }
}
