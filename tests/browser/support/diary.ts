// What people do in the app, in as few steps as they do it, and what their device keeps of it.

import { expect, type Locator, type Page } from "@playwright/test";
import type { Person } from "./people.ts";
import type { Invitation } from "./server.ts";

/** Follows the link of an invitation; the app then shows the dossier. */
export async function join(person: Person, invitation: Invitation): Promise<Page> {
  const link = new URL(invitation.link);
  const page = await person.open(link.pathname + link.hash);
  await page.getByRole("button", { name: "Doe mee" }).click();
  await expect(newActivity(page)).toBeVisible();
  return page;
}

export function newActivity(page: Page): Locator {
  return page.getByRole("link", { name: "Nieuwe activiteit" });
}

/** Opens the form and types; nothing is saved yet. */
export async function type(page: Page, text: string): Promise<void> {
  await page.goto(new URL("/new", page.url()).href);
  await page.getByLabel("Wat heb je gedaan?").fill(text);
}

export function save(page: Page): Promise<void> {
  return page.getByRole("button", { name: "Bewaar", exact: true }).click();
}

export function kept(page: Page): Locator {
  return page.getByText("Bewaard op dit toestel");
}

/** Types and saves; resolves when the app says that it is kept. */
export async function write(page: Page, text: string): Promise<void> {
  await type(page, text);
  await save(page);
  await expect(kept(page)).toBeVisible();
}

/** The service worker has the whole app, so that it opens without a server. */
export async function installed(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
}

/** How many records each store of this account holds. */
export function held(page: Page, invitation: Invitation): Promise<Record<string, number>> {
  return page.evaluate(async (name) => {
    const asked = <T>(it: IDBRequest<T>) =>
      new Promise<T>((done, failed) => {
        it.onsuccess = () => done(it.result);
        it.onerror = () => failed(it.error);
      });
    const database = await asked(indexedDB.open(name));
    const stores = [...database.objectStoreNames];
    const reading = database.transaction(stores);
    const counts = stores.map(async (it) => [it, await asked(reading.objectStore(it).count())]);
    const found = Object.fromEntries(await Promise.all(counts));
    database.close();
    return found;
  }, database(invitation));
}

export function database(invitation: Invitation): string {
  return `dubbelspoor-${invitation.person}`;
}

/** All bytes that a device keeps, as far as they are text. */
export function keptTexts(page: Page): Promise<string> {
  return page.evaluate(async () => {
    let all = "";
    for (const { name = "" } of await indexedDB.databases()) {
      const asked = <T>(it: IDBRequest<T>) => new Promise<T>((done) => (it.onsuccess = () => done(it.result)));
      const database = await asked(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        for (const it of await asked(database.transaction(store).objectStore(store).getAll())) {
          if (it instanceof Uint8Array || it instanceof ArrayBuffer) all += new TextDecoder().decode(it);
        }
      }
      database.close();
    }
    return all;
  });
}

/** Writes an activity that touched a goal, on today or a day that the form names, and asks to have it confirmed. */
export async function askFor(page: Page, text: string, goal: string, when?: string): Promise<void> {
  await type(page, text);
  if (when) {
    await page.locator("summary", { hasText: "Andere dag" }).first().click();
    await page.getByRole("group", { name: "Wanneer?" }).getByRole("button", { name: when }).click();
  }
  const chip = page.getByRole("group", { name: "Wat heb je geoefend?" }).getByRole("button", { name: goal });
  const more = page.getByRole("button", { name: "Andere doelen" });
  await expect(chip.or(more).first()).toBeVisible();
  if (!(await chip.isVisible())) await more.click();
  await chip.click();
  await page.getByRole("button", { name: "Bewaar en vraag bevestiging" }).click();
  await expect(kept(page)).toBeVisible();
}
