// Keeps the pages and what was last seen of the public catalogue, so that both open without a line. Nothing personal is kept here.
const PAGES = `pages-${VERSION}`,
  SEEN = 'seen',
  SEEN_MAX = 300,
  PATIENCE_MS = 4000;
const shells = { '/shop': 'shop', '/county': 'county', '/passbook': 'passbook' };
const isSeenKept = (path) =>
  /^\/(api\/v1\/(home|products|categories|areas|announcements|stats|trace|suggestions)|photos|placeholders)(\/|$)|^\/api\/v1\/shops(\/[^/]+)?$/.test(
    path,
  );

addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(PAGES)
      .then((cache) => cache.addAll([...new Set(Object.values(NEEDED).flat()), ...Object.keys(shells), '/']))
      .then(() => skipWaiting()),
  );
});
addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== PAGES && name !== SEEN).map((name) => caches.delete(name))))
      .then(() => clients.claim()),
  );
});
/** Parts of pages that were fetched before this worker took over, or that only some workplaces need. */
addEventListener('message', (event) => {
  if (!Array.isArray(event.data?.keep)) return;
  event.waitUntil(
    caches.open(PAGES).then(async (cache) => {
      const missing = await Promise.all(event.data.keep.map(async (address) => ((await cache.match(address)) ? null : address)));
      await cache.addAll(missing.filter((address) => address && new URL(address).pathname.startsWith('/assets/')));
    }),
  );
});

async function keep(request, answer) {
  const cache = await caches.open(SEEN),
    headers = new Headers(answer.headers);
  headers.set('x-kept-at', new Date().toISOString());
  headers.delete('content-encoding');
  await cache.put(request, new Response(await answer.blob(), { status: 200, headers }));
  const keys = await cache.keys();
  for (const old of keys.slice(0, Math.max(0, keys.length - SEEN_MAX))) await cache.delete(old);
}
/** The network when it answers in time, else what was seen last, else whatever the network says in the end. */
async function newestOrSeen(event) {
  const { request } = event;
  const asked = fetch(request);
  const fresh = asked.then((answer) => {
    if (answer.ok) event.waitUntil(keep(request, answer.clone()));
    return answer.status === 503 ? Promise.reject(answer) : answer;
  });
  const late = new Promise((_, reject) => setTimeout(reject, PATIENCE_MS));
  try {
    return await Promise.race([fresh, late]);
  } catch {
    return (await caches.match(request, { cacheName: SEEN })) ?? fresh.catch(() => asked);
  }
}
async function pageOrShell(request) {
  try {
    return await fetch(request);
  } catch (failure) {
    const { pathname } = new URL(request.url);
    const shell = Object.keys(shells).find((one) => pathname === one || pathname.startsWith(`${one}/`)) ?? '/';
    const kept = await caches.match(shell, { cacheName: PAGES });
    if (!kept) throw failure;
    return kept;
  }
}
addEventListener('fetch', (event) => {
  const { request } = event,
    { pathname, origin } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate' && !pathname.startsWith('/api/')) event.respondWith(pageOrShell(request));
  else if (pathname.startsWith('/assets/')) event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
  else if (isSeenKept(pathname)) event.respondWith(newestOrSeen(event));
});
