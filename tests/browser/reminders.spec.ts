// Reminders (I4): chosen without a line, told to the school by itself, the same on another phone; and without any school
// by the phone's own calendar, or by the app itself when something waits.

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

test("I4 a mentor's phone tells that something waits while the app is closed, once a day, by day, and not when nothing does", async () => {
  test.slow();
  const server = await Server.prepare({ centre: "demo" });
  await server.start();
  const luc = await Person.withPhone("Luc", server.url);
  try {
    const phone = await luc.join(server.player("mentor").link);
    await atSchool(phone);
    await expect(phone.getByRole("navigation").getByRole("link", { name: /Te bevestigen/ })).toContainText(/\d/);
    await look(phone);
    await phone.getByRole("button", { name: "Zet meldingen aan" }).click();
    await expect(phone.getByText("Je telefoon laat geen meldingen van Dubbelspoor toe.")).toBeVisible();
    await phone.context().grantPermissions(["notifications"], { origin: server.url });
    await phone.getByRole("button", { name: "Zet meldingen aan" }).click();
    await expect(phone.getByText("Dit kan pas als de app op je beginscherm staat.")).toBeVisible();

    // A browser wakes only what was put on a home screen, which one without a screen cannot do.
    await phone.evaluate(() => {
      const tags = new Set<string>();
      const sync = { register: async (it: string) => void tags.add(it), unregister: async (it: string) => void tags.delete(it) };
      Object.defineProperty(ServiceWorkerRegistration.prototype, "periodicSync", { get: () => sync });
    });
    for (const day of ["zaterdag", "zondag"]) await phone.getByRole("button", { name: day }).click();
    await phone.getByRole("button", { name: "Bewaar", exact: true }).click();
    await expect(phone.getByText("Je krijgt geen e-mail.").or(phone.getByText("Je school verstuurt geen e-mails."))).toBeVisible();
    await server.stop();
    await phone.getByRole("button", { name: "Zet meldingen aan" }).click();
    await expect(phone.getByText("Dit toestel meldt het als er iets op je wacht.")).toBeVisible();

    const note = await noteOf(phone);
    expect(note.said, "what lies on a locked screen tells nothing of anybody").toBe("Er wacht iets op je.");
    expect(note.days).toHaveLength(14);
    const told = await wake(phone);
    const hour = await phone.evaluate(() => new Date().getHours());
    expect(told, `at ${hour} hours`).toEqual(hour >= 7 && hour < 21 ? ["Er wacht iets op je."] : []);
    expect(await wake(phone), "once a day").toEqual([]);
    await phone.evaluate(async () => {
      const notes = await caches.open("programs");
      await notes.delete("/told");
      await notes.put("/waiting", Response.json({ days: [], said: "Er wacht iets op je." }));
    });
    expect(await wake(phone), "nothing waits").toEqual([]);

    await phone.getByRole("button", { name: "Zet meldingen uit" }).click();
    await expect(phone.getByRole("button", { name: "Zet meldingen aan" })).toBeVisible();
    await expect.poll(() => phone.evaluate(async () => Boolean(await (await caches.open("programs")).match("/waiting")))).toBe(false);
  } finally {
    await luc.dispose();
    await server.dispose();
  }
});

function noteOf(page: Page): Promise<{ days: string[]; said: string }> {
  return page.evaluate(async () => (await (await caches.open("programs")).match("/waiting"))?.json());
}

/** The browser wakes the service worker while nobody looks at the app; what it then told, which is taken away again. */
async function wake(page: Page): Promise<string[]> {
  const tools = await page.context().newCDPSession(page);
  await tools.send("Emulation.setFocusEmulationEnabled", { enabled: false });
  const other = await page.context().newPage();
  await other.bringToFront();
  await expect.poll(() => page.evaluate(() => document.hasFocus())).toBe(false);
  const registered = new Promise<string>((done) => {
    tools.on("ServiceWorker.workerRegistrationUpdated", (it) => it.registrations[0] && done(it.registrations[0].registrationId));
  });
  await tools.send("ServiceWorker.enable");
  const [origin, registrationId] = [new URL(page.url()).origin, await registered];
  await tools.send("ServiceWorker.dispatchPeriodicSyncEvent", { origin, registrationId, tag: "waiting" });
  // It has nothing to tell or has told by then: there is no event for neither.
  await page.waitForTimeout(1_000);
  await other.close();
  await tools.detach();
  return page.evaluate(async () => {
    const shown = await (await navigator.serviceWorker.ready).getNotifications();
    shown.forEach((it) => it.close());
    return shown.map((it) => it.body);
  });
}
