// Another pace for the same curriculum: the coach sets the days and the pace, spreads the goals over them in one tap, and the
// three agree anew. Without a server.

import { expect, type Page, test } from "@playwright/test";
import { day, open, Three } from "./support/three.ts";

/** The last week of the plan that any goal names. */
async function lastWeek(page: Page): Promise<number> {
  const lines = await page.locator("a[href*='/goal/']").allTextContents();
  return Math.max(...lines.flatMap((it) => [...it.matchAll(/tot (\d+)/g)].map(([, week]) => Number(week))));
}

test("B10 B2 the coach sets another pace and spreads the goals over its weeks, and it is agreed anew", async () => {
  test.slow();
  const three = await Three.meet();
  const [learner, mentor, coach] = three.pages;
  const spread = coach.getByRole("button", { name: /^Spreid de doelen over/ });
  const agree = (page: Page) => page.getByRole("button", { name: "Ik ga akkoord met dit plan" });
  try {
    await learner.goto(three.at("start"));
    await mentor.goto(three.at("plan"));
    await coach.goto(three.at("start"));
    await three.apart();
    await test.step("the coach fills in the days of the course and its pace", async () => {
      await open(coach, "Opleiding, dagen en tempo");
      const form = coach.locator("form").filter({ has: coach.locator("#track-course") });
      await form.getByLabel("Welke opleiding?").fill("Transport en logistiek");
      await form.getByLabel("Eerste dag van de opleiding").fill(day(0));
      await form.getByLabel("Laatste dag van de opleiding").fill(day(1));
      await form.getByLabel("Een dag in week 1 van het plan").fill(day(0));
      await form.getByRole("button", { name: "Over twee jaar" }).click();
      await form.getByRole("button", { name: "Bewaar", exact: true }).click();
      await expect(form.getByRole("alert")).toContainText("de laatste komt niet voor de eerste");
      await form.getByLabel("Laatste dag van de opleiding").fill(day(-7 * 79));
      await form.getByLabel(/^Aanvullende Algemene Vorming/).fill("Maandagavond in Aalst");
      await form.getByRole("button", { name: "Bewaar", exact: true }).click();
      await expect(coach.getByText("80 weken · Over twee jaar")).toBeVisible();
      await expect(coach.getByText("Aanvullende Algemene Vorming: Maandagavond in Aalst")).toBeVisible();
    });
    await three.together();
    await expect(learner.getByText("80 weken · Over twee jaar")).toBeVisible();
    await expect(learner.getByText("Aanvullende Algemene Vorming: Maandagavond in Aalst")).toBeVisible();
    await test.step("the three agree to the plan as it is", async () => {
      await learner.goto(three.at("plan"));
      await coach.goto(three.at("plan"));
      for (const page of three.pages) await agree(page).click();
      for (const page of three.pages) await expect(page.getByText("Alle drie zijn akkoord met dit plan")).toBeVisible();
    });
    await three.apart();
    await test.step("one tap spreads the goals, and undo brings the version back to which they agreed", async () => {
      const before = await lastWeek(coach);
      expect(before).toBeLessThan(80);
      await expect(spread).toHaveText("Spreid de doelen over 80 weken");
      await spread.click();
      await expect(coach.getByText("De doelen liggen nu over 80 weken")).toBeVisible();
      await expect(coach.getByText("Het plan is veranderd sinds jullie akkoord")).toBeVisible();
      expect(await lastWeek(coach)).toBe(80);
      await coach.getByRole("button", { name: "Ongedaan maken" }).click();
      await expect(coach.getByText("Alle drie zijn akkoord met dit plan")).toBeVisible();
      expect(await lastWeek(coach)).toBe(before);
      await spread.click();
      await expect(spread).toHaveCount(0);
    });
    await three.together();
    await test.step("cursist and mentor see the new weeks and are asked again; they spread nothing themselves", async () => {
      for (const page of [learner, mentor]) {
        await expect(page.getByText("Het plan is veranderd sinds jullie akkoord")).toBeVisible();
        await expect(page.getByText("Transport en logistiek · Over twee jaar")).toBeVisible();
        expect(await lastWeek(page)).toBe(80);
        await expect(page.getByRole("button", { name: /^Spreid/ })).toHaveCount(0);
        await agree(page).click();
      }
      await agree(coach).click();
      for (const page of three.pages) await expect(page.getByText("Alle drie zijn akkoord met dit plan")).toBeVisible();
    });
  } finally {
    await three.end();
  }
});
