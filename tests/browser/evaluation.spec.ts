// Evaluation on goals: the school says of a goal whether it is mastered, with grounds and the mentor heard; the mentor says
// how attitudes show themselves; the coach notes the decision. All written without a server.

import { expect, type Page, test } from "@playwright/test";
import { FirstPath } from "./support/story.ts";

const tab = (page: Page, name: string | RegExp) =>
  page.getByRole("navigation", { name: "Onderdelen" }).getByRole("link", { name });
const evaluation = (page: Page) => page.getByRole("link", { name: /^Evaluatie/ }).click();

test("E5 E6 E7 E10 goals are evaluated with grounds, attitudes beside them, and the decision is read by all", async () => {
  test.slow();
  const path = await FirstPath.begin();
  try {
    const { server } = path;
    const [learner, mentor, coach] = [path.cursist.page, path.mentor.page, path.coach.page];
    let goal = "";

    await test.step("the coach evaluates a goal; what is underneath shows on demand", async () => {
      await coach.getByRole("link", { name: path.cursist.name }).first().click();
      await server.stop();
      await evaluation(coach);
      const goals = coach.getByRole("link", { name: /Nog niet geëvalueerd/ });
      await expect(goals.first()).toBeVisible();
      const underneath = coach.getByText(/^Wat er bevestigd is/);
      for (let at = 0; ; at++) {
        await goals.nth(at).click();
        await expect(coach.getByRole("button", { name: "Evalueer dit doel" })).toBeVisible();
        goal = await coach.getByRole("heading", { level: 2 }).first().innerText();
        if ((await underneath.count()) > 0) break;
        await coach.goBack();
      }
      const evidence = coach.locator("details").filter({ has: underneath }).getByRole("listitem");
      await expect(evidence.first()).toBeHidden();
      await underneath.click();
      await expect(evidence.first()).toBeVisible();
      await coach.getByRole("button", { name: "Evalueer dit doel" }).click();
      await expect(coach.getByRole("alert"), "not without a reason").toContainText("schrijf waarom");
      await coach.getByRole("button", { name: "Telt mee" }).click();
      await coach.getByRole("button", { name: "Voldoende beheerst" }).click();
      await coach.getByLabel("Waarom? Waaruit blijkt dat?").fill("Twee keer alleen gedaan, zonder fouten.");
      await coach.getByLabel("Wat zei de mentor?").fill("Ik hoef er niet meer bij te staan.");
      await coach.getByRole("button", { name: "Evalueer dit doel" }).click();
      const card = coach.getByRole("listitem").filter({ hasText: "Twee keer alleen gedaan" });
      await expect(card).toContainText("Mentor gehoord: Ik hoef er niet meer bij te staan.");
    });

    await test.step("the mentor says how attitudes show themselves", async () => {
      await tab(mentor, /Cursisten/).click();
      await mentor.getByRole("link", { name: path.cursist.name }).first().click();
      await evaluation(mentor);
      await mentor.getByText("Noteer hoe de houding is").click();
      const punctual = mentor.getByRole("group", { name: "Komt op tijd" });
      await punctual.getByRole("button", { name: "Meestal" }).click();
      await mentor.getByLabel("Een woord daarbij").fill("Belt als de trein te laat is.");
      await mentor.getByRole("button", { name: "Bewaar", exact: true }).click();
      const card = mentor.getByRole("listitem").filter({ hasText: "Belt als de trein te laat is." });
      await expect(card).toContainText("Meestal");
      await expect(mentor.getByText("Noteer de deliberatie"), "the school decides").toHaveCount(0);
    });

    await test.step("the coach notes the decision, which names what was evaluated", async () => {
      await coach.goBack();
      await coach.getByText("Noteer de deliberatie").click();
      const which = coach.getByRole("group", { name: "Welke doelen zijn beheerst?" });
      await expect(which.getByRole("button", { pressed: true }), "with what it rests on").toContainText([goal]);
      await expect(which.getByRole("button").first()).toContainText(/\d+ keer bevestigd/);
      await coach.getByLabel("Wie besliste?").fill("De leraren, de mentor en de cursist");
      await coach.getByRole("button", { name: "Deelstudiebekrachtiging" }).click();
      await coach.getByLabel("Waarom? Waaruit blijkt dat?").fill("Eén doel is beheerst.");
      await coach.getByRole("button", { name: "Bewaar", exact: true }).click();
      await expect(coach.getByRole("heading", { name: "Deelstudiebekrachtiging" })).toBeVisible();
    });

    await test.step("the cursist reads all of it, and evaluates nothing", async () => {
      await server.startFor(learner, mentor, coach);
      await tab(learner, "Meer").click();
      await evaluation(learner);
      await expect(learner.getByRole("heading", { name: "Deelstudiebekrachtiging" })).toBeVisible();
      await expect(learner.getByText("Het officiële document komt van het centrum.")).toBeVisible();
      await expect(learner.getByText("Belt als de trein te laat is.")).toBeVisible();
      await learner.getByRole("link", { name: goal }).first().click();
      await expect(learner.getByText("Twee keer alleen gedaan, zonder fouten.")).toBeVisible();
      await expect(learner.getByRole("button", { name: "Evalueer dit doel" })).toHaveCount(0);
    });
  } finally {
    await path.end();
  }
});
