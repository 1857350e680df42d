// What this tab remembers (my name here, my seats) and what this browser does (my last name, recent rooms, whether
// others see what I have read, when it calls me).
// A browser may forbid either; then they are simply not remembered.

const RECENT_ROOMS = 8;

const tab = () => sessionStorage;
const browser = () => localStorage;

export const myName = () => read(tab, 'name');
export const lastName = () => myName() ?? read(browser, 'name') ?? '';

export function rememberName(name) {
  write(tab, 'name', name);
  write(browser, 'name', name);
}

export const seatIn = (room) => read(tab, `seat:${room}`);
export const rememberSeat = (room, seat) => write(tab, `seat:${room}`, seat);

// Of a sealed room: in the tab at once, in the browser with the room once it was joined.
export const keyIn = (room) =>
  read(tab, `key:${room}`) ?? recentRooms().find((recent) => recent.room === room)?.key ?? null;
export const rememberKey = (room, key) => write(tab, `key:${room}`, key);
export const forgetKey = (room) => write(tab, `key:${room}`, null);

export const isSeatInUse = () => read(tab, 'seatInUse') ?? false;
export const rememberSeatInUse = (on) => write(tab, 'seatInUse', on || null);

export const draftIn = (room) => read(tab, `draft:${room}`) ?? '';
export const rememberDraft = (room, text) => write(tab, `draft:${room}`, text || null);

export const rememberShared = (text) => write(tab, 'shared', text);

export function takeShared() {
  const text = read(tab, 'shared');
  write(tab, 'shared', null);
  return text;
}

// What I wrote and was not sent; it goes with the seat.
export const unsentIn = (room) => read(tab, `unsent:${room}`);
export const rememberUnsent = (room, unsent) =>
  write(tab, `unsent:${room}`, unsent.outbox.length > 0 ? unsent : null);

export function forgetSeat(room) {
  write(tab, `seat:${room}`, null);
  write(tab, `unsent:${room}`, null);
}

// Numbers of people, which mean something in one life of the room alone.
export const mutedIn = (room) => read(tab, `muted:${room}`);
export const rememberMuted = (room, muted) => write(tab, `muted:${room}`, muted);

export const bellIn = (room) => read(browser, `bell:${room}`) ?? 'off';
export const rememberBell = (room, bell) => write(browser, `bell:${room}`, bell === 'off' ? null : bell);
export const bellSettings = () => read(browser, 'bell') ?? { sound: 'knock', words: false };
export const rememberBellSettings = (settings) => write(browser, 'bell', settings);

export const callsForDirects = () => read(browser, 'bell:directs') ?? false;
export const rememberCallsForDirects = (on) => write(browser, 'bell:directs', on || null);

// Up to where some tab has shown the room to somebody, or called them.
export const calledUpTo = (room) => read(browser, `called:${room}`);
export const rememberCalled = (room, place) => write(browser, `called:${room}`, place);

export const tellsSeen = () => read(browser, 'tellsSeen') ?? true;
export const rememberTellsSeen = (on) => write(browser, 'tellsSeen', on);

// [{ room, title, hue, proof, key? }], the last one first
export const recentRooms = () => read(browser, 'recentRooms') ?? [];
export function rememberRoom(recent) {
  // A page that may not say whether the room is there has no proof of it.
  const proof = recent.proof || recentRooms().find(({ room }) => room === recent.room)?.proof;
  write(browser, 'recentRooms', [{ ...recent, proof }, ...roomsBut(recent.room)].slice(0, RECENT_ROOMS));
}
export const forgetRoom = (room) => write(browser, 'recentRooms', roomsBut(room));

const roomsBut = (room) => recentRooms().filter((other) => other.room !== room);

function read(storage, key) {
  try {
    return JSON.parse(storage().getItem(key));
  } catch {
    return null;
  }
}

function write(storage, key, value) {
  try {
    if (value === null) storage().removeItem(key);
    else storage().setItem(key, JSON.stringify(value));
  } catch {
    // Forbidden or full: it is only a convenience.
  }
}
