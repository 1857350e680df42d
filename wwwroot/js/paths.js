// The addresses of this server's pages, which may be below a path like /chat.
export const base = globalThis.document?.documentElement.dataset.base ?? '';

export const home = `${base}/`;
export const pathOf = (room) => `${base}/r/${room}`;
export const signInFor = (room) => `${base}/account/sign-in?return=${encodeURIComponent(pathOf(room))}`;

// The key of a sealed room is the part of its link that no browser sends.
const KEY = /#k=([\w-]{22})(?![\w-])/;

export const keyIn = (link) => KEY.exec(link)?.[1] ?? null;
export const withKey = (link, key) => (key ? `${link.split('#')[0]}#k=${key}` : link);
