// A mentor on the floor, without a server: a level with words that come back by one tap, growth that all three see, and a sheet
// filled in on the spot.

import { expect, type Page, test } from "@playwright/test";
import { askFor } from "./support/diary.ts";
import { open, Three } from "./support/three.ts";

const goal = "Werken met handtransport";
const words = "Rustig gewerkt, goed gekeken.";

/** The steps of growth, the first first. */
const steps = (page: Page) =>
  page.locator("section").filter({ hasText: "Groei" }).getByRole("list").first().getByRole("listitem");

test("D3 D4 D5 words of a mentor's own and a sheet filled in without a server, and growth that all three see", async () => {
  test.slow();
  const three = await Three.meet();
  const [learner, mentor, coach] = three.pages;
  const field = mentor.getByLabel("Feedback, als je wilt");
  const before = mentor.getByRole("group", { name: "Wat je eerder schreef" });
  const answers = async (text: string, level: string) => {
    await mentor.getByRole("listitem").filter({ hasText: text }).getByRole("link", { name: /^Kies een niveau/ }).click();
    await mentor.getByRole("group", { name: goal }).getByRole("button", { name: level }).click();
  };
  try {
    await three.apart();
    await askFor(learner, "Pallets verzet met Luc", goal, "Gisteren");
    await askFor(learner, "Pallets verzet, alleen", goal);
    await three.together();
    await expect(mentor.getByText("2 activiteiten wachten op jou.")).toBeVisible();
    await three.apart();
    await test.step("D5 what a mentor wrote once comes back by one tap", async () => {
      await answers("Pallets verzet met Luc", "Met hulp");
      await expect(before, "nothing was written yet").toHaveCount(0);
      await field.fill(words);
      await mentor.getByRole("button", { name: "Bevestig", exact: true }).click();
      await expect(mentor.getByText("Antwoord voor Amina Haddad bewaard op dit toestel.")).toBeVisible();
      await answers("Pallets verzet, alleen", "Zelfstandig");
      await field.fill("Dit kun je!");
      await before.getByRole("button", { name: words }).click();
      await expect(field, "it comes after what is there").toHaveValue(`Dit kun je! ${words}`);
      await mentor.getByRole("button", { name: "Bevestig", exact: true }).click();
      await expect(mentor.getByText("Niets te bevestigen")).toBeVisible();
    });
    await three.together();
    await test.step("D3 the three see the same growth, step by step", async () => {
      await learner.goto(`${three.server.url}/competences`);
      await learner.getByRole("link", { name: goal }).click();
      for (const page of [mentor, coach]) {
        await page.goto(three.at(page === mentor ? "learner" : "dossier"));
        await page.getByRole("link", { name: goal }).first().click();
      }
      for (const page of three.pages) await expect(steps(page)).toContainText([/^Met hulp/, /^Zelfstandig/]);
    });
    await three.apart();
    await test.step("D4 the mentor fills in a sheet on the spot", async () => {
      await expect(mentor.getByText("Nog geen observatiefiches.")).toBeVisible();
      await open(mentor, "Vul een observatiefiche in");
      const save = mentor.getByRole("button", { name: "Bewaar de fiche" });
      await save.click();
      await expect(mentor.getByRole("alert")).toContainText("ten minste één criterium of opmerking");
      const criterion = (name: string) => mentor.getByRole("group", { name });
      await criterion("Vaardigheid: Ik verplaats een pallet met een transpallet.")
        .getByRole("button", { name: "Onder toezicht" })
        .click();
      await criterion("Kennis: Ik weet hoeveel het toestel mag dragen.")
        .getByRole("button", { name: "Zag het voor" })
        .click();
      await mentor.getByLabel("Over de taak").fill("Vier pallets, alle vier recht gezet.");
      await mentor.getByLabel("Over de aanpak").fill("Keek eerst of de weg vrij was.");
      await mentor.getByLabel("Over de houding").fill("Bleef rustig toen het druk werd.");
      await mentor.getByLabel("Kort gesprek: wat zeiden jullie?").fill("Morgen ook met de heftruck erbij.");
      await save.click();
      await expect(mentor.getByText("Bewaard op dit toestel").last()).toBeVisible();
      await expect(mentor.getByText("Nog geen observatiefiches.")).toHaveCount(0);
    });
    await three.together();
    await test.step("D4 the others read it, and it sets no level", async () => {
      for (const page of three.pages) {
        const sheet = page.locator("li.card").filter({ hasText: "Luc Peeters" });
        const heads = ["Over de taak", "Over de aanpak", "Over de houding", "Kort gesprek: wat zeiden jullie?"];
        await expect(sheet.getByRole("heading")).toHaveText(heads);
        const under = (head: string) => sheet.locator("h3", { hasText: head }).locator("+ p");
        await expect(under("Over de taak")).toHaveText("Vier pallets, alle vier recht gezet.");
        await expect(under("Over de aanpak")).toHaveText("Keek eerst of de weg vrij was.");
        await expect(under("Over de houding")).toHaveText("Bleef rustig toen het druk werd.");
        await expect(under("Kort gesprek")).toHaveText("Morgen ook met de heftruck erbij.");
        const seen = sheet.getByRole("listitem").filter({ hasText: "Ik verplaats een pallet" });
        await expect(seen).toContainText("Onder toezicht");
        await expect(sheet.getByText("Niet gezien")).toHaveCount(2);
        await expect(steps(page)).toHaveCount(2);
      }
      await expect(learner.getByText("Vul een observatiefiche in")).toHaveCount(0);
    });
    await test.step("D5 the cursist reads the feedback where the activity is", async () => {
      await learner.goto(`${three.server.url}/diary`);
      await learner.getByRole("link", { name: /Pallets verzet, alleen/ }).click();
      await expect(learner.getByText(`Dit kun je! ${words}`)).toBeVisible();
    });
  } finally {
    await three.end();
  }
});
