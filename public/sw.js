// Keeps one build of the app on the device, whole, and runs it without a server. It never touches what people wrote.
const BUILD = /*stage*/null;
const CACHE = BUILD && `dubbelspoor-${BUILD.id}`;
const OURS = /^dubbelspoor-/;

// All or nothing: a build is never mixed with another.
const keep = async () => {
  const cache = await caches.open(CACHE);
  await cache.addAll(BUILD.files.map((file) => new Request(file, { cache: "reload" })));
};

addEventListener("install", (event) => {
  if (!BUILD) return;
  event.waitUntil(
    keep().then(async () => {
      // On a cold start nobody is in the middle of anything. Otherwise the app asks its user.
      const open = await clients.matchAll({ type: "window" });
      if (open.length === 0) await skipWaiting();
    }),
  );
});

addEventListener("activate", (event) => {
  if (!BUILD) return;
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter((it) => OURS.test(it) && it !== CACHE).map((it) => caches.delete(it)))),
  );
});

addEventListener("message", (event) => {
  if (event.data?.type === "update") skipWaiting();
});

const page = async (request) => {
  const path = new URL(request.url).pathname;
  const name = BUILD.files.includes(path) && path !== "/" ? path : "/";
  return (await caches.match(name, { cacheName: CACHE })) ?? fetch(request);
};

// The answer is handed on untouched, or the browser forgets the compiled code that belongs to it.
const asset = async (request) => (await caches.match(request, { cacheName: CACHE, ignoreSearch: true })) ?? fetch(request);

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (!BUILD || request.method !== "GET" || url.origin !== location.origin) return;
  if (/^\/(v1\/|healthz|metrics)/.test(url.pathname)) return;
  event.respondWith(request.mode === "navigate" ? page(request) : asset(request));
});
