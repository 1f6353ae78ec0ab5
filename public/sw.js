// Keeps one build of the app on the device, whole, and runs it without a server. It never touches what people wrote.
const BUILD = /*stage*/null;
const CACHE = BUILD && `dubbelspoor-${BUILD.id}`;
const OURS = /^dubbelspoor-/;

const keep = async (files) => {
  const cache = await caches.open(CACHE);
  await cache.addAll(files.map((file) => new Request(file, { cache: "reload" })));
};

// The page notes which programs and which languages are used on this device. Without a note all of them are.
const noted = async (all) => {
  const notes = await (await caches.open("programs")).keys();
  const names = notes.map((it) => new URL(it.url).pathname.slice(1)).filter((it) => all.includes(it));
  return names.length ? names : all;
};

// What each program that is used adds, with its texts; and once a first screen stood, what comes after that.
const used = async () => {
  const programs = await noted(Object.keys(BUILD.programs));
  const languages = await noted(Object.keys(BUILD.words[programs[0]]));
  const later = await (await caches.open("programs")).match("/seldom");
  const said = (packs) => languages.map((language) => packs[language]);
  const seldom = (it) => (later && BUILD.seldom[it] ? [BUILD.seldom[it], ...said(BUILD.more[it])] : []);
  const own = (it) => [...BUILD.programs[it], ...said(BUILD.words[it]), ...seldom(it)];
  return [...(later ? [BUILD.later] : []), ...programs.map(own)];
};

// All or nothing: a build is never mixed with another.
const keepAll = async () => keep([...BUILD.files, ...(await used()).flat()]);

// Somebody has taken up another role, or may speak another language.
const keepMore = async () => {
  const cache = await caches.open(CACHE);
  const complete = async (files) => {
    const here = await Promise.all(files.map((it) => cache.match(it)));
    await keep(files.filter((_, at) => !here[at]));
  };
  await Promise.all((await used()).map(complete));
};

// At the edge of reception a request is soon lost, and nobody asks again before the next start. A newer build ends it: that
// one keeps its own, and would wait for this one to be done.
const isReplaced = () => Boolean(registration.installing ?? registration.waiting);
const patiently = async (work) => {
  for (const pause of [1, 4, 9, 16]) {
    try {
      return await work();
    } catch {
      for (let second = 0; second < pause; second++) {
        if (isReplaced()) return;
        await new Promise((later) => setTimeout(later, 1000));
      }
    }
  }
  return work();
};

// Those of the build before this one too: to a worker that is being installed they count as not its own.
const windows = () => clients.matchAll({ type: "window", includeUncontrolled: true });

addEventListener("install", (event) => {
  if (!BUILD) return;
  event.waitUntil(
    keepAll().then(async () => {
      // With no window open nobody is in the middle of anything. Otherwise the app asks its user.
      if ((await windows()).length === 0) await skipWaiting();
    }),
  );
});

// A window beside the one that asked for the update still runs the build before: that one goes at the next update.
const tidy = async () => {
  if ((await windows()).length > 1) return;
  const old = (await caches.keys()).filter((it) => OURS.test(it) && it !== CACHE);
  await Promise.all(old.map((it) => caches.delete(it)));
};

addEventListener("activate", (event) => {
  if (BUILD) event.waitUntil(tidy());
});

addEventListener("message", (event) => {
  if (event.data?.type === "update") skipWaiting();
  if (BUILD && event.data?.type === "keep") event.waitUntil(patiently(keepMore));
});

const page = async (request) => {
  const path = new URL(request.url).pathname;
  const name = [...BUILD.files, ...BUILD.later].includes(path) && path !== "/" ? path : "/";
  return (await caches.match(name, { cacheName: CACHE })) ?? fetch(request);
};

// The answer is handed on untouched, or the browser forgets the compiled code that belongs to it.
const asset = async (request) =>
  (await caches.match(request, { cacheName: CACHE, ignoreSearch: true })) ?? (await caches.match(request)) ?? fetch(request);

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (!BUILD || request.method !== "GET" || url.origin !== location.origin) return;
  if (/^\/(v1\/|healthz|metrics)/.test(url.pathname)) return;
  event.respondWith(request.mode === "navigate" ? page(request) : asset(request));
});

// The browser wakes us now and then, when it sees fit. The app left a note of the days on which something waits; by day, and
// once a day, somebody is told so.
const DAY = { from: 7, until: 21 };
const tell = async () => {
  const notes = await caches.open("programs");
  const note = await (await notes.match("/waiting"))?.json();
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((it) => String(it).padStart(2, "0")).join("-");
  const isByDay = now.getHours() >= DAY.from && now.getHours() < DAY.until;
  const told = await (await notes.match("/told"))?.text();
  if (!note?.days.includes(today) || !isByDay || told === today || (await windows()).some((it) => it.focused)) return;
  await notes.put("/told", new Response(today));
  await registration.showNotification("Dubbelspoor", { body: note.said, tag: "waiting", icon: "/icons/icon-192.png" });
};

addEventListener("periodicsync", (event) => {
  if (event.tag === "waiting") event.waitUntil(tell());
});

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(windows().then(([first]) => first?.focus() ?? clients.openWindow("/")));
});
