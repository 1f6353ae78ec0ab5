// Two workplaces with a mentor each: work waits for the mentor of where it was done, and never for nobody.

import { expect, type Page, test } from "@playwright/test";
import { askFor } from "./support/diary.ts";
import { join } from "node:path";
import { root } from "./support/folders.ts";
import { Person } from "./support/people.ts";
import { Server } from "./support/server.ts";
import { atSchool, day, open } from "./support/three.ts";

const goal = "Werken met handtransport";
const inNorth = "Pallets verzet in het magazijn";
const inSouth = "Rekken gevuld in de winkel";

test("A3 A6 A16 D1 of two mentors at two workplaces each gets what was done there, and who stays gets the rest", async () => {
  test.slow();
  const server = await Server.prepare();
  const own = await server.invite("Amina Haddad", "cursist");
  const people: Person[] = [];
  try {
    const invited = [own];
    for (const [name, role] of [
      ["Luc Peeters", "mentor"],
      ["Hilde Maes", "mentor"],
      ["Els Claes", "trajectbegeleider"],
    ] as const) {
      invited.push(await server.invite(name, role, own.dossier));
    }
    const plan = join(root, "server/data/transport-logistiek.csv");
    await server.command("curriculum", plan, "--dossier", own.dossier, "--write");
    await server.start();
    const pages: Page[] = [];
    for (const [at, invitation] of invited.entries()) {
      const person = await Person.withPhone(`phone ${at}`, server.url);
      people.push(person);
      pages.push(await person.join(invitation.link));
    }
    const [learner, luc, hilde, coach] = pages as [Page, Page, Page, Page];
    for (const page of pages) await atSchool(page);
    await server.stop();
    const at = (place: string) => `${server.url}/${place}/${own.dossier}`;
    const waits = async (page: Page, texts: string[]) => {
      await page.goto(`${server.url}/waiting`);
      for (const text of texts) await expect(page.getByRole("article").filter({ hasText: text })).toBeVisible();
      await expect(page.getByRole("article")).toHaveCount(texts.length);
    };

    await test.step("the coach says where the cursist is when, without a line", async () => {
      for (const [company, from, to] of [
        ["Magazijn Noord", day(20), day(1)],
        ["Winkel Zuid", day(0), ""],
      ] as const) {
        await coach.goto(at("start"));
        await open(coach, "Voeg een leerwerkplek toe");
        const form = coach.locator("form").filter({ has: coach.locator("#workplace-company") });
        await form.locator("#workplace-company").fill(company);
        await form.locator("#workplace-from").fill(from);
        if (to) await form.locator("#workplace-to").fill(to);
        await form.getByRole("button", { name: "Bewaar", exact: true }).click();
        await expect(coach.getByRole("link", { name: new RegExp(`^${company}`) })).toBeVisible();
      }
    });
    await test.step("and which mentor trains where", async () => {
      await coach.goto(at("start"));
      await open(coach, "Ervaring en opleiding van een mentor");
      const form = coach.locator("form").filter({ has: coach.locator("#mentor-years") });
      for (const [mentor, company] of [
        ["Luc Peeters", "Magazijn Noord"],
        ["Hilde Maes", "Winkel Zuid"],
      ] as const) {
        await form.getByRole("button", { name: mentor }).click();
        await form.getByLabel("Jaren ervaring").fill("6");
        await form.getByRole("button", { name: "mentoropleiding gevolgd" }).click();
        const places = form.getByRole("group", { name: "Op welke werkplek? Zonder keuze blijft het zoals het is." });
        await places.getByRole("button", { name: company }).click();
        await form.getByRole("button", { name: "Bewaar", exact: true }).click();
        await expect(coach.getByText(`Mentor · 6 jaar ervaring · mentoropleiding gevolgd · ${company}`)).toBeVisible();
      }
    });
    await askFor(learner, inNorth, goal, "Gisteren");
    await askFor(learner, inSouth, goal);
    await server.startFor(...pages);
    for (const page of pages) await atSchool(page);

    await test.step("each mentor finds what was done at their own workplace", async () => {
      await waits(luc, [inNorth]);
      await waits(hilde, [inSouth]);
      await luc.goto(at("learner"));
      await expect(luc.getByRole("link", { name: "Te bevestigen: 1" })).toBeVisible();
    });
    await test.step("Luc stops before he answered, and it waits for who stays", async () => {
      await coach.goto(at("invite"));
      const card = coach.getByRole("listitem").filter({ has: coach.getByRole("heading", { name: "Luc Peeters" }) });
      await card.getByRole("button", { name: /^Stopt vandaag/ }).click();
      await atSchool(coach);
      await expect(hilde.getByRole("article").filter({ hasText: inNorth })).toBeVisible();
      await waits(hilde, [inNorth, inSouth]);
      await hilde.getByRole("listitem").filter({ hasText: inNorth }).getByRole("link", { name: /^Kies een niveau/ }).click();
      await hilde.getByRole("group", { name: goal }).getByRole("button", { name: "Met hulp" }).click();
      await hilde.getByRole("button", { name: "Bevestig", exact: true }).click();
      await expect(hilde.getByText("Antwoord voor Amina Haddad bewaard op dit toestel.")).toBeVisible();
    });
    await test.step("and the cursist has the answer", async () => {
      await learner.goto(`${server.url}/competences`);
      await learner.getByRole("link", { name: goal }).click();
      await expect(learner.getByText("Met hulp").first()).toBeVisible();
    });
  } finally {
    for (const person of people) await person.dispose();
    await server.dispose();
  }
});
