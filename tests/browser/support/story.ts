// The first path, as people walk it: written without a server, confirmed without a server, seen by all.

import { expect, type Page, test } from "@playwright/test";
import { Person } from "./people.ts";
import type { BadLine } from "./proxy.ts";
import { Server } from "./server.ts";

const written = "Drie vrachtwagens gelost en de leveringsbonnen nagekeken.";
const advice = "Kijk ook naar de houdbaarheidsdatum.";

/** Who plays, on which server, over which line. */
export class FirstPath {
  private constructor(
    readonly server: Server,
    readonly cursist: Person,
    readonly mentor: Person,
    readonly coach: Person,
  ) {}

  /** A demo centre, and three people whose browsers joined by link and know their dossiers. */
  static async begin(line?: BadLine): Promise<FirstPath> {
    const server = await Server.prepare({ centre: "demo", ...(line && { url: line.url }) });
    line?.leadTo(server.port);
    await server.start();
    const people: Person[] = [];
    for (const role of ["cursist", "mentor", "trajectbegeleider"]) {
      const player = server.player(role);
      const person = await Person.withPhone(player.name, server.url);
      await expectAllAtSchool(await person.join(player.link));
      people.push(person);
    }
    const [cursist, mentor, coach] = people as [Person, Person, Person];
    return new FirstPath(server, cursist, mentor, coach);
  }

  async end(): Promise<void> {
    await Promise.all([this.cursist, this.mentor, this.coach].map((it) => it.dispose()));
    await this.server.dispose();
  }

  /** All of it. */
  async walk(): Promise<void> {
    const { server, cursist, mentor, coach } = this;
    const goals = await test.step("the cursist writes while the server is down", async () => {
      await Promise.all([cursist.close(), mentor.close()]);
      await server.stop();
      const goals = await write(await cursist.open());
      await cursist.close();
      return goals;
    });

    await test.step("the app delivers by itself when the server is back", async () => {
      await server.start();
      const page = await cursist.open();
      await expectAllAtSchool(page);
      await page.getByRole("link", { name: written }).first().click();
      await openAsCoach(coach.page, cursist.name);
    });

    await test.step("the mentor answers while the server is down", async () => {
      const page = await mentor.open("/waiting");
      await expect(card(page)).toBeVisible();
      await server.stop();
      await answer(page, goals);
    });

    await test.step("the others see it when the server is back, without a reload", async () => {
      const pages = [cursist.page, coach.page];
      await Promise.all(pages.map((it) => it.evaluate(() => void (window.name = "same page"))));
      await server.start();
      for (const page of pages) {
        await expectAnswers(page, goals);
        expect(await page.evaluate(() => window.name)).toBe("same page");
      }
      await expectAllAtSchool(mentor.page);
    });

    await test.step("it is there once", async () => {
      await expect(card(mentor.page)).toHaveCount(0);
      await cursist.page.getByRole("link", { name: "Dagboek", exact: true }).click();
      await cursist.page.getByRole("searchbox").fill(written);
      await expect(cursist.page.getByText("1 activiteit", { exact: true })).toBeVisible();
      await expectAllAtSchool(cursist.page);
    });
  }
}

export function expectAllAtSchool(page: Page): Promise<void> {
  return expect(page.getByText("Alles is bij de school").first()).toBeVisible();
}

/** A new activity with two goals, with the question to confirm it. Gives the goals' titles. */
async function write(page: Page): Promise<string[]> {
  await page.getByRole("link", { name: "Nieuwe activiteit" }).click();
  const goals = page.getByRole("group", { name: "Wat heb je geoefend?" });
  // What the app proposes beforehand goes, so that it is these two.
  while ((await goals.getByRole("button", { pressed: true }).count()) > 0) {
    await goals.getByRole("button", { pressed: true }).first().click();
  }
  const titles: string[] = [];
  for (const at of [0, 1]) {
    const goal = goals.getByRole("button").nth(at);
    titles.push((await goal.innerText()).trim());
    await goal.click();
  }
  await page.getByRole("textbox", { name: "Wat heb je gedaan?" }).fill(written);
  await page.getByRole("button", { name: "Bewaar en vraag bevestiging" }).click();
  await expect(page.getByText("Bewaard op dit toestel").first()).toBeVisible();
  return titles;
}

function card(page: Page) {
  return page.getByRole("article").filter({ hasText: written });
}

/** The first goal is mastered; the second comes back with advice. */
async function answer(page: Page, [mastered = "", back = ""]: string[]): Promise<void> {
  await card(page).getByRole("link").first().click();
  const level = (goal: string, name: string) =>
    page.getByRole("group", { name: goal }).getByRole("button", { name, exact: true }).click();
  await level(mastered, "Zelfstandig");
  await level(back, "Nog niet");
  await page.getByRole("textbox", { name: "Wat is er nog nodig?" }).fill(advice);
  await page.getByRole("button", { name: "Geef dit antwoord" }).click();
  await expect(page.getByText(/bewaard op dit toestel/).first()).toBeVisible();
}

/** Each goal with its own answer, and the advice once. */
async function expectAnswers(page: Page, [mastered = "", back = ""]: string[]): Promise<void> {
  await expect(page.getByText(advice)).toHaveCount(1);
  await expect(page.getByText(advice)).toBeVisible();
  for (const [goal, other, finding] of [
    [mastered, back, "Zelfstandig"],
    [back, mastered, "Nog niet"],
  ] as const) {
    const ofGoal = page.getByRole("listitem").filter({ hasText: goal, hasNotText: other });
    await expect(ofGoal.getByText(finding, { exact: true })).toHaveCount(1);
  }
}

async function openAsCoach(page: Page, learner: string): Promise<void> {
  await page.getByRole("link", { name: learner }).first().click();
  await page.getByRole("link", { name: written }).first().click();
}
