// An attestation of what was achieved: nothing before anything counts, what was evaluated before anything is decided, and the
// decision once there is one. On paper it is black on white, without anything to tap. Written without a server.

import { expect, type Page, test } from "@playwright/test";
import { look } from "./support/look.ts";
import { open, Three } from "./support/three.ts";

const heading = (page: Page) => page.getByRole("heading", { name: "Attest van wat bereikt is", level: 1 });
const print = (page: Page) => page.getByRole("button", { name: "Druk af of bewaar als PDF" });

/** Counts what goes to a printer. */
async function countPrints(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const counted = window as unknown as { prints: number };
    counted.prints = 0;
    window.print = () => void counted.prints++;
  });
  return () => page.evaluate(() => (window as unknown as { prints: number }).prints);
}

/** Evaluates the first goal of the plan that nobody evaluated yet, so that it counts, and goes back to the evaluation. */
async function evaluates(coach: Page, at: string): Promise<string> {
  await coach.getByRole("link", { name: /Nog niet geëvalueerd/ }).first().click();
  const goal = await coach.getByRole("heading", { level: 2 }).first().innerText();
  await coach.getByRole("button", { name: "Telt mee" }).click();
  await coach.getByRole("button", { name: "Voldoende beheerst" }).click();
  await coach.getByLabel("Waarom? Waaruit blijkt dat?").fill("Twee keer alleen gedaan.");
  await coach.getByRole("button", { name: "Evalueer dit doel" }).click();
  await expect(coach.getByRole("listitem").filter({ hasText: "Twee keer alleen gedaan." })).toBeVisible();
  await coach.goto(at);
  return goal;
}

test("E10 what was achieved is attested on paper: what was decided, by whom and when, and plainly when nothing was", async () => {
  test.slow();
  const three = await Three.meet();
  const [learner, mentor, coach] = three.pages;
  try {
    await three.apart();
    await test.step("nothing counts yet: nothing to print, and it says so", async () => {
      await learner.goto(three.at("evaluation"));
      await learner.getByRole("link", { name: "Attest van wat bereikt is" }).click();
      await expect(heading(learner)).toBeVisible();
      await expect(learner.getByText(/De school heeft nog niets beslist/)).toBeVisible();
      await expect(print(learner)).toHaveCount(0);
      await look(learner, "achieved-empty");
      await mentor.goto(three.at("evaluation"));
      await expect(mentor.getByText("De school beslist per doel")).toBeVisible();
      await expect(mentor.getByRole("link", { name: "Attest van wat bereikt is" })).toHaveCount(0);
    });

    await test.step("the coach says which course it is, where and from when to when", async () => {
      await coach.goto(three.at("start"));
      await open(coach, "Opleiding, dagen en tempo");
      const form = coach.locator("form").filter({ has: coach.locator("#track-course") });
      await form.getByLabel("Welke opleiding?").fill("Transport en logistiek");
      await form.getByLabel("Eerste dag van de opleiding").fill("2026-09-01");
      await form.getByLabel("Laatste dag van de opleiding").fill("2027-06-30");
      await form.getByLabel("Een dag in week 1 van het plan").fill("2026-09-01");
      await form.getByRole("button", { name: "Bewaar", exact: true }).click();
      await expect(coach.getByText(/ · 4\d weken/)).toBeVisible();
    });

    let goals: string[] = [];
    await test.step("two goals are evaluated: they stand there, and that nothing is decided", async () => {
      await coach.goto(three.at("evaluation"));
      goals = [await evaluates(coach, three.at("evaluation")), await evaluates(coach, three.at("evaluation"))];
      await coach.getByRole("link", { name: "Attest van wat bereikt is" }).click();
      await expect(coach.getByRole("note")).toContainText("De school heeft nog niets beslist");
      const evaluated = coach.locator("section").filter({ hasText: "volgens de evaluatie (2)" });
      for (const goal of goals) await expect(evaluated).toContainText(goal);
      await expect(evaluated.getByText(/^Geëvalueerd door Els Maes op /).first()).toBeVisible();
      await look(coach, "achieved-so-far");
    });

    await test.step("the coach notes the decision about one of them", async () => {
      await coach.goto(three.at("evaluation"));
      await open(coach, "Noteer de deliberatie");
      const which = coach.getByRole("group", { name: "Welke doelen zijn beheerst?" });
      await which.getByRole("button").filter({ hasText: goals[1] }).click();
      await expect(which.getByRole("button", { pressed: true })).toContainText([goals[0] ?? ""]);
      await coach.getByLabel("Wie besliste?").fill("De leraren, de mentor en de cursist");
      await coach.getByRole("button", { name: "Deelstudiebekrachtiging" }).click();
      await coach.getByLabel("Waarom? Waaruit blijkt dat?").fill("Dat blijft in het dossier.");
      await coach.getByRole("button", { name: "Bewaar", exact: true }).click();
      await expect(coach.getByRole("heading", { name: "Deelstudiebekrachtiging" })).toBeVisible();
    });

    await three.together();
    await learner.goto(three.at("achieved"));
    await expect(learner.getByRole("heading", { name: "Deelstudiebekrachtiging" })).toBeVisible();
    await three.apart();
    await test.step("the cursist reads it, prints it, and on paper there is nothing to tap", async () => {
      await learner.goto(three.at("achieved"));
      await expect(learner.getByRole("heading", { name: "Amina Haddad" })).toBeVisible();
      await expect(learner.getByRole("listitem").filter({ hasText: "Opleiding" })).toContainText("Transport en logistiek");
      await expect(learner.getByText("1 september 2026 tot 30 juni 2027")).toBeVisible();
      await expect(learner.getByRole("heading", { name: "Deelstudiebekrachtiging" })).toBeVisible();
      await expect(learner.getByText(/^Beslist op \d.* door: De leraren, de mentor en de cursist$/)).toBeVisible();
      await expect(learner.getByText("Genoteerd door Els Maes")).toBeVisible();
      const decided = learner.locator("section").filter({ hasText: "Bereikte doelen (1)" });
      await expect(decided.getByRole("listitem")).toHaveText([goals[0] ?? ""]);
      await expect(learner.getByText("Dat blijft in het dossier."), "grounds are for the dossier").toHaveCount(0);
      await look(learner, "achieved");
      const prints = await countPrints(learner);
      await print(learner).click();
      expect(await prints()).toBe(1);
      await learner.emulateMedia({ media: "print", colorScheme: "dark" });
      await expect(print(learner)).toBeHidden();
      await expect(learner.getByRole("navigation")).toBeHidden();
      await expect(learner.getByText("Voor het centrum: naam en handtekening")).toBeVisible();
      const inks = await learner.evaluate(() => {
        const { color, backgroundColor } = getComputedStyle(document.documentElement);
        return [color, backgroundColor];
      });
      expect(inks).toEqual(["rgb(0, 0, 0)", "rgb(255, 255, 255)"]);
      await learner.screenshot({ path: "target/screens/achieved-paper.png", fullPage: true });
      await learner.emulateMedia({ media: null, colorScheme: null });
    });
  } finally {
    await three.end();
  }
});
