// A survey (G6): an administrator or a coach asks, a cursist answers without a line and without a name, a number is all
// that comes of one answer.

import { expect, type Page, test } from "@playwright/test";
import { Person } from "./support/people.ts";
import { Server } from "./support/server.ts";
import { atSchool, day } from "./support/three.ts";

test("G6 a cursist answers without a line, it goes by itself and without a name, and one answer is not read", async () => {
  test.slow();
  const server = await Server.prepare({ centre: "demo" });
  await server.start();
  const link = (role: string) => server.player(role).link;
  const mieke = await Person.withPhone("Mieke", server.url);
  const amir = await Person.withPhone("Amir", server.url);
  try {
    const office = await mieke.join(link("beheerder"));
    const learner = await amir.join(link("cursist"));
    await atSchool(office);
    await atSchool(learner);
    await expect(learner.getByRole("link", { name: "Vul de bevraging in" }), "this one is for mentors").toHaveCount(0);

    await office.getByRole("link", { name: /^Bevragingen/ }).click();
    await office.getByLabel("Naam van de bevraging").fill("Hoe gaat het op je werkplek?");
    await expect(office.getByLabel("Vraag 1")).toHaveValue("Wat loopt goed?");
    await office.getByLabel("Laatste dag").fill(day(-7));
    await office.getByRole("button", { name: "Stel deze vragen" }).click();
    await expect(office.getByRole("link", { name: /Hoe gaat het op je werkplek/ })).toBeVisible();
    await atSchool(office);

    await expect(learner.getByText("Je centrum vraagt je mening: Hoe gaat het op je werkplek?")).toBeVisible();
    await server.stop();
    const sent = watch(learner, "answer");
    await learner.getByRole("link", { name: "Vul de bevraging in" }).click();
    await expect(learner.getByText("Niemand ziet wie dit schreef.")).toBeVisible();
    await learner.getByRole("button", { name: "Geef je antwoord" }).click();
    await expect(learner.getByRole("alert")).toContainText("minstens één vraag");
    await learner.getByLabel("Wat loopt goed?").fill("De sfeer in het magazijn");
    await learner.reload();
    await expect(learner.getByLabel("Wat loopt goed?"), "what was typed is kept").toHaveValue("De sfeer in het magazijn");
    await learner.getByRole("button", { name: "Geef je antwoord" }).click();
    await expect(learner.getByText("Je antwoord staat op dit toestel.")).toBeVisible();
    await amir.close();
    const again = await amir.open();
    const [asked, sentLater] = [watch(again, "ticket"), watch(again, "answer")];
    await expect(again.getByText("1 op dit toestel")).toBeVisible();
    await expect(again.getByRole("link", { name: "Vul de bevraging in" })).toHaveCount(0);
    expect(sent).toEqual([]);

    await server.startFor(office, again);
    await atSchool(again);
    await expect.poll(() => sentLater.length).toBe(1);
    expect(asked[0], "a ticket is asked for by name").toHaveProperty("cookie");
    expect(sentLater[0], "no session goes along").not.toHaveProperty("cookie");
    await office.getByRole("link", { name: /Hoe gaat het op je werkplek/ }).click();
    await expect(office.getByText("1 van 5 antwoorden.")).toBeVisible();
    await expect(office.getByText("De sfeer in het magazijn")).toHaveCount(0);
    expect(server.log).not.toContain("De sfeer in het magazijn");
    expect(server.log).not.toContain(await account(again));
  } finally {
    await mieke.dispose();
    await amir.dispose();
    await server.dispose();
  }
});

test("G6 a coach asks their own cursisten without a line, and takes it back everywhere", async () => {
  test.slow();
  const server = await Server.prepare({ centre: "demo" });
  await server.start();
  const link = (role: string) => server.player(role).link;
  const katrien = await Person.withPhone("Katrien", server.url);
  const amir = await Person.withPhone("Amir", server.url);
  const luc = await Person.withPhone("Luc", server.url);
  try {
    const coach = await katrien.join(link("trajectbegeleider"));
    const learner = await amir.join(link("cursist"));
    const mentor = await luc.join(link("mentor"));
    for (const page of [coach, learner, mentor]) await atSchool(page);
    await expect(mentor.getByText("Je centrum vraagt je mening")).toBeVisible();

    await coach.goto(`${server.url}/surveys`);
    await expect(coach.getByText(/^Je vraagt het aan wie je nu begeleidt: \d+ cursisten, \d+ mentoren/)).toBeVisible();
    await server.stop();
    await coach.getByLabel("Naam van de bevraging").fill("Hoe was je eerste maand?");
    await coach.getByLabel("Laatste dag").fill(day(-7));
    await coach.getByRole("button", { name: "cursisten", exact: true }).click();
    await coach.getByRole("button", { name: "Stel deze vragen" }).click();
    await expect(coach.getByRole("alert"), "nobody is asked").toContainText("minstens vijf mensen");
    await coach.getByRole("button", { name: "cursisten", exact: true }).click();
    await coach.getByRole("button", { name: "Stel deze vragen" }).click();
    await expect(coach.getByRole("link", { name: /Hoe was je eerste maand/ })).toHaveCount(1);
    await server.startFor(coach, learner, mentor);
    for (const page of [coach, learner, mentor]) await atSchool(page);

    await expect(learner.getByText("Je trajectbegeleider vraagt je mening: Hoe was je eerste maand?")).toBeVisible();
    await expect(mentor.getByText("Hoe was je eerste maand?"), "not asked").toHaveCount(0);
    await learner.getByRole("link", { name: "Vul de bevraging in" }).click();
    await expect(learner.getByText("leest je trajectbegeleider ze")).toBeVisible();
    await learner.getByLabel("Wat kan beter?").fill("Meer tijd voor feedback");
    await learner.getByRole("button", { name: "Geef je antwoord" }).click();
    await expect(learner.getByText("Je antwoord is verstuurd, zonder je naam.")).toBeVisible();

    await coach.getByRole("link", { name: /Hoe was je eerste maand/ }).click();
    await expect(coach.getByText("1 van 5 antwoorden.")).toBeVisible();
    await expect(coach.getByText(/^Jij vraagt dit in \d leertrajecten\.$/)).toBeVisible();
    await expect(coach.getByRole("button", { name: /Vraag het ook/ }), "it stands in all of them").toHaveCount(0);
    await coach.getByRole("button", { name: "Haal deze bevraging weg" }).click();
    await expect(coach.getByText("Weggehaald")).toBeVisible();
    await expect(coach.getByRole("button", { name: "Zet deze bevraging terug" })).toBeVisible();
    await atSchool(coach);
    await learner.reload();
    await expect(learner.getByText("Je antwoord is verstuurd, zonder je naam."), "what was given stays").toBeVisible();
  } finally {
    for (const it of [katrien, amir, luc]) await it.dispose();
    await server.dispose();
  }
});

/** The headers of each such message that this phone sends and the school takes. */
function watch(page: Page, what: "ticket" | "answer"): Record<string, string>[] {
  const sent: Record<string, string>[] = [];
  page.on("response", async (it) => {
    if (new URL(it.url()).pathname === `/v1/surveys/${what}` && it.status() === 204) {
      sent.push(await it.request().allHeaders());
    }
  });
  return sent;
}

/** The person's number, by which this device names what it keeps. */
function account(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const names = (await indexedDB.databases()).map((it) => it.name ?? "");
    return names.map((it) => /^dubbelspoor-([0-9a-f]{32})$/.exec(it)?.[1]).find((it) => it) ?? "none";
  });
}
