// All that the room page knows, before it knows anything.
import { linesFor } from './lines.js';

// page: { room, sealed?, account?, partner?, name?, lastName, seat?, draft?, unsent?, nameLength, textLength,
//         editSeconds, tellsSeen?, bell?, history? }
export const initialState = ({
  account = null, partner = null, name = null, seat = null, draft = '', unsent = null, muted = null, locked = false,
  tellsSeen = true, bell = 'off', history = 0, sealed = false, ...page
}) => ({
  ...page,
  sealed,               // what is said can be read by those with the key alone
  account,              // who is signed in
  partner,              // the other person of a direct chat, whose room's code may change
  name,                 // mine; once joined, as the room writes it
  seat,
  passphrase: null,     // once the room has asked for one; never stored
  isLockedOut: locked && !seat,

  status: 'connecting', // or 'connected', 'lost', 'asking', 'ended'
  lost: null,           // { since, why, elapsed }
  retryReason: '',      // why the connection will be lost next
  banner: null,         // { words, label, press }
  asking: null,         // { name, error, needsPassphrase, passphraseError? } while the dialog asks
  gone: null,           // { looks, lookAt } since the room, in which I was, is not there any more
  reopening: false,     // the room is gone, and is to be made again under its code
  leaving: false,
  inRoom: false,
  joining: false,
  pendingBatches: [],   // came before the join's answer
  announcing: false,    // new messages are read aloud
  announceAt: null,

  epoch: null,          // this life of the room
  seq: 0,               // the last event seen
  joinedSeq: 0,         // the roster is as of this event
  historyUntil: 0,      // what was said up to here is no news
  refilling: false,     // the next batch is all that is kept, since too much was missed
  lines: linesFor(history),   // what is shown: events, and { type: 'gap' } or { type: 'reopened' } between them
  earlierMessages: new Set(),   // shown from a previous epoch; their senders may send them again
  roster: [],
  who: null,            // my number in this life of the room
  mine: [],             // all numbers that I have had in it
  names: {},            // by number, also of those who have left
  terms: { owner: null, title: null, locked: false, endsAt: null },
  warnedOf: null,       // the end that was warned of
  muted: muted?.muted ?? [],    // numbers of those whose messages I do not want to see
  mutedEpoch: muted?.epoch ?? null,
  typists: [],          // { name, until }
  watching: true,       // somebody is looking at where new messages appear
  unread: 0,
  news: [],             // what the last batch told that others said
  bell,                 // calls me when I look away: 'off', at 'mentions' of me, or at 'all'
  firstUnread: null,    // the number of the line that was new when I came back to look

  tellsSeen,            // the others see what I have read, and I what they have
  places: [],           // { who, name, seq, away? }: how far the others have read, and whether they are there
  seenTold: 0,          // how far they know that I have
  seenToldAt: -Infinity,

  draft,
  answering: null,      // the seq of the message that the draft answers
  editing: null,        // { seq, draft } while the draft is another text for my message; and what it was before
  composerError: '',
  lastTypingAt: -Infinity,
  outboxEpoch: unsent?.epoch ?? null,     // the life of the room in which what is not sent yet was written
  outbox: unsent?.outbox ?? [],     // { id, text, replyTo?, status: 'pending' | 'sent' | 'failed', seq?, reason? }
  sending: null,        // the id in flight
  sendAgainAt: null,    // sending too fast: no sooner than this
});
