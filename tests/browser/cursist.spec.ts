// The cursist's own day: writing in a few taps, never losing what was typed, choosing between two versions, finding back.

import { expect, type Locator, type Page, test } from "@playwright/test";
import { look } from "./support/look.ts";
import { Person } from "./support/people.ts";
import { Server } from "./support/server.ts";
import { countTaps, TAP } from "./support/taps.ts";

const newActivity = { name: "Nieuwe activiteit" };
const saved = "Bewaard op dit toestel";

/** A demo centre with its cursist, who joined on `devices` devices. */
async function cursist(options: { devices?: number; entries?: number } = {}) {
  const { devices = 1, entries = 0 } = options;
  const server = await Server.prepare({ centre: "demo", links: devices, entries });
  const people: Person[] = [];
  const end = async () => {
    await Promise.all(people.map((it) => it.dispose()));
    await server.dispose();
  };
  try {
    await server.start();
    const invited = server.players().filter((it) => it.role === "cursist");
    for (const player of invited) {
      const person = await Person.withPhone(player.name, server.url);
      people.push(person);
      const page = await person.join(player.link);
      await expect(page.getByText("Alles is bij de school").first()).toBeVisible();
    }
  } catch (why) {
    await end();
    throw why;
  }
  return { server, people, page: people[0]!.page, end };
}

/** Opens the form and waits until it is there. */
async function begin(page: Page): Promise<Locator> {
  await page.getByRole("link", newActivity).click();
  const goals = page.getByRole("group", { name: "Wat heb je geoefend?" });
  await expect(goals.getByRole("button").nth(1)).toBeVisible();
  return goals;
}

function words(page: Page): Locator {
  return page.getByRole("textbox", { name: "Wat heb je gedaan?" });
}

test("an activity with two goals takes at most six taps and twenty seconds, and one more takes it back", async () => {
  const { page, end } = await cursist();
  try {
    const taps = await countTaps(page);
    const goals = await begin(page);
    const titles = await goals.getByRole("button").allInnerTexts();
    await goals.getByRole("button").nth(0).click();
    await goals.getByRole("button").nth(1).click();
    await page.getByRole("button", { name: "Bewaar en vraag bevestiging" }).click();
    await expect(page.getByText(saved)).toBeVisible();
    expect(await taps()).toBeLessThanOrEqual(6);
    expect((await taps()) * TAP).toBeLessThan(20);

    const latest = page.getByRole("region", { name: "Laatst geschreven" }).getByRole("link");
    const card = latest.filter({ hasText: "Vandaag" }).filter({ hasText: titles[0]! });
    await expect(card.first()).toContainText("Wacht op bevestiging");
    const before = await card.count();
    await page.getByRole("button", { name: "Ongedaan maken" }).click();
    await expect(card).toHaveCount(before - 1);
  } finally {
    await end();
  }
});

test("F1 a day at school is told in lessons of 50 minutes, within six taps and twenty seconds", async () => {
  const { page, end } = await cursist();
  try {
    const taps = await countTaps(page);
    const goals = await begin(page);
    const where = page.getByRole("group", { name: "Waar?" });
    await where.getByRole("button", { name: "School" }).click();
    const lessons = page.getByRole("group", { name: "Hoeveel lessen?" });
    await lessons.getByRole("button", { name: "4 lessen" }).click();
    await expect(page.getByText("4 lessen van 50 minuten: 3 u 20")).toBeVisible();
    await goals.getByRole("button").first().click();
    await page.getByRole("button", { name: "Bewaar en vraag bevestiging" }).click();
    await expect(page.getByText(saved)).toBeVisible();
    expect(await taps()).toBeLessThanOrEqual(6);
    expect((await taps()) * TAP).toBeLessThan(20);
    const latest = page.getByRole("region", { name: "Laatst geschreven" }).getByRole("link");
    await expect(latest.filter({ hasText: "3 u 20" }).first()).toBeVisible();

    await begin(page);
    await where.getByRole("button", { name: "School" }).click();
    await lessons.getByRole("button", { name: "8 lessen" }).click();
    await where.getByRole("button", { name: "Werkplek" }).click();
    const long = page.getByRole("group", { name: "Hoe lang?" });
    await expect(long.getByRole("button", { pressed: true })).toHaveText(/\su$/);
    await where.getByRole("button", { name: "School" }).click();
    await expect(lessons.getByRole("button", { pressed: true })).toHaveText("8 lessen");
    await look(page, "lessons");
  } finally {
    await end();
  }
});

test("a half-written activity is there again after a reload, and gone once it is saved", async () => {
  const { page, end } = await cursist();
  try {
    const goals = await begin(page);
    const chosen = goals.getByRole("button").first();
    await chosen.click();
    await words(page).fill("Pallets gestapeld");
    await page.reload();
    await expect(words(page)).toHaveValue("Pallets gestapeld");
    await expect(goals.getByRole("button", { pressed: true })).toHaveCount(1);

    await words(page).fill("Pallets gestapeld en geteld");
    await page.getByRole("button", { name: "Bewaar als concept" }).click();
    await expect(page.getByText(saved)).toBeVisible();
    await begin(page);
    await expect(words(page)).toHaveValue("");
    await expect(goals.getByRole("button", { pressed: true })).toHaveCount(0);

    await words(page).fill("Toch niet");
    await words(page).fill("");
    await page.reload();
    await expect(words(page)).toHaveValue("");
  } finally {
    await end();
  }
});

test("a day to come is not kept, and a long day is asked about", async () => {
  const { page, end } = await cursist();
  try {
    const day = (ahead: number) => {
      const it = new Date(Date.now() + ahead * 86_400_000);
      const pad = (number: number) => String(number).padStart(2, "0");
      return `${it.getFullYear()}-${pad(it.getMonth() + 1)}-${pad(it.getDate())}`;
    };
    await begin(page);
    await words(page).fill("Vrachtwagen gelost");
    await page.getByText("Andere dag").first().click();
    const date = page.locator("input[type=date]");
    await date.fill(day(1));
    await expect(page.getByText("Die dag moet nog komen.")).toBeVisible();
    const save = page.getByRole("button", { name: "Bewaar", exact: true });
    await expect(save).toBeDisabled();
    await date.fill(day(-3_000));
    await expect(page.getByText(/^Deze dag valt buiten je opleiding/)).toBeVisible();
    await date.fill(day(0));
    await page.getByRole("button", { name: "8 u", exact: true }).click();
    await save.click();
    await expect(page.getByText(saved)).toBeVisible();
    await begin(page);
    await page.getByRole("button", { name: "8 u", exact: true }).click();
    await expect(page.getByText(/^Samen schrijf je \d+\su.* op deze dag\. Klopt dat\?$/)).toBeVisible();
  } finally {
    await end();
  }
});

test("C8 what was withdrawn is found again and put back", async () => {
  const { page, end } = await cursist();
  try {
    await begin(page);
    await words(page).fill("Rek nummer twaalf geteld");
    await page.getByRole("button", { name: "Bewaar", exact: true }).click();
    const card = page.getByRole("main").getByRole("link", { name: /Rek nummer twaalf geteld/ });
    await card.first().click();
    await page.getByRole("button", { name: "Trek in" }).click();
    await expect(page.getByText("Ingetrokken. Je kunt het altijd terugzetten.")).toBeVisible();
    await page.getByRole("link", { name: "Dagboek", exact: true }).click();
    await expect(page.getByRole("heading", { name: "Dagboek", level: 1 })).toBeVisible();
    await expect(page.getByText(/^\d+ activiteiten$/)).toBeVisible();
    await expect(card).toHaveCount(0);
    await page.getByRole("button", { name: "Ingetrokken" }).click();
    await expect(page.getByText(/^1 activiteit$/)).toBeVisible();
    await card.click();
    await page.getByRole("button", { name: "Zet terug" }).click();
    await expect(page.getByRole("button", { name: "Trek in" })).toBeVisible();
    await page.getByRole("link", { name: "Dagboek", exact: true }).click();
    await expect(card).toBeVisible();
  } finally {
    await end();
  }
});

test("two devices that wrote at once show both texts, and the person chooses", async () => {
  const { server, people, end } = await cursist({ devices: 2 });
  const texts = ["Van de telefoon: drie pallets.", "Van de tablet: vier pallets."];
  try {
    const [phone, tablet] = people.map((it) => it.page) as [Page, Page];
    await begin(phone);
    await words(phone).fill("Pallets geladen.");
    await phone.getByRole("button", { name: "Bewaar", exact: true }).click();
    const card = tablet.getByRole("link", { name: "Pallets geladen." }).first();
    await expect(card).toBeVisible();
    await server.stop();
    for (const [at, page] of [phone, tablet].entries()) {
      await page.getByRole("link", { name: "Pallets geladen." }).first().click();
      await page.getByRole("link", { name: "Wijzig" }).click();
      await words(page).fill(texts[at]!);
      await page.getByRole("button", { name: "Bewaar", exact: true }).click();
      await expect(page.getByText(saved)).toBeVisible();
    }
    await server.startFor(phone, tablet);

    await phone.getByRole("link", { name: "Twee versies: kies er één" }).first().click();
    for (const text of texts) await expect(phone.getByRole("list").getByText(text)).toBeVisible();
    await look(phone, "cursist-two-versions");

    await phone.getByRole("link", { name: "Maak er één van" }).click();
    const both = await Promise.all([words(phone).inputValue(), phone.locator(".card .words").innerText()]);
    expect(both.sort()).toEqual([...texts].sort());
    await words(phone).fill(texts.join(" "));
    await phone.getByRole("button", { name: "Bewaar", exact: true }).click();
    await expect(tablet.getByText(texts.join(" ")).first()).toBeVisible();
    await expect(tablet.getByText("Twee versies: kies er één")).toHaveCount(0);
  } finally {
    await end();
  }
});

test("somebody who is typing an answer keeps it when news arrives", async () => {
  const { people, end } = await cursist({ devices: 2 });
  try {
    const [phone, tablet] = people.map((it) => it.page) as [Page, Page];
    await phone.getByRole("link", { name: "Dagboek", exact: true }).click();
    await phone.getByRole("button", { name: "Bevestigd" }).click();
    await phone.getByRole("link").filter({ hasText: "Bevestigd" }).first().click();
    const answer = phone.getByRole("textbox", { name: "Schrijf een antwoord" });
    await answer.fill("Dank je, volgende keer");
    await tablet.goto(phone.url());
    await tablet.getByRole("textbox", { name: "Schrijf een antwoord" }).fill("Van de tablet");
    await tablet.getByRole("button", { name: "Plaats" }).click();
    await expect(phone.getByText("Van de tablet")).toBeVisible();
    await expect(answer).toHaveValue("Dank je, volgende keer");
    await expect(answer).toBeFocused();
  } finally {
    await end();
  }
});

test("every screen of the cursist can be used by all", async () => {
  const { page, end } = await cursist();
  const seen = async (path: string, ready: Locator, name: string) => {
    await page.goto(new URL(path, page.url()).href);
    await expect(ready).toBeVisible();
    await look(page, `cursist-${name}`);
  };
  const heading = (name: string) => page.getByRole("heading", { name, level: 1 });
  try {
    await seen("/today", heading("Vandaag"), "today");
    await seen("/competences", heading("Competenties"), "competences");
    await page.getByRole("main").getByRole("link").filter({ hasText: "keer," }).first().click();
    await expect(page.getByRole("heading", { name: "Bewijs" })).toBeVisible();
    await look(page, "cursist-goal");
    await page.getByRole("link", { name: "Bekijk je activiteiten voor dit doel" }).click();
    await expect(page.getByText(/^Alleen dit doel/)).toBeVisible();

    await seen("/diary", heading("Dagboek"), "diary");
    await page.getByRole("button", { name: "Bevestigd" }).click();
    await page.getByRole("link").filter({ hasText: "Bevestigd" }).first().click();
    await expect(heading("Activiteit")).toBeVisible();
    await look(page, "cursist-entry");
    await page.getByRole("link", { name: "Wijzig" }).click();
    await expect(heading("Activiteit wijzigen")).toBeVisible();
    await look(page, "cursist-edit");

    await page.goto(new URL("/new", page.url()).href);
    const goals = page.getByRole("group", { name: "Wat heb je geoefend?" });
    await goals.getByRole("button").first().click();
    await look(page, "cursist-new");
  } finally {
    await end();
  }
});
