// Before the app: the theme, the service worker, and a way out when the app does not start.
(() => {
  const root = document.documentElement;
  let settings = {};
  try {
    settings = JSON.parse(localStorage.getItem("dubbelspoor.settings")) ?? {};
  } catch {}
  if (settings.theme) root.dataset.theme = settings.theme;
  if (settings.language) root.lang = settings.language;

  // Each role has a program of its own. An invitation or a change of role names it in the address; it stays.
  const PROGRAMS = /*stage*/null;
  // Not `in`: every object has a `toString`, and an address may name anything.
  const isProgram = (name) => Object.keys(PROGRAMS).includes(name);
  let program = location.search.slice(1);
  try {
    if (isProgram(program)) localStorage.setItem("dubbelspoor.program", program);
    else program = localStorage.getItem("dubbelspoor.program");
  } catch {}
  if (!isProgram(program)) program = "learner";

  // Whether programs are in two parts, and the second one of this page once somebody asked for it.
  const CUT = /*stage*/null;
  let whole;

  // The texts of a program are a file per language beside it. The choice of this device, else the browser's.
  const LANGUAGES = ["nl", "en", "fr"];
  const chosen = String(settings.language ?? navigator.language).slice(0, 2);
  const language = LANGUAGES.includes(chosen) ? chosen : "nl";

  // The notes are for a service worker that is yet to come, the message for the one that is there.
  const worker = navigator.serviceWorker;
  const keep = async (languages) => {
    const notes = await caches.open("programs");
    await Promise.all([program, ...languages].map((it) => notes.put(`/${it}`, new Response())));
    await worker.register("/sw.js", { updateViaCache: "none" });
    (await worker.ready).active.postMessage({ type: "keep" });
  };
  if (worker) keep([language]).catch(() => {});
  const keepAll = () => worker && keep(LANGUAGES).catch(() => {});
  // At a later start, once the rest is done: then another language needs no connection.
  if (worker?.controller && !navigator.connection?.saveData) addEventListener("load", () => setTimeout(keepAll, 8000));

  // From the school, else what this device has.
  const get = async (address, until) => {
    const answer = await fetch(address, { signal: until }).catch(() => caches.match(address));
    if (!answer?.ok) throw new Error(address);
    return answer;
  };
  // The second part of the program has texts of its own, for whoever has it.
  const bring = (language, until) => {
    const parts = CUT && whole ? ["", "_seldom"] : [""];
    return Promise.all(parts.map(async (it) => (await get(`/${PROGRAMS[program]}${it}.${language}.txt`, until)).text()));
  };
  // Without the language of choice any that is on this device is better than none.
  const words = async ([language, ...others]) => {
    try {
      return { language, packs: await bring(language) };
    } catch (error) {
      if (others.length === 0) throw error;
      return words(others);
    }
  };

  // This build is not whole on this device, nor at the school any more: the next one is.
  const renew = async () => {
    const registration = await worker?.getRegistration();
    if (!registration) return;
    const go = () => registration.waiting?.postMessage({ type: "update" });
    worker.addEventListener("controllerchange", () => location.reload());
    registration.addEventListener("updatefound", () => registration.installing.addEventListener("statechange", go));
    go();
    await registration.update();
  };

  // What is seldom needed is a second part of the program, fetched and kept once the first screen stands.
  let begun;
  const first = new Promise((done) => (begun = done));
  const bringSeldom = async () => {
    const p = await first;
    if (!CUT) return;
    await WebAssembly.instantiateStreaming(get(`/${PROGRAMS[program]}_seldom.wasm`), { p });
  };
  // Once; after a failure the next one to ask tries again. Hands over the texts of the whole in a language.
  const makeWhole = async (language) => {
    whole ??= bringSeldom().catch((error) => ((whole = null), Promise.reject(error)));
    const [packs] = await Promise.all([bring(language), whole]);
    return packs;
  };
  window.program = { whole: makeWhole };

  const drawn = new Promise((done) => addEventListener("DOMContentLoaded", done));
  const start = async () => {
    const files = `/${PROGRAMS[program]}`;
    const [wasm, glue, said] = [fetch(`${files}_bg.wasm`), import(`${files}.js`), words([language, ...LANGUAGES])];
    const { default: init } = await glue;
    // Nobody waits longer for another language than for a page.
    const patient = (language) => bring(language, AbortSignal.timeout?.(10000));
    window.words = { ...(await said), bring: patient, keepAll };
    await drawn;
    begun(await init({ module_or_path: wasm }));
    if (worker) keep([language, "seldom"]).catch(() => {});
  };
  start().catch((error) => {
    failed(error);
    if (!isAlive()) renew().catch(() => {});
  });

  const texts = {
    nl: ["De app start niet.", "Wat je schreef staat veilig op dit toestel.", "Opnieuw proberen", "Noodpagina"],
    en: ["The app does not start.", "What you wrote is safe on this device.", "Try again", "Rescue page"],
    fr: ["L’application ne démarre pas.", "Ce que vous avez écrit est en sécurité sur cet appareil.", "Réessayer", "Page de secours"],
  };

  const isAlive = () => "alive" in root.dataset;
  let offered = false;
  const offer = () => {
    if (offered) return;
    offered = true;
    const words = texts[root.lang.slice(0, 2)] ?? texts.nl;
    const box = document.createElement("div");
    box.className = "rescue-offer";
    // A slow start that succeeds after all takes the offer away again.
    box.toggleAttribute("data-early", !isAlive());
    box.setAttribute("role", "alertdialog");
    box.setAttribute("aria-label", words[0]);
    const line = (tag, text) => box.appendChild(Object.assign(document.createElement(tag), { textContent: text }));
    line("strong", words[0]);
    line("p", words[1]);
    const again = line("button", words[2]);
    again.className = "button";
    again.onclick = () => location.reload();
    const rescue = line("a", words[3]);
    rescue.className = "button";
    rescue.href = "/rescue.html";
    document.body.append(box);
    again.focus();
  };

  // A panic leaves the page frozen: start again, twice at the most, then ask a person.
  const crashed = () => {
    let times = 2;
    try {
      times = Number(sessionStorage.getItem("dubbelspoor.crashes") ?? 0);
      sessionStorage.setItem("dubbelspoor.crashes", times + 1);
    } catch {}
    if (times < 2 && isAlive()) location.reload();
    else offer();
  };

  const isWasm = (error) => error instanceof WebAssembly.RuntimeError || error instanceof WebAssembly.LinkError || error instanceof WebAssembly.CompileError;
  const failed = (error) => {
    if (isWasm(error)) crashed();
    else if (!isAlive()) offer();
  };
  addEventListener("error", (event) => failed(event.error), true);
  addEventListener("unhandledrejection", (event) => failed(event.reason));
  addEventListener("load", () => setTimeout(() => isAlive() || offer(), 10000));
})();
