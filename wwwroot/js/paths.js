// The addresses of this server's pages, which may be below a path like /chat.
export const base = globalThis.document?.documentElement.dataset.base ?? '';

export const home = `${base}/`;
export const pathOf = (room) => `${base}/r/${room}`;
export const signInFor = (room) => `${base}/account/sign-in?return=${encodeURIComponent(pathOf(room))}`;
