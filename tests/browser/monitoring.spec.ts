// A school year in figures for who runs the centre, what came after a leertraject, and how soon answers come for all three.

import { readFile } from "node:fs/promises";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { keptTexts } from "./support/diary.ts";
import { look } from "./support/look.ts";
import { Person } from "./support/people.ts";
import { Server } from "./support/server.ts";
import { atSchool, day, open, Three } from "./support/three.ts";

/** Taps, and reads what the browser put among the downloads. */
async function taken(page: Page, button: string): Promise<{ name: string; bytes: Buffer }> {
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: button }).first().click();
  const download = await coming;
  await expect(page.getByText("Het bestand staat bij je downloads.")).toBeVisible();
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test("G7 who runs the centre takes a school year along in figures, with a connection", async () => {
  test.slow();
  const server = await Server.prepare({ centre: "demo" });
  await server.start();
  const player = server.player("beheerder");
  const mieke = await Person.withPhone("Mieke", server.url);
  try {
    const page = await mieke.join(player.link);
    await atSchool(page);
    await page.getByRole("link", { name: /^Cijfers/ }).click();
    await expect(page.getByRole("heading", { name: "Cijfers", level: 1 })).toBeVisible();

    const csv = await taken(page, "Bewaar als CSV");
    expect(csv.name).toMatch(/^cijfers-\d{4}-\d{4}\.csv$/);
    const [heads = "", ...rows] = csv.bytes.toString("utf8").trimEnd().split("\r\n");
    expect(heads).toMatch(/^\uFEFFOpleiding;Leerwerkplek;/);
    expect(rows).toHaveLength(9);
    expect(rows.filter((it) => it.includes("Magazijn Noorderlaan"))).toHaveLength(2);
    expect(csv.bytes.toString("utf8")).not.toContain("Amir");

    const book = await taken(page, "Bewaar voor Excel (XLSX)");
    expect(book.name).toMatch(/^cijfers-\d{4}-\d{4}\.xlsx$/);
    expect(book.bytes.subarray(0, 2).toString("latin1")).toBe("PK");

    await server.stop();
    await page.getByRole("button", { name: "Bewaar als CSV" }).first().click();
    await expect(page.getByRole("alert")).toContainText("Geen verbinding");
  } finally {
    await mieke.dispose();
    await server.dispose();
  }
});

test("G7 who runs the centre reads a school year on their phone, and what they read last without a connection", async () => {
  test.slow();
  const server = await Server.prepare({ centre: "demo" });
  await server.start();
  const mieke = await Person.withPhone("Mieke", server.url);
  try {
    const page = await mieke.join(server.player("beheerder").link);
    await atSchool(page);
    await page.getByRole("link", { name: /^Cijfers/ }).click();
    const whole = page.locator("section").filter({ has: page.getByRole("heading", { name: "Het hele centrum" }) });
    await test.step("the whole centre, and how a figure is meant", async () => {
      await expect(whole.getByText(/^Instroom: \d+ begonnen$/)).toBeVisible();
      await expect(whole.getByText(/^Lopend: \d+ van 9$/)).toBeVisible();
      await expect(whole.getByText(/^Vroegtijdig gestopt: \d+ van 9$/)).toBeVisible();
      await expect(whole.getByText(/^Gekwalificeerd: \d+ van 9$/)).toBeVisible();
      await expect(whole.getByText(/^Bezoeken: \d+(,\d)? per cursist$/)).toBeVisible();
      await expect(whole.getByText(/^Mentoren antwoorden: de helft binnen/)).toBeVisible();
      await expect(whole.getByText(/^Leren op de werkplek: \d+ %$/)).toBeVisible();
      await expect(whole.getByText(/^Latere job: /)).toBeVisible();
      await expect(whole.getByText("Van de vraag om bevestiging tot het antwoord.")).toBeHidden();
      await whole.getByText(/^Mentoren antwoorden/).click();
      await expect(whole.getByText("Van de vraag om bevestiging tot het antwoord.")).toBeVisible();
    });
    await test.step("a workplace, folded", async () => {
      const workplaces = page.locator("section").filter({ has: page.getByRole("heading", { name: "Per leerwerkplek" }) });
      await expect(workplaces.getByText(/^Lopend: /).first()).toBeHidden();
      const one = workplaces.locator("details", { hasText: "Magazijn Noorderlaan (2)" });
      await one.locator("summary").click();
      await expect(one.getByRole("listitem").filter({ hasText: /^Lopend: \d van 2$/ })).toBeVisible();
      await expect(page.getByText("Amir")).toHaveCount(0);
    });
    await test.step("another year, and this one again", async () => {
      const years = page.getByRole("group", { name: "Welk schooljaar?" }).getByRole("button");
      const asked = page.waitForResponse((it) => it.url().includes("/v1/monitoring"));
      await years.last().click();
      const before = Number((await years.last().innerText()).slice(0, 4));
      expect((await asked).url()).toContain(`year=${before}&format=cbor`);
      await expect(whole.or(page.getByText("In dit schooljaar zijn er geen leertrajecten."))).toBeVisible();
      await years.first().click();
      await expect(whole.getByText(/^Lopend: \d+ van 9$/)).toBeVisible();
    });
    await test.step("without a connection what was read last is there, and says of when", async () => {
      await server.stop();
      await page.reload();
      await expect(whole.getByText(/^Lopend: \d+ van 9$/)).toBeVisible();
      await expect(page.getByText(/^Van \d+ \S+ \d{4}/)).toBeVisible();
      await expect(page.getByText("Geen verbinding met de school.")).toBeVisible();
    });
  } finally {
    await mieke.dispose();
    await server.dispose();
  }
});

test("G7 a coach notes what came after a leertraject, once it is over, for those who guide", async () => {
  test.slow();
  const three = await Three.meet();
  const [learner, mentor, coach] = three.pages;
  try {
    await coach.goto(three.at("guiding"));
    await three.apart();
    await expect(coach.getByText("Plan een bezoek of contact")).toBeVisible();
    await expect(coach.getByRole("heading", { name: "Na het leertraject" })).toHaveCount(0);
    await open(coach, "Stop het leertraject");
    await coach.locator("#end-day").fill(day(1));
    await coach.getByRole("button", { name: "Ander of vast werk" }).click();
    await coach.locator("#end-words").fill("Tekende een contract.");
    await coach.locator("form").getByRole("button", { name: "Stop het leertraject" }).click();
    await expect(coach.getByRole("heading", { name: "Na het leertraject" })).toBeVisible();
    const form = coach.locator("form").filter({ has: coach.locator("#later-day") });
    await form.getByRole("button", { name: "Bewaar wat erna kwam" }).click();
    await expect(form.getByRole("alert")).toContainText("wat de cursist nu doet");
    await form.getByRole("button", { name: "Werkt elders in dit beroep" }).click();
    await form.getByLabel(/^In woorden/).fill("Magazijnier bij De Kaai.");
    await form.getByRole("button", { name: "Bewaar wat erna kwam" }).click();
    await expect(coach.getByRole("heading", { name: "Werkt elders in dit beroep" })).toBeVisible();
    await expect(coach.getByText("Magazijnier bij De Kaai.", { exact: true }).first()).toBeVisible();
    await look(coach, "later-job");
    await three.together();
    for (const page of [learner, mentor]) {
      await expect.poll(() => keptTexts(page)).toContain("Tekende een contract.");
      expect(await keptTexts(page)).not.toContain("Magazijnier bij De Kaai.");
    }
  } finally {
    await three.end();
  }
});

test("G10 cursist, mentor and coach see how soon workplace and school answer, and see the same", async () => {
  test.slow();
  const server = await Server.prepare({ centre: "demo" });
  await server.start();
  const people: Person[] = [];
  try {
    const shown: Locator[] = [];
    let talks = "";
    for (const role of ["cursist", "mentor", "trajectbegeleider"]) {
      const player = server.player(role);
      const person = await Person.withPhone(player?.name ?? role, server.url);
      people.push(person);
      const page = await person.join(player.link);
      await atSchool(page);
      if (!talks) {
        // The cursist's own way there; the others have the same screen of the same dossier.
        await page.getByRole("link", { name: "Meer" }).click();
        await page.getByRole("link", { name: /Gesprekken van drie/ }).click();
        await expect(page.getByRole("heading", { name: "Gesprekken" })).toBeVisible();
        talks = new URL(page.url()).pathname;
      }
      await page.goto(new URL(talks, server.url).href);
      const speed = page.locator("section").filter({ hasText: "Hoe snel komt er antwoord?" });
      await expect(speed.getByText(/^Werkplek: de helft binnen/)).toBeVisible();
      await expect(speed.getByText(/^School: /)).toBeVisible();
      shown.push(speed.getByRole("listitem"));
    }
    // What is at the school comes to a phone in parts: each shows the whole in the end.
    await expect(async () => {
      const [own, ...others] = await Promise.all(shown.map((it) => it.allInnerTexts()));
      expect(own?.length).toBeGreaterThan(1);
      for (const other of others) expect(other).toEqual(own);
    }).toPass({ timeout: 180_000 });
  } finally {
    for (const person of people) await person.dispose();
    await server.dispose();
  }
});
