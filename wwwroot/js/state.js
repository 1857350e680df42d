// What the page knows, as a pure fold: state and something that happened give the next state.
// The rules are the server's contract: batches that come while a join is pending are set aside until its answer;
// of those and all later ones only batches of the joined epoch count, and no seq counts twice.

export const initial = Object.freeze({
  name: null,         // mine, as the room writes it
  epoch: null,        // this life of the room
  seq: 0,             // the last event seen
  joinedSeq: 0,       // the roster is as of this event
  joining: false,
  aside: [],          // batches that came before the join's answer
  lines: [],          // what is shown: events, and the places where some are missing
  former: new Set(),  // messages shown of a former life of the room: who had no answer then sends them again
  roster: [],
  outbox: [],         // { id, text, status: 'pending' | 'sent' | 'failed', seq?, reason? }
  since: 0,           // what is older was said before I came, and is nothing new
  watching: true,     // somebody looks at where new messages come
  unread: 0,
  firstUnread: null,  // the line that was new when I came back to look
});

const steps = {
  joining: (state) => ({ ...state, joining: true, aside: [] }),

  // The connection was lost before the answer came.
  dropped: (state) => ({ ...state, joining: false, aside: [] }),

  joined(state, { answer }) {
    const anew = state.epoch !== null && state.epoch !== answer.epoch;
    const lines = [...state.lines];
    if (anew) lines.push({ type: 'anew' });
    if (answer.gap) lines.push({ type: 'gap' });
    const joined = {
      ...state,
      name: answer.name,
      epoch: answer.epoch,
      seq: anew ? 0 : state.seq,
      joinedSeq: answer.seq,
      since: state.epoch === answer.epoch ? state.since : answer.seq,
      joining: false,
      aside: [],
      lines,
      former: anew ? new Set(lines.filter((line) => line.id).map(keyOf)) : state.former,
      roster: answer.users,
      // What the former life had taken is gone with it.
      outbox: anew ? state.outbox.map((mine) => (mine.status === 'sent' ? { id: mine.id, text: mine.text, status: 'pending' } : mine)) : state.outbox,
    };
    return state.aside.reduce((next, batch) => steps.received(next, batch), joined);
  },

  received(state, { events, epoch }) {
    if (state.joining) return { ...state, aside: [...state.aside, { events, epoch }] };
    if (epoch !== state.epoch) return state;
    const fresh = events.filter((event) => event.seq > state.seq);
    if (fresh.length === 0) return state;
    const seq = fresh.at(-1).seq;
    const shown = fresh.filter((event) => isKnown(event.type) && !state.former.has(keyOf(event)));
    const isNews = (event) => event.type === 'message' && event.from !== state.name && event.seq > state.since;
    const news = state.watching ? 0 : shown.filter(isNews).length;
    return {
      ...state,
      seq,
      lines: [...state.lines, ...shown],
      unread: state.unread + news,
      firstUnread: state.firstUnread ?? (news > 0 ? state.lines.length + shown.findIndex(isNews) : null),
      roster: fresh.filter((event) => event.seq > state.joinedSeq).reduce(follow, state.roster),
      outbox: state.outbox.filter((mine) => !isSettled(mine, fresh, seq, state.name)),
    };
  },

  // Looking away forgets where the last news began; looking again leaves it marked.
  watched: (state, { watching }) => ({ ...state, watching, unread: watching ? 0 : state.unread, firstUnread: watching ? state.firstUnread : null }),

  queued: (state, { id, text }) => ({ ...state, outbox: [...state.outbox, { id, text, status: 'pending' }] }),

  // Where the event itself was seen already, nothing is left to wait for.
  acknowledged: (state, { id, seq }) => ({
    ...state,
    outbox: seq <= state.seq
      ? state.outbox.filter((mine) => mine.id !== id)
      : state.outbox.map((mine) => (mine.id === id ? { ...mine, status: 'sent', seq } : mine)),
  }),

  failed: (state, { id, reason }) => ({
    ...state,
    outbox: state.outbox.map((mine) => (mine.id === id ? { ...mine, status: 'failed', reason } : mine)),
  }),

  withdrawn: (state, { id }) => ({ ...state, outbox: state.outbox.filter((mine) => mine.id !== id) }),

  retried: (state, { id }) => ({
    ...state,
    outbox: state.outbox.map((mine) => (mine.id === id ? { id, text: mine.text, status: 'pending' } : mine)),
  }),
};

export function fold(state, action) {
  return steps[action.type](state, action);
}

const isKnown = (type) => type === 'message' || type === 'joined' || type === 'left';

const keyOf = ({ id, from }) => `${id} ${from}`;

const isSettled = (mine, fresh, seq, name) =>
  (mine.status === 'sent' && mine.seq <= seq) || fresh.some((event) => event.id === mine.id && event.from === name);

function follow(roster, event) {
  switch (event.type) {
    case 'joined': return [...roster.filter((user) => user.name !== event.from), { name: event.from, since: event.at, ...(event.registered && { registered: true }) }];
    case 'left': return roster.filter((user) => user.name !== event.from);
    default: return roster;
  }
}
