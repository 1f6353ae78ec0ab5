// Somebody new comes in by an invitation on a screen.

import { expect, type Page, test } from "@playwright/test";
import { Person } from "./support/people.ts";
import { Server } from "./support/server.ts";
import { atSchool, day } from "./support/three.ts";

test("A15 G9 somebody new is added without a line, invited on a screen, and comes in by the link", async () => {
  test.slow();
  const server = await Server.prepare({ centre: "demo" });
  await server.start();
  const player = server.player("trajectbegeleider");
  const katrien = await Person.withPhone("Katrien", server.url);
  const noor = await Person.withPhone("Noor", server.url);
  try {
    const coach = await katrien.join(player.link);
    await atSchool(coach);
    await server.stop();
    await coach.getByRole("link", { name: /Amir Haddad/ }).click();
    await coach.getByRole("link", { name: "Mensen en uitnodigingen" }).click();
    await coach.getByLabel("Naam").fill("Noor Peeters");
    await coach.getByRole("button", { name: "Voeg toe" }).click();
    await expect(coach.getByRole("heading", { name: "Noor Peeters" })).toBeVisible();
    const card = coach.getByRole("listitem").filter({ hasText: "Noor Peeters" });
    await card.getByRole("button", { name: /Nodig uit/ }).click();
    await expect(card.getByRole("alert")).toContainText("Geen verbinding");

    await server.startFor(coach);
    await atSchool(coach);
    await card.getByRole("button", { name: /Nodig uit/ }).click();
    await expect(card.getByRole("img", { name: "QR-code van de uitnodiging" })).toBeVisible();
    const link = await card.getByText(/\/join\?mentor#[0-9a-f]{32}$/).textContent();
    const mentor = await noor.join(link ?? "");
    await atSchool(mentor);
    await mentor.getByRole("link", { name: "Cursisten" }).click();
    await expect(mentor.getByText("Amir Haddad")).toBeVisible();

    await coach.reload();
    await expect(card.getByText(/laatst gezien op/)).toBeVisible();
    await card.getByRole("button", { name: /Meld toestel af/ }).click();
    await expect(card.getByText(/: afgemeld$/)).toBeVisible();
  } finally {
    await katrien.dispose();
    await noor.dispose();
    await server.dispose();
  }
});

test("G9 what is set as a whole keeps what was set before, here and by somebody else", async () => {
  const server = await Server.prepare({ centre: "demo", links: 2 });
  await server.start();
  const links = server.players().filter((it) => it.role === "beheerder");
  const mieke = await Person.withPhone("Mieke", server.url);
  const again = await Person.withPhone("Mieke again", server.url);
  try {
    const pages = [await mieke.join(links[0]!.link), await again.join(links[1]!.link)];
    for (const page of pages) {
      await atSchool(page);
      await page.goto(`${server.url}/centre/thresholds`);
    }
    const [here, there] = pages as [Page, Page];
    const set = async (page: Page, words: string, value: string) => {
      await page.getByLabel(words).fill(value);
      await page.getByRole("button", { name: "Bewaar", exact: true }).click();
      await expect(page.getByText(/^Bewaard op dit toestel/)).toBeVisible();
      await atSchool(page);
    };
    const silence = "Werkdagen zonder activiteit";
    const review = "Dagen sinds het laatste gesprek van drie";
    const ends = "Dagen voor een overeenkomst eindigt";
    await expect(there.getByLabel(ends)).toHaveValue("30");
    await set(here, silence, "7");
    await expect(here.getByLabel(silence), "what is shown holds").toHaveValue("7");
    await set(here, review, "35");
    // The form of the other stays as it was drawn while their device hears of it; a second tab tells when it has.
    const beside = await there.context().newPage();
    const holds = async (page: Page, values: (readonly [string, string])[]) =>
      expect(async () => {
        await page.goto(`${server.url}/centre/thresholds`);
        for (const [words, value] of values) {
          await expect(page.getByLabel(words), words).toHaveValue(value, { timeout: 3_000 });
        }
      }).toPass();
    await holds(beside, [[silence, "7"], [review, "35"]]);
    await beside.close();
    await expect(there.getByLabel(silence)).toHaveValue("5");
    await set(there, ends, "20");
    await holds(here, [[silence, "7"], [review, "35"], [ends, "20"]]);
  } finally {
    await mieke.dispose();
    await again.dispose();
    await server.dispose();
  }
});

test("A14 who runs two centres works at one of them at a time", async () => {
  const server = await Server.prepare();
  const first = await server.command("centre", "--name", "CVO De Eerste", "--administrator", "Mieke Aerts");
  const second = await server.command("centre", "--name", "CVO De Tweede", "--administrator", "Piet Vos");
  const field = (said: string, name: string) => new RegExp(`^${name} +(\\S+)`, "m").exec(said)?.[1] ?? "";
  const person = field(first, "person");
  await server.command("invite", "--person", person, "--role", "beheerder", "--dossier", field(second, "centre"));
  await server.start();
  const mieke = await Person.withPhone("Mieke", server.url);
  try {
    const page = await mieke.join(field(first, "link"));
    await atSchool(page);
    const which = page.getByRole("group", { name: "Aan welk centrum werk je?" });
    await expect(which.getByRole("button")).toHaveCount(2);
    await which.getByRole("button", { name: "CVO De Tweede" }).click();
    await expect(page.locator(".page-lead", { hasText: "CVO De Tweede" })).toBeVisible();
    await page.reload();
    await expect(page.locator(".page-lead", { hasText: "CVO De Tweede" }), "it stays so").toBeVisible();

    await server.stop();
    await page.getByRole("link", { name: /^Bevragingen/ }).click();
    await page.getByLabel("Naam van de bevraging").fill("Alleen bij de tweede");
    await page.getByLabel("Laatste dag").fill(day(-7));
    await page.getByRole("button", { name: "Stel deze vragen" }).click();
    const asked = page.getByRole("link", { name: /Alleen bij de tweede/ });
    await expect(asked).toBeVisible();
    await server.startFor(page);
    await atSchool(page);
    await page.goto(`${server.url}/centre`);
    await which.getByRole("button", { name: "CVO De Eerste" }).click();
    await expect(page.locator(".page-lead", { hasText: "CVO De Eerste" })).toBeVisible();
    await page.getByRole("link", { name: /^Bevragingen/ }).click();
    await expect(page.getByText("Nog geen bevraging"), "the other centre has its own").toBeVisible();
    await expect(asked).toHaveCount(0);
  } finally {
    await mieke.dispose();
    await server.dispose();
  }
});

test("A16 an administrator hands the leertrajecten of a coach over to another, with a line", async () => {
  const server = await Server.prepare({ centre: "demo" });
  await server.start();
  const mieke = await Person.withPhone("Mieke", server.url);
  try {
    const page = await mieke.join(server.player("beheerder").link);
    await atSchool(page);
    const coach = server.player("trajectbegeleider").name;
    await server.stop();
    await page.getByRole("link", { name: /^Begeleiders/ }).click();
    await expect(page.getByRole("button", { name: "Probeer opnieuw" })).toBeVisible();
    await server.startFor(page);
    await page.getByRole("button", { name: "Probeer opnieuw" }).click();
    const row = (name: string) => page.getByRole("listitem").filter({ hasText: name });
    await expect(row(coach)).toContainText(/[1-9]\d* leertraject/);
    const other = (await page.getByRole("group", { name: "Van wie?" }).getByRole("button").allInnerTexts()).find((it) => it !== coach);
    await page.getByRole("group", { name: "Van wie?" }).getByRole("button", { name: coach }).click();
    const give = page.getByRole("button", { name: "Geef door" });
    await page.getByRole("group", { name: "Naar wie?" }).getByRole("button", { name: coach }).click();
    await expect(give, "to oneself is nothing").toBeDisabled();
    await page.getByRole("group", { name: "Naar wie?" }).getByRole("button", { name: other ?? "" }).click();
    await give.click();
    await expect(page.getByText("Doorgegeven.")).toBeVisible();
    await expect(row(coach), "nothing is theirs any more").toHaveCount(0);
    await expect(row(other ?? "")).toContainText(/\d+ leertrajecten/);
  } finally {
    await mieke.dispose();
    await server.dispose();
  }
});
