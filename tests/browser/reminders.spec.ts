// Reminders (I4): chosen without a line, told to the school by itself, the same on another phone; and without any school
// by the phone's own calendar.

import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { Person } from "./support/people.ts";
import { Server } from "./support/server.ts";
import { atSchool } from "./support/three.ts";

/** From "Meer" to the screen. */
async function look(page: Page): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: "Meer" }).click();
  await page.getByRole("link", { name: /^Herinneringen/ }).click();
  await expect(page.getByRole("heading", { name: "Herinneringen", level: 1 })).toBeVisible();
}

test("I4 a mentor chooses when to be reminded without a line, and another phone of theirs knows it", async () => {
  test.slow();
  const server = await Server.prepare({ centre: "demo", links: 2, mails: true });
  await server.start();
  const links = server.players().filter((it) => it.role === "mentor");
  const [first, second] = [0, 1].map((at) => links[at]?.link ?? "");
  expect(links[0]?.name).toBe(links[1]?.name);
  const jef = await Person.withPhone("Jef", server.url);
  const again = await Person.withPhone("Jef", server.url);
  try {
    const phone = await jef.join(first ?? "");
    await atSchool(phone);
    await server.stop();
    await look(phone);
    await phone.getByLabel(/^Je e-mailadres/).fill("jef@magazijn");
    await phone.getByRole("button", { name: "Bewaar", exact: true }).click();
    await expect(phone.getByRole("alert")).toContainText("Dit e-mailadres klopt niet");
    await phone.getByLabel(/^Je e-mailadres/).fill("jef@magazijn.example");
    for (const no of ["dinsdag", "woensdag", "vrijdag"]) await phone.getByRole("button", { name: no }).click();
    await phone.getByRole("button", { name: "18 uur" }).click();
    await phone.getByRole("button", { name: "Bewaar", exact: true }).click();
    await expect(phone.getByText("Bewaard op dit toestel. De school hoort het")).toBeVisible();
    await phone.reload();
    await expect(phone.getByLabel(/^Je e-mailadres/)).toHaveValue("jef@magazijn.example");
    await expect(phone.getByText("Bewaard op dit toestel. De school hoort het")).toBeVisible();

    await server.startFor(phone);
    const told = "Je krijgt een e-mail op maandag, donderdag, 18 uur, naar jef@magazijn.example.";
    await expect(phone.getByText(told)).toBeVisible();

    const other = await again.join(second ?? "");
    await look(other);
    await expect(other.getByText(told)).toBeVisible();
    await other.getByLabel(/^Je e-mailadres/).fill("");
    await other.getByRole("button", { name: "Bewaar", exact: true }).click();
    await expect(other.getByText("Je krijgt geen e-mail.")).toBeVisible();
    await phone.reload();
    await expect(phone.getByText("Je krijgt geen e-mail."), "the last choice stands, wherever it was made").toBeVisible();
  } finally {
    await jef.dispose();
    await again.dispose();
    await server.dispose();
  }
});

test("I4 where a school sends no mail, a cursist's phone reminds by its own calendar", async () => {
  const server = await Server.prepare({ centre: "demo" });
  await server.start();
  const amir = await Person.withPhone("Amir", server.url);
  try {
    const phone = await amir.join(server.player("cursist").link);
    await atSchool(phone);
    await look(phone);
    await phone.getByLabel(/^Je e-mailadres/).fill("amir@huis.example");
    await phone.getByRole("button", { name: "Bewaar", exact: true }).click();
    await expect(phone.getByText("Je school verstuurt geen e-mails.")).toBeVisible();
    await server.stop();
    const coming = phone.waitForEvent("download");
    await phone.getByRole("button", { name: "Zet in mijn agenda" }).click();
    const download = await coming;
    expect(download.suggestedFilename()).toBe("dubbelspoor.ics");
    const text = await readFile(await download.path(), "utf8");
    expect(text).toContain("RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR\r\n");
    expect(text).toContain("SUMMARY:Dubbelspoor: schrijf op wat je deed\r\n");
    expect(text).toContain(`URL:${server.url}\r\n`);
    await expect(phone.getByText("Het bestand staat bij je downloads.")).toBeVisible();
  } finally {
    await amir.dispose();
    await server.dispose();
  }
});
