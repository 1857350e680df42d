// Starts the service worker, which shows notifications on phones, and a page that says so when there is no network.
// Its address names the style of this version and the language, so that another one replaces what it keeps.

import { base } from './paths.js';

let started = null;

export const startWorker = () => (started ??= start());

async function start() {
  if (!navigator.serviceWorker) return;
  const style = new URL(document.querySelector('link[rel=stylesheet]').href).pathname;
  const address = `${base}/worker.js?${new URLSearchParams({ style, language: document.documentElement.lang })}`;
  const policy = globalThis.trustedTypes?.createPolicy('worker', { createScriptURL: () => address });
  await navigator.serviceWorker.register(policy?.createScriptURL('') ?? address).catch(() => undefined);
}
