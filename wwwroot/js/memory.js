// What this tab remembers (who I am here, my seats) and what this browser does (the last name, rooms I was in lately).
// A browser may forbid either; then they are simply not remembered.

const LATELY = 8;

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

const tab = () => sessionStorage;
const browser = () => localStorage;

export const myName = () => read(tab, 'name');
export const lastName = () => myName() ?? read(browser, 'name') ?? '';

export function rememberName(name) {
  write(tab, 'name', name);
  write(browser, 'name', name);
}

export const mySeat = (room) => read(tab, `seat:${room}`);
export const rememberSeat = (room, seat) => write(tab, `seat:${room}`, seat);
export const forgetSeat = (room) => write(tab, `seat:${room}`, null);

export const draftIn = (room) => read(tab, `draft:${room}`) ?? '';
export const rememberDraft = (room, text) => write(tab, `draft:${room}`, text || null);

export const roomsLately = () => read(browser, 'rooms') ?? [];
export const rememberRoom = (room) => write(browser, 'rooms', [room, ...roomsLately().filter((other) => other !== room)].slice(0, LATELY));
export const forgetRoom = (room) => write(browser, 'rooms', roomsLately().filter((other) => other !== room));
