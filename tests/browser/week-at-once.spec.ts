// A mentor confirms a week at once, or a day of it, and keeps apart what they want to look at. Without a server.

import { expect, type Page, test } from "@playwright/test";
import { atSchool, day, Three } from "./support/three.ts";

/** Monday of the week before this one, so many days ago: both days lie in one week, whatever day it is today. */
const monday = ((new Date().getDay() + 6) % 7) + 7;
const [pallets, scanner, forklift, alone] = ["Paletten gestapeld.", "Met de scanner geteld.", "Vorkheftruck nagekeken.", "Zonder niveau."];

/** Writes an activity with one goal and asks for it to be confirmed; without a level, none is proposed. */
async function write(page: Page, text: string, back: number, level: string | null): Promise<void> {
  await page.goto(new URL("/new", page.url()).href);
  await page.locator("summary", { hasText: "Andere dag" }).click();
  await page.getByLabel("Andere dag").fill(day(back));
  const goals = page.getByRole("group", { name: "Wat heb je geoefend?" });
  await expect(goals.getByRole("button").first()).toBeVisible();
  while ((await goals.getByRole("button", { pressed: true }).count()) > 0) {
    await goals.getByRole("button", { pressed: true }).first().click();
  }
  await goals.getByRole("button").first().click();
  if (level) await page.getByRole("group", { name: /^Hoe ging het/ }).getByRole("button", { name: level }).click();
  await page.getByLabel("Wat heb je gedaan?").fill(text);
  await page.getByRole("button", { name: "Bewaar en vraag bevestiging" }).click();
  await expect(page.getByText("Bewaard op dit toestel").first()).toBeVisible();
}

test("D1 a week is confirmed at once without a server, an exception stays waiting, and the cursist sees it", async () => {
  test.slow();
  const three = await Three.meet();
  const [learner, mentor] = three.pages;
  const cards = mentor.getByRole("article");
  const all = mentor.locator("summary", { hasText: "Bevestig alles van deze week" });
  const rows = mentor.locator("details[open] ul.list > li");
  const main = mentor.getByRole("button", { name: /^Bevestig zoals voorgesteld/ });
  try {
    await mentor.goto(`${three.server.url}/waiting`);
    await three.apart();
    await write(learner, pallets, monday, "Met hulp");
    await write(learner, scanner, monday, "Zelfstandig");
    await write(learner, forklift, monday - 1, "Met hulp");
    await write(learner, alone, monday - 1, null);
    await three.together();
    await expect(cards).toHaveCount(4);
    await three.apart();

    await test.step("one without a proposed level is not among them", async () => {
      await expect(all).toHaveText(/\(3\)/);
      await all.click();
      await expect(rows).toHaveCount(3);
      await expect(rows.filter({ hasText: alone })).toHaveCount(0);
      await expect(rows.filter({ hasText: pallets })).toContainText("Met hulp");
    });
    await test.step("a day of it is one tap, and so is the whole week again", async () => {
      const days = mentor.getByRole("group", { name: "Wat bevestig je?" });
      await days.getByRole("button").nth(2).click();
      await expect(main).toHaveText(/\(1\)/);
      await days.getByRole("button", { name: "Hele week" }).click();
      await expect(main).toHaveText(/\(3\)/);
    });
    await test.step("one is kept apart, the others are confirmed together, and taken back together", async () => {
      await rows.filter({ hasText: scanner }).getByRole("button", { name: /^Apart bekijken/ }).click();
      await expect(main).toHaveText(/\(2\)/);
      await main.dblclick();
      await expect(mentor.getByText("2 keer bevestigd voor Amina Haddad")).toBeVisible();
      await expect(cards).toHaveCount(2);
      await expect(all).toHaveCount(0);
      await mentor.getByRole("button", { name: "Ongedaan maken" }).click();
      await expect(cards).toHaveCount(4);
      await all.click();
      await rows.filter({ hasText: scanner }).getByRole("button", { name: /^Apart bekijken/ }).click();
      await main.click();
      await expect(cards).toHaveCount(2);
    });
    await test.step("what was kept apart waits on, also after a new start", async () => {
      await mentor.reload();
      await expect(cards.filter({ hasText: scanner })).toBeVisible();
      await expect(cards.filter({ hasText: alone })).toBeVisible();
      await expect(cards).toHaveCount(2);
    });
    await learner.goto(`${three.server.url}/diary`);
    await three.together();
    await test.step("the cursist sees which are confirmed and which wait", async () => {
      const entry = (text: string) => learner.getByRole("link").filter({ hasText: text });
      await expect(entry(pallets)).toContainText("Bevestigd");
      await expect(entry(forklift)).toContainText("Bevestigd");
      await expect(entry(scanner)).toContainText("Wacht op bevestiging");
      await expect(entry(alone)).toContainText("Wacht op bevestiging");
      await atSchool(mentor);
      await expect(cards).toHaveCount(2);
    });
  } finally {
    await three.end();
  }
});
