// What a sealed room's texts are sealed with and opened by, as docs/sealed.md says. The key never leaves the browser.

const PREFIX = 'v1.';
const KEY_BYTES = 16;
const CHECK_BYTES = 16;
const NONCE_BYTES = 12;
const SIGNS = [...'🐶🐱🐭🐰🦊🐻🐼🐯🦁🐮🐷🐸🐵🐔🐧🐤🦆🦉🐴🦄🐝🦋🐌🐞🐢🐍🐙🦀🐬🐳🐟🐘' +
  '🌵🌲🍀🍁🍄🌻🌙🌈🔥🍎🍋🍉🍇🍓🍒🍍🥕🌽🍞🧀🍕🍩🎂☕🚗🚲🚀⚓🏠🔔🎈🔑'];

// Browsers have it on https and on this machine alone.
export const canSeal = () => globalThis.crypto?.subtle !== undefined;

export const newKey = () => encode(crypto.getRandomValues(new Uint8Array(KEY_BYTES)));

// Tells a wrong key from the right one, and nothing of either.
export const checkOf = async (key, room) => encode(await derive(key, `check/${room}`, CHECK_BYTES));

// The same for everybody with the same key, to be read out.
export const signsOf = async (key, room) =>
  Array.from(await derive(key, `signs/${room}`, 4), (byte) => SIGNS[byte % SIGNS.length]);

// The key of one life of the room.
export async function textKey(key, room, epoch) {
  const bytes = await derive(key, `text/${room}/${epoch}`, 32);
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

export async function seal(textKey, text, context) {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const sealed = await crypto.subtle.encrypt(algorithm(nonce, context), textKey, new TextEncoder().encode(text));
  return PREFIX + encode(new Uint8Array([...nonce, ...new Uint8Array(sealed)]));
}

// Null if it was sealed with another key, for another context, or altered.
export async function open(textKey, sealed, context) {
  try {
    if (!sealed.startsWith(PREFIX)) return null;
    const bytes = decode(sealed.slice(PREFIX.length));
    const nonce = bytes.subarray(0, NONCE_BYTES);
    const text = await crypto.subtle.decrypt(algorithm(nonce, context), textKey, bytes.subarray(NONCE_BYTES));
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(text);
  } catch {
    return null;
  }
}

// What a text is bound to: whose it is, and where it belongs.
export const contexts = {
  message: ({ who, id, replyTo }) => `message\n${who}\n${id}\n${replyTo ?? ''}`,
  edited: ({ who, of }) => `edited\n${who}\n${of}`,
  titled: () => 'titled',
};

const algorithm = (iv, context) => ({ name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(context) });

async function derive(key, purpose, length) {
  const material = await crypto.subtle.importKey('raw', decode(key), 'HKDF', false, ['deriveBits']);
  const info = new TextEncoder().encode(`roomchat/sealed/v1/${purpose}`);
  const algorithm = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, material, length * 8));
}

const encode = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

function decode(text) {
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
  if (encode(bytes) !== text) throw new Error('Not what these bytes are written as');
  return bytes;
}
