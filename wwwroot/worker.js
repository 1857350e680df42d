// The service worker: everything comes from the network; without one, a page says so. Nothing else is kept, so nothing
// is ever old. A notification leads to its room.

const OFFLINE = new URL('offline', location.href).pathname;
const PARAMETERS = new URL(location.href).searchParams;
const STYLE = PARAMETERS.get('style');
const KEPT = [OFFLINE, STYLE];
const CACHE = `offline ${STYLE} ${PARAMETERS.get('language')}`;

addEventListener('install', (event) => event.waitUntil(keep()));
addEventListener('activate', (event) => event.waitUntil(forgetOthers()));
addEventListener('fetch', (event) => {
  const { request } = event;
  const isKept = KEPT.includes(new URL(request.url).pathname);
  if (request.mode === 'navigate' && request.method === 'GET')
    event.respondWith(fetch(request).catch(() => caches.match(OFFLINE)));
  else if (isKept) event.respondWith(fetch(request).catch(() => caches.match(request)));
});
addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(show(event.notification.data.path));
});

async function keep() {
  const cache = await caches.open(CACHE);
  await cache.addAll(KEPT.map((path) => new Request(path, { cache: 'reload' })));
  await skipWaiting();
}

async function forgetOthers() {
  for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
}

async function show(path) {
  const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  const open = windows.find((client) => new URL(client.url).pathname === path);
  return open ? open.focus() : clients.openWindow(path);
}
