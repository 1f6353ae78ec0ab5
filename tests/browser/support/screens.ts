// Every address of the app, as the app itself lists them, and one of each kind that a person can go to.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { root } from "./folders.ts";

/** An address whose changing steps have a name: `/confirm/:dossier/:entry`. */
export type Screen = string;

const programs: Record<string, string> = { cursist: "LEARNER", mentor: "MENTOR", trajectbegeleider: "DESK" };
/** An administrator has the screens of the centre, its people, its surveys, and begins leertrajecten. */
const office = "beheerder";

/** The lists in `src/screens.rs` and `seldom.rs`, everybody's and a role's: a screen that comes into them is visited from then on. */
export function screens(role: string): Screen[] {
  const read = (file: string) => readFileSync(join(root, "src/screens", file), "utf8");
  const source = read("../screens.rs");
  const name = programs[role] ?? "";
  const program = new RegExp(`^pub const ${name}: .*?^\\};`, "ms");
  const lists = [/^fn screen\(.*?^\}/ms, program].map((it) => it.exec(source)?.[0] ?? "");
  const ofDossier = ["LEARNER", "MENTOR"].includes(name) ? ["of_three"] : [];
  for (const list of [name.toLowerCase(), ...ofDossier, "of_all"]) {
    lists.push(new RegExp(`^(pub\\(super\\) )?fn ${list}\\(.*?^\\}`, "ms").exec(read("seldom.rs"))?.[0] ?? "");
  }
  if (role === office) {
    const beside = ['["invite", dossier]', '["trail", dossier]', '["surveys"]', '["survey", survey]', '["begin"]'].map((it) => `  ${it} =>`);
    lists.push(/^pub\(crate\) fn office\(.*?^\}/ms.exec(read("seldom/office.rs"))?.[0] ?? "", ...beside);
  }
  const arms = [...lists.join("\n").matchAll(/^ +\[(.*)\] =>/gm)].map(([, arm = ""]) => arm);
  const step = (it: string) => (it.startsWith('"') ? it.slice(1, -1) : `:${it}`);
  return arms.map((arm) => `/${arm.split(", ").map(step).join("/")}`);
}

/** Waits until nothing on the page changes any more. */
export async function atRest(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.evaluate(
    () =>
      new Promise<void>((done) => {
        let timer = setTimeout(done, 250);
        new MutationObserver(() => {
          clearTimeout(timer);
          timer = setTimeout(done, 250);
        }).observe(document, { subtree: true, childList: true, characterData: true });
      }),
  );
}

/**
 * Follows links from the first screen until there is one of every kind, then goes to those to which no link leads.
 * Calls back on each, with a way to open it again, and hands over the kinds without a link.
 */
export async function visitAll(
  page: Page,
  role: string,
  seen: (screen: Screen, isLinked: boolean, again: () => Promise<void>) => Promise<void>,
): Promise<Screen[]> {
  const home = page.url();
  const all = screens(role);
  const known = new Map<Screen, string>([["/", "/"]]);
  const names = new Map([["dossier", await dossier(page)]]);
  const visit = async (screen: Screen, path: string) => {
    const open = async () => {
      await page.goto(new URL(path, home).href);
      await atRest(page);
      // What is folded up is looked at as well.
      await page.evaluate(() => document.querySelectorAll("details").forEach((it) => (it.open = true)));
    };
    await open();
    await seen(screen, known.has(screen), open);
  };
  for (const [screen, path] of known) {
    await visit(screen, path);
    for (const link of await links(page)) {
      const kind = all.find((it) => matches(it, link));
      expect(kind ?? link, `a link on ${screen}`).toBe(kind);
      if (!kind) continue;
      if (!known.has(kind)) known.set(kind, link);
      const steps = link.split("/");
      kind.split("/").forEach((it, at) => it.startsWith(":") && names.set(it.slice(1), steps[at] ?? ""));
    }
  }
  const unlinked = all.filter((it) => !known.has(it));
  for (const screen of unlinked) {
    await visit(screen, screen.replace(/:([a-z]+)/g, (_, name: string) => names.get(name) ?? name));
  }
  return unlinked;
}

/** The first dossier that this device holds. */
function dossier(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const asked = <T>(it: IDBRequest<T>) => new Promise<T>((done) => (it.onsuccess = () => done(it.result)));
    for (const { name = "" } of await indexedDB.databases()) {
      const database = await asked(indexedDB.open(name));
      const [first] = await asked(database.transaction("heads").objectStore("heads").getAllKeys());
      database.close();
      if (!first) continue;
      const bytes = new Uint8Array(first as ArrayBuffer);
      return [...bytes].map((it) => it.toString(16).padStart(2, "0")).join("");
    }
    return "";
  });
}

function links(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("a")]
      .map((it) => new URL(it.href))
      .filter((it) => it.origin === location.origin && it.pathname !== location.pathname)
      .map((it) => it.pathname),
  );
}

function matches(screen: Screen, link: string): boolean {
  const pattern = screen.replace(/:[a-z]+/g, "[^/]+");
  return new RegExp(`^${pattern}$`).test(link);
}
