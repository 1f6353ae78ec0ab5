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

  // The note is for a service worker that is yet to come, the message for the one that is there.
  const keep = async () => {
    await (await caches.open("programs")).put(`/${program}`, new Response());
    await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
    (await navigator.serviceWorker.ready).active.postMessage({ type: "keep", program });
  };
  const worker = navigator.serviceWorker;
  if (worker) keep().catch(() => {});

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

  const drawn = new Promise((done) => addEventListener("DOMContentLoaded", done));
  const start = async () => {
    const files = `/${PROGRAMS[program]}`;
    const [wasm, glue] = [fetch(`${files}_bg.wasm`), import(`${files}.js`)];
    const { default: init } = await glue;
    await drawn;
    await init({ module_or_path: wasm });
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
