// A school year in figures for who runs the centre, and how soon answers come for all three.

import { readFile } from "node:fs/promises";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { Person } from "./support/people.ts";
import { Server } from "./support/server.ts";
import { atSchool } from "./support/three.ts";

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
