// The texts of the app are a file per language: a first visit brings one, the others come when nobody waits for them.

import { expect, type Page, test } from "@playwright/test";
import { installed, join } from "./support/diary.ts";
import { Person } from "./support/people.ts";
import { type Invitation, Server } from "./support/server.ts";

let server: Server;
let amina: Person;
let invitation: Invitation;

test.beforeEach(async () => {
  server = await Server.prepare();
  invitation = await server.invite("Amina Haddad", "cursist");
  amina = await Person.withPhone("Amina", server.url);
  await server.start();
});

test.afterEach(async () => {
  await amina.dispose();
  await server.dispose();
});

/** The languages of which this device holds all texts, those of the second part as well. */
function languages(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const names = (await caches.keys()).filter((it) => it.startsWith("dubbelspoor-"));
    const kept = await Promise.all(names.map(async (it) => (await caches.open(it)).keys()));
    const paths = kept.flat().map((it) => new URL(it.url).pathname);
    const of = (ending: RegExp) => paths.flatMap((it) => ending.exec(it)?.[1] ?? []).sort();
    const later = of(/_seldom\.(..)\.txt$/);
    return of(/-[0-9a-f]+\.(..)\.txt$/).filter((it) => later.includes(it));
  });
}

async function openSettings(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Meer" }).click();
  await page.getByRole("link", { name: "Taal en uitzicht" }).click();
  await expect(page.getByRole("heading", { name: "Taal en uitzicht" })).toBeVisible();
}

const choose = (page: Page, language: string) => page.getByRole("button", { name: language, exact: true }).click();
const speaks = (page: Page, tag: string) => expect(page.locator("html")).toHaveAttribute("lang", tag);

test("I2: a language changes in place, without a server too once its texts are here", async () => {
  let page = await join(amina, invitation);
  await installed(page);
  await expect.poll(() => languages(page)).toEqual(["nl"]);
  await openSettings(page);
  await expect.poll(() => languages(page)).toEqual(["en", "fr", "nl"]);
  await server.stop();

  await page.evaluate(() => Object.assign(window, { isTheSamePage: true }));
  await choose(page, "Français");
  await expect(page.getByRole("heading", { name: "Langue et apparence" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Français" })).toHaveAttribute("aria-pressed", "true");
  await speaks(page, "fr-BE");
  await choose(page, "English");
  await expect(page.getByRole("heading", { name: "Language and look" })).toBeVisible();
  await page.getByRole("link", { name: "Today" }).click();
  await expect(page.getByRole("link", { name: "New activity" })).toBeVisible();
  expect(await page.evaluate(() => "isTheSamePage" in window)).toBe(true);

  await amina.close();
  page = await amina.open();
  await expect(page.getByRole("link", { name: "New activity" })).toBeVisible();
  await speaks(page, "en-GB");
});

test("I2: a language that is not here is refused in plain words, and nothing changes", async () => {
  const page = await join(amina, invitation);
  await installed(page);
  await server.stop();
  await openSettings(page);
  await choose(page, "English");
  await expect(page.getByRole("alert")).toContainText("Er is niets veranderd.");
  await expect(page.getByRole("button", { name: "Nederlands" })).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByRole("button", { name: "English" })).toHaveAttribute("aria-pressed", "false");
  await speaks(page, "nl-BE");
  await expect.poll(() => languages(page)).toEqual(["nl"]);

  // Nor does a browser that has come to prefer another language keep anybody from their work.
  await page.addInitScript(() => Object.defineProperty(navigator, "language", { get: () => "fr-BE" }));
  await page.reload();
  await expect(page.getByRole("heading", { name: "Taal en uitzicht" })).toBeVisible();
  await speaks(page, "nl-BE");

  await server.start();
  await choose(page, "English");
  await expect(page.getByRole("heading", { name: "Language and look" })).toBeVisible();
  await speaks(page, "en-GB");
});

test("I2: a first visit brings the language of the browser, a later start the others", async () => {
  let page = await amina.open("/healthz");
  const asked: string[] = [];
  page.on("request", (it) => asked.push(new URL(it.url()).pathname));
  await page.addInitScript(() => Object.defineProperty(navigator, "language", { get: () => "fr-BE" }));
  await page.goto(server.url);
  await expect(page.getByRole("heading", { name: "Bienvenue" })).toBeVisible();
  await installed(page);
  await expect.poll(() => languages(page)).toEqual(["fr"]);
  expect(asked.filter((it) => it.endsWith(".txt") && !it.endsWith(".fr.txt"))).toEqual([]);
  await amina.close();

  page = await amina.open();
  await expect.poll(() => languages(page), { timeout: 30_000 }).toEqual(["en", "fr", "nl"]);
});
