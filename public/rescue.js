// The way out when the app cannot start: shows and saves what is unsent. Reads storage, never writes it.
const words = {
  nl: {
    title: "Noodpagina",
    lead: "De app startte niet. Alles wat je schreef staat nog op dit toestel. Bewaar het hier als bestand en geef dat aan je trajectbegeleider als herstellen niet helpt.",
    none: "Er is niets dat nog verstuurd moet worden.",
    count: (unsent, drafts) => `Nog niet bij de school: ${unsent}. Half geschreven: ${drafts}.`,
    save: "Bewaar als bestand",
    repairWords: "Herstellen haalt de app opnieuw op. Wat je schreef blijft staan. Je hebt verbinding nodig.",
    repair: "Herstel de app",
    home: "Terug naar de app",
    broken: "De opslag van dit toestel kon niet gelezen worden.",
    offline: "Er is geen verbinding met de school. Probeer het later opnieuw.",
  },
  en: {
    title: "Rescue page",
    lead: "The app did not start. All you wrote is still on this device. Save it here as a file and give that to your coach if repairing does not help.",
    none: "There is nothing left to send.",
    count: (unsent, drafts) => `Not at the school yet: ${unsent}. Half written: ${drafts}.`,
    save: "Save as a file",
    repairWords: "Repairing fetches the app anew. What you wrote stays. You need a connection.",
    repair: "Repair the app",
    home: "Back to the app",
    broken: "The storage of this device could not be read.",
    offline: "There is no connection with the school. Try again later.",
  },
  fr: {
    title: "Page de secours",
    lead: "L’application n’a pas démarré. Tout ce que vous avez écrit est encore sur cet appareil. Enregistrez-le ici et donnez le fichier à votre accompagnateur si la réparation n’aide pas.",
    none: "Il n’y a plus rien à envoyer.",
    count: (unsent, drafts) => `Pas encore à l’école : ${unsent}. À moitié écrit : ${drafts}.`,
    save: "Enregistrer un fichier",
    repairWords: "La réparation télécharge à nouveau l’application. Ce que vous avez écrit reste. Il faut une connexion.",
    repair: "Réparer l’application",
    home: "Retour à l’application",
    broken: "La mémoire de cet appareil n’a pas pu être lue.",
    offline: "Pas de connexion avec l’école. Réessayez plus tard.",
  },
};

let language = navigator.language.slice(0, 2);
try {
  const settings = JSON.parse(localStorage.getItem("dubbelspoor.settings"));
  language = settings?.language ?? language;
  if (settings?.theme) document.documentElement.dataset.theme = settings.theme;
} catch {}
const say = words[language] ?? words.nl;
document.documentElement.lang = words[language] ? language : "nl";

const at = (id) => document.getElementById(id);
const request = (it) => new Promise((done, failed) => ((it.onsuccess = () => done(it.result)), (it.onerror = () => failed(it.error))));
const base64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

const read = async (name) => {
  const opening = indexedDB.open(name);
  opening.onupgradeneeded = () => opening.transaction.abort();
  const database = await request(opening);
  try {
    const stores = ["outbox", "refused", "drafts", "photos", "unsent"].filter((it) => database.objectStoreNames.contains(it));
    if (stores.length === 0) return null;
    const reading = database.transaction(stores);
    const all = async (store) => {
      if (!stores.includes(store)) return [];
      const from = reading.objectStore(store);
      const [keys, values] = await Promise.all([request(from.getAllKeys()), request(from.getAll())]);
      return keys.map((key, index) => ({ key, value: values[index] }));
    };
    const [outbox, refused, drafts, photos, waiting] = await Promise.all(
      ["outbox", "refused", "drafts", "photos", "unsent"].map(all),
    );
    const unsent = new Set(waiting.map(({ key }) => hex(key[1])));
    const event = ({ key, value }) => ({ dossier: hex(key[0]), hash: hex(key[1]), event: base64(new Uint8Array(value)) });
    return {
      account: name,
      unsent: outbox.map(event),
      refused: refused.map(event),
      drafts: drafts.map(({ key, value }) => ({ name: key, text: value })),
      photos: photos
        .filter(({ key }) => unsent.has(hex(key[1])))
        .map(({ key, value }) => ({ dossier: hex(key[0]), hash: hex(key[1]), jpeg: base64(value) })),
    };
  } finally {
    database.close();
  }
};

const held = async () => {
  const names = (await indexedDB.databases()).map((it) => it.name).filter((it) => it.startsWith("dubbelspoor-"));
  return (await Promise.all(names.map(read))).filter(Boolean);
};

at("title").textContent = say.title;
at("lead").textContent = say.lead;
at("save").textContent = say.save;
at("repair-words").textContent = say.repairWords;
at("repair").textContent = say.repair;
at("home").textContent = say.home;

held()
  .then((accounts) => {
    const sum = (of) => accounts.reduce((total, it) => total + it[of].length, 0);
    const [unsent, drafts] = [sum("unsent") + sum("refused") + sum("photos"), sum("drafts")];
    at("count").textContent = unsent + drafts === 0 ? say.none : say.count(unsent, drafts);
    at("save").disabled = unsent + drafts === 0;
    at("save").onclick = () => {
      const file = new Blob([JSON.stringify({ saved: new Date().toISOString(), accounts }, null, 1)], { type: "application/json" });
      const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: "dubbelspoor-onverstuurd.json" });
      link.click();
    };
  })
  .catch(() => (at("count").textContent = say.broken));

at("repair").onclick = async () => {
  const answer = await fetch("/healthz", { cache: "no-store" }).catch(() => null);
  if (!answer?.ok) return void (at("count").textContent = say.offline);
  for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) await worker.unregister();
  if ("caches" in window) for (const name of await caches.keys()) await caches.delete(name);
  sessionStorage.removeItem("dubbelspoor.crashes");
  location.replace("/");
};
