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
  const shown = fresh.filter((event) => isKnown(event.type) && !state.earlierMessages.has(keyOf(event)));
  const isNews = (event) => event.type === 'message' && event.from !== state.name && event.seq > state.historyUntil;
  const news = state.watching ? 0 : shown.filter(isNews).length;
  return {
    ...state,
    seq,
    lines: [...state.lines, ...shown],
    unread: state.unread + news,
    firstUnread: state.firstUnread ?? (news > 0 ? state.lines.length + shown.findIndex(isNews) : null),
    roster: fresh.filter((event) => event.seq > state.joinedSeq).reduce(updateRoster, state.roster),
    typists: state.typists.filter((typist) => !shown.some((event) => event.from === typist.name)),
    outbox: state.outbox.filter((mine) => !isSettled(mine, fresh, seq, state.name)),
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

const isKnown = (type) => type === 'message' || type === 'joined' || type === 'left';

const keyOf = ({ id, from }) => `${id} ${from}`;

const isSettled = (mine, fresh, seq, name) =>
  (mine.status === 'sent' && mine.seq <= seq) || fresh.some((event) => event.id === mine.id && event.from === name);

function updateRoster(roster, { type, from, at, registered }) {
  const others = () => roster.filter((user) => user.name !== from);
  switch (type) {
    case 'joined': return [...others(), { name: from, since: at, ...(registered && { registered }) }];
    case 'left': return others();
    default: return roster;
  }
}
