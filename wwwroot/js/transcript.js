// The part of the fold that follows the room's events. By the server's contract, batches that come while a join is
// pending wait for its answer; after it only batches of the joined epoch count, and no seq counts twice.

export function enterRoom(state, answer) {
  const isNewEpoch = state.epoch !== null && state.epoch !== answer.epoch;
  const lines = [...state.lines];
  if (isNewEpoch) lines.push({ type: 'reopened' });
  if (answer.gap) lines.push({ type: 'gap' });
  const entered = {
    ...state,
    name: answer.name,
    epoch: answer.epoch,
    seq: isNewEpoch ? 0 : state.seq,
    joinedSeq: answer.seq,
    historyUntil: state.epoch === answer.epoch ? state.historyUntil : answer.seq,
    inRoom: true,
    joining: false,
    pendingBatches: [],
    lines,
    earlierMessages: isNewEpoch ? new Set(lines.filter((line) => line.id).map(keyOf)) : state.earlierMessages,
    roster: answer.users,
    who: answer.who,
    mine: isNewEpoch ? [answer.who] : [...new Set([...state.mine, answer.who])],
    names: namesOf(answer.users, isNewEpoch ? {} : state.names),
    terms: termsOf(answer),
    muted: answer.epoch === state.mutedEpoch ? state.muted : [],
    mutedEpoch: answer.epoch,
    // Acknowledgements of the previous epoch were lost with it.
    outbox: isNewEpoch ? state.outbox.map((mine) => (mine.status === 'sent' ? pending(mine) : mine)) : state.outbox,
  };
  return state.pendingBatches.reduce(receive, entered);
}

export function receive(state, { events, epoch }) {
  if (state.joining) return { ...state, pendingBatches: [...state.pendingBatches, { events, epoch }] };
  if (epoch !== state.epoch) return state;
  const fresh = events.filter((event) => event.seq > state.seq);
  if (fresh.length === 0) return state;
  const seq = fresh.at(-1).seq;
  const names = fresh.reduce(withName, state.names);
  const shown = fresh
    .filter((event) => isKnown(event.type) && !state.earlierMessages.has(keyOf(event)))
    .map((event) => described(event, state.mine, names));
  const isNews = (event) => (event.type === 'message' || event.type === 'announced')
    && !event.own && !state.muted.includes(event.who) && event.seq > state.historyUntil;
  const news = state.watching ? 0 : shown.filter(isNews).length;
  return {
    ...state,
    seq,
    lines: [...state.lines, ...shown],
    unread: state.unread + news,
    firstUnread: state.firstUnread ?? (news > 0 ? state.lines.length + shown.findIndex(isNews) : null),
    names,
    roster: fresh.filter((event) => event.seq > state.joinedSeq).reduce(updateRoster, state.roster),
    terms: fresh.filter((event) => event.seq > state.joinedSeq).reduce(updateTerms, state.terms),
    typists: state.typists.filter((typist) => !shown.some((event) => event.from === typist.name)),
    outbox: state.outbox.filter((mine) => !isSettled(mine, fresh, seq, state.mine)),
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

export const pending = ({ id, text }) => ({ id, text, status: 'pending' });

const KNOWN = new Set([
  'message', 'joined', 'left', 'locked', 'unlocked', 'passphrase', 'titled', 'ends', 'owner', 'announced',
]);

const isKnown = (type) => KNOWN.has(type);

// With what only the state knows: whether it is mine, and the names behind the numbers.
const described = (event, mine, names) => ({
  ...event,
  own: mine.includes(event.who),
  ...(event.to && { toOwn: mine.includes(event.to), toName: names[event.to] ?? 'somebody' }),
  ...(event.by && { byOwn: mine.includes(event.by), byName: names[event.by] ?? 'the owner' }),
});

// Mostly they are known, and then nothing is copied.
const withName = (known, { who, from }) => (!who || known[who] === from ? known : { ...known, [who]: from });

const namesOf = (users, known) => users.reduce((names, { who, name }) => ({ ...names, [who]: name }), known);

const termsOf = ({ owner = null, title = null, locked = false, endsAt = null }) => ({ owner, title, locked, endsAt });

const keyOf = ({ id, from }) => `${id} ${from}`;

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

function updateRoster(roster, { type, who, from, at, registered }) {
  const others = () => roster.filter((user) => user.who !== who);
  switch (type) {
    case 'joined': return [...others(), { who, name: from, since: at, ...(registered && { registered }) }];
    case 'left': return others();
    default: return roster;
  }
}
