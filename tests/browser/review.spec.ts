// A talk of three at one table without a connection: planned, written under the four questions, agreed by all three to
// exactly what is there, and a point of it taken along. Who was not there sees it later.

import { expect, type Page, test } from "@playwright/test";
import { FirstPath } from "./support/story.ts";
import { day, open, Three } from "./support/three.ts";

const tab = (page: Page, name: string | RegExp) =>
  page.getByRole("navigation", { name: "Onderdelen" }).getByRole("link", { name });
const agree = (page: Page) => page.getByRole("button", { name: "Ik ga akkoord" });
const felt = (page: Page) =>
  page.locator("details", { hasText: "Welbevinden" }).getByRole("listitem");
const notByAll = (page: Page) => page.getByText("Nog niet door alle drie goedgekeurd").first();

test("E1 E3 E4 a talk is held without a server, agreed by three, and a point of it becomes an intention", async () => {
  test.slow();
  const path = await FirstPath.begin();
  try {
    const { server } = path;
    const [learner, mentor, coach] = [path.cursist.page, path.mentor.page, path.coach.page];
    const all = [learner, mentor, coach];

    await test.step("the coach plans it and writes it down at the table", async () => {
      await coach.getByRole("link", { name: path.cursist.name }).first().click();
      await server.stop();
      await coach.getByRole("link", { name: /^Gesprekken/ }).click();
      const before = await coach.getByRole("link", { name: /Eindgesprek/ }).count();
      expect(before, "the demo has no final talk yet").toBe(0);
      await coach.getByRole("button", { name: "Eindgesprek" }).click();
      await coach.getByRole("button", { name: "Plan een gesprek" }).click();
      await coach.getByRole("link", { name: /Eindgesprek.*Gepland/ }).click();
      await expect(coach.getByRole("heading", { name: "Sinds het vorige gesprek" })).toBeVisible();
      await coach.locator("summary", { hasText: "Welbevinden" }).click();
      await expect(felt(coach).first(), "E3 how the cursist felt").toBeVisible();
      await expect(coach.getByText("De mentor leest dit niet.").first()).toBeVisible();
      await coach.getByText("Schrijf het gesprek op").click();
      await coach.getByLabel("Waar gaan we naartoe?").fill("Zelfstandig bestellingen klaarzetten.");
      await coach.getByLabel("Waar staan we nu?").fill("Scannen gaat vlot.");
      await coach.getByLabel("Hoe gaan we verder?").fill("Twee keer per week samen laden.");
      await coach.getByLabel("Afspraken, één per regel").fill("Eerst het etiket lezen\nMaandag vragen stellen");
      await coach.getByRole("button", { name: "Bewaar het gesprek" }).click();
      await coach.getByRole("link", { name: /Eindgesprek/ }).click();
      await expect(coach.getByText("Scannen gaat vlot.").first()).toBeVisible();
      await agree(coach).click();
      await expect(agree(coach)).toHaveCount(0);
      await expect(notByAll(coach)).toBeVisible();
    });

    await test.step("the others read it, and agree without a server", async () => {
      await server.startFor(...all);
      await tab(learner, "Meer").click();
      await tab(mentor, /Cursisten/).click();
      await mentor.getByRole("link", { name: path.cursist.name }).first().click();
      for (const page of [learner, mentor]) {
        await page.getByText("Een gesprek wacht op jouw akkoord.").first().waitFor();
        await page.getByRole("link", { name: /^Gesprekken.*afgesproken/ }).click();
        await page.getByRole("link", { name: /Eindgesprek/ }).click();
        await expect(page.getByText("Scannen gaat vlot.").first()).toBeVisible();
      }
      await expect(mentor.getByRole("button", { name: "Neem mee als voornemen" })).toHaveCount(0);
      await expect(mentor.getByText("De mentor leest dit niet."), "never more than the reader may read").toHaveCount(0);
      await server.stop();
      for (const page of [learner, mentor]) {
        await agree(page).click();
        await expect(agree(page)).toHaveCount(0);
      }
      const point = learner.getByRole("listitem").filter({ hasText: "Eerst het etiket lezen" }).first();
      await point.getByRole("button", { name: "Neem mee als voornemen" }).click();
      await expect(learner.getByText("Meegenomen als voornemen")).toHaveCount(1);
    });

    await test.step("all three see that all three agreed, and the coach what is taken along", async () => {
      await server.startFor(...all);
      for (const page of all) await expect(page.getByText("Door alle drie goedgekeurd").first()).toBeVisible();
      await expect(coach.getByText("Meegenomen als voornemen")).toHaveCount(1);
    });

    await test.step("what is written later is asked again, and nothing that was written is lost", async () => {
      await server.stop();
      await coach.reload();
      await coach.getByText("Schrijf het gesprek op").click();
      await expect(coach.getByLabel("Hoe gaan we verder?")).toHaveValue("Twee keer per week samen laden.");
      await coach.getByLabel("Waar staan we nu?").fill("Scannen gaat vlot, laden nog niet.");
      await coach.getByRole("button", { name: "Bewaar het gesprek" }).click();
      await server.startFor(...all);
      await expect(learner.getByText("Scannen gaat vlot, laden nog niet.").first()).toBeVisible();
      await expect(notByAll(learner)).toBeVisible();
      await expect(agree(learner)).toBeVisible();
      await expect(learner.getByText("Meegenomen als voornemen"), "it stays taken along").toHaveCount(1);
    });
  } finally {
    await path.end();
  }
});

test("E3 a talk is held and agreed by three at one table, without a line, on one device", async () => {
  const three = await Three.meet();
  const [learner, mentor, coach] = three.pages;
  try {
    await coach.goto(three.at("talks"));
    await expect(coach.getByRole("heading", { name: "Gesprekken" })).toBeVisible();
    await three.apart();
    await coach.getByLabel("Wanneer?").fill(day(0));
    await coach.locator("form").getByRole("button", { name: "Plan een gesprek" }).click();
    await coach.locator("a[href*='/talk/']").first().click();
    await open(coach, "Schrijf het gesprek op");
    await coach.getByLabel("Waar staan we nu?").fill("Laden en lossen gaat vlot.");
    await coach.getByRole("button", { name: "Bewaar het gesprek" }).click();
    await coach.locator("a[href*='/talk/']").first().click();
    await expect(coach.getByRole("button", { name: /hier aan tafel$/ }), "first who wrote it").toHaveCount(0);
    await agree(coach).click();
    await coach.getByRole("button", { name: "Amina Haddad gaat akkoord, hier aan tafel" }).click();
    await coach.getByRole("button", { name: "Luc Peeters gaat akkoord, hier aan tafel" }).click();
    await expect(coach.getByText("Door alle drie goedgekeurd").first()).toBeVisible();
    await expect(coach.getByText("Cursist: Amina Haddad, aan tafel op het toestel van Els Maes")).toBeVisible();
    await three.together();
    await learner.goto(three.at("talks"));
    await learner.locator("a[href*='/talk/']").first().click();
    await expect(learner.getByText("Werkplek: Luc Peeters, aan tafel op het toestel van Els Maes")).toBeVisible();
    await agree(learner).click();
    await expect(learner.getByText("Cursist: Amina Haddad", { exact: true })).toBeVisible();
    await mentor.goto(three.at("learner"));
    await expect(mentor.getByText("Een gesprek wacht op jouw akkoord."), "who was not there would notice").toBeVisible();
  } finally {
    await three.end();
  }
});
