// What a provider makes its own: its words for people, places and agreements, when it is no CVO (A13), and the questions
// that it asks at the start (A11). Set and answered without a line.

import { expect, test } from "@playwright/test";
import { Person } from "./support/people.ts";
import { Server } from "./support/server.ts";
import { atSchool, open } from "./support/three.ts";

test("A11 A13 a provider says its own words and asks its own questions at the start", async () => {
  test.slow();
  const server = await Server.prepare({ centre: "demo" });
  await server.start();
  const people: Person[] = [];
  const come = async (role: string) => {
    const person = await Person.withPhone(role, server.url);
    people.push(person);
    const page = await person.join(server.player(role).link);
    await atSchool(page);
    return page;
  };
  try {
    const office = await come("beheerder");
    const learner = await come("cursist");
    const coach = await come("trajectbegeleider");
    await server.stop();
    const saved = async () => {
      await office.getByRole("button", { name: "Bewaar" }).click();
      await expect(office.getByText(/bewaard op dit toestel/i).first()).toBeVisible();
    };

    await test.step("the administrator gives words and questions", async () => {
      await office.getByRole("link", { name: /^Woorden/ }).click();
      for (const [heading, dutch, french] of [
        ["School", "Campus", "Campus"],
        ["Werkplek", "Leerbedrijf", "Entreprise"],
        ["ODOS", "Leerovereenkomst", "Contrat"],
      ] as const) {
        const title = office.getByRole("heading", { name: heading, exact: true });
        const of = (language: string) => title.locator(`xpath=following::label[text()="${language}"][1]`);
        await of("In het Nederlands").click();
        await office.keyboard.type(dutch);
        await of("In het Frans").click();
        await office.keyboard.type(french);
      }
      await saved();
      await office.goto(`${server.url}/centre`);
      await office.getByRole("link", { name: /^Vragenlijsten/ }).click();
      await office.getByLabel("Screening").fill("x".repeat(301));
      await office.getByRole("button", { name: "Bewaar" }).click();
      await expect(office.getByRole("alert")).toContainText("Hoogstens 20 vragen");
      await office.getByLabel("Screening").fill("Wat kun je al?\n\nHoe plan je je dag?\n");
      await saved();
    });

    await server.startFor(office, learner, coach);
    for (const page of [office, learner, coach]) await atSchool(page);
    await test.step("the cursist reads those words", async () => {
      const agreement = learner.getByRole("heading", { name: /^Leerovereenkomst · / }).first();
      const opened = async () => {
        await learner.goto(`${server.url}/hours`);
        await expect(agreement).toBeVisible({ timeout: 5_000 });
      };
      await expect(opened, "what is drawn after they came has them").toPass();
      await learner.goto(`${server.url}/new`);
      const where = learner.getByRole("group", { name: "Waar?" });
      await expect(where.getByRole("button", { name: "Leerbedrijf", exact: true })).toBeVisible();
      await expect(where.getByRole("button", { name: "Campus", exact: true })).toBeVisible();
    });

    await test.step("the coach answers the questions without a line, and looks for a workplace with what follows", async () => {
      await coach.getByRole("link", { name: /Amir Haddad/ }).click();
      await coach.getByRole("link", { name: /^Mensen en plaatsen/ }).click();
      const dossier = coach.url().split("/").pop() ?? "";
      await expect(coach.locator("summary", { hasText: "Vragen van het centrum: Screening" })).toBeVisible();
      await server.stop();
      await open(coach, "Vragen van het centrum: Screening");
      const form = coach.locator("form").filter({ has: coach.getByLabel("Hoe plan je je dag?") });
      await form.getByRole("button", { name: "Bewaar", exact: true }).click();
      await expect(form.getByRole("alert")).toContainText("beantwoord minstens één vraag");
      await form.getByLabel("Hoe plan je je dag?").fill("Met een lijstje.");
      await form.getByLabel("Wat volgt daaruit voor de begeleiding?").fill("Samen met de mentor plannen.");
      await form.getByLabel("En voor de werkplek die we zoeken?").fill("Een kleine ploeg, dicht bij huis.");
      await form.getByRole("button", { name: "Bewaar", exact: true }).click();
      const card = coach.getByRole("listitem").filter({ hasText: "Met een lijstje." });
      await expect(card).toContainText("Samen met de mentor plannen.");
      await expect(card).not.toContainText("Wat kun je al?");
      await coach.goto(`${server.url}/matching/${dossier}`);
      await expect(coach.getByText("Een kleine ploeg, dicht bij huis.")).toBeVisible();
      await server.startFor(coach, learner);
      await atSchool(coach);
      await learner.goto(`${server.url}/start/${dossier}`);
      await expect(learner.getByRole("heading", { name: "Mensen en plaatsen" })).toBeVisible();
      await expect(learner.getByText("Met een lijstje.")).toHaveCount(0);
    });
  } finally {
    for (const person of people) await person.dispose();
    await server.dispose();
  }
});
