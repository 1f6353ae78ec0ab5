// Activities that the school collects for a lesson: with one tap, without names unless somebody asks for them, on paper, taken
// back with another tap, and gone as soon as its cursist takes the activity back. Collected without a server.

import { expect, test } from "@playwright/test";
import { kept, newActivity } from "./support/diary.ts";
import { look } from "./support/look.ts";
import { Three } from "./support/three.ts";

test("C9 a coach collects an activity for a lesson and shows it without names, until it is taken back", async () => {
  test.slow();
  const three = await Three.meet();
  const [learner, mentor, coach] = three.pages;
  const collect = coach.getByRole("button", { name: "Verzamel voor de les" });
  const activity = coach.getByRole("listitem").filter({ hasText: "pallets gestapeld" });
  const forClass = () => coach.goto(`${three.server.url}/class`);
  try {
    await learner.goto(three.server.url);
    await newActivity(learner).click();
    await learner.getByLabel("Wat heb je gedaan?").fill("Met Luc pallets gestapeld, Amina controleerde");
    await learner.getByRole("button", { name: "Werken met handtransport" }).click();
    await learner.getByRole("button", { name: "Bewaar en vraag bevestiging" }).click();
    await expect(kept(learner)).toBeVisible();
    await coach.goto(three.at("dossier"));
    await expect(coach.getByRole("link", { name: /pallets gestapeld/ })).toBeVisible();

    await three.apart();
    await test.step("nothing is collected yet, and it says how to", async () => {
      await coach.goto(`${three.server.url}/group`);
      await coach.getByRole("link", { name: "Verzameld voor de les" }).click();
      await expect(coach.getByRole("heading", { name: "Voor de les", level: 1 })).toBeVisible();
      await expect(coach.getByText("Nog niets verzameld")).toBeVisible();
      await expect(coach.getByRole("button", { name: "Druk af of bewaar als PDF" })).toBeHidden();
    });
    await test.step("one tap collects it", async () => {
      await coach.goto(three.at("dossier"));
      await coach.getByRole("link", { name: /pallets gestapeld/ }).click();
      await collect.click();
      await expect(collect).toHaveAttribute("aria-pressed", "true");
      await look(coach, "collected-activity");
      await coach.getByRole("link", { name: "Bekijk wat verzameld is" }).click();
    });
    await test.step("without names: nobody is named, no way leads to whose it is", async () => {
      await expect(activity).toContainText("Met … pallets gestapeld, … controleerde");
      await expect(activity).toContainText("Werken met handtransport");
      const page = coach.getByRole("main");
      for (const name of [/Amina/, /Haddad/, /Luc/]) await expect(page).not.toContainText(name);
      await expect(activity.getByRole("link")).toHaveCount(0);
      await look(coach, "collected");
      await coach.emulateMedia({ media: "print" });
      await expect(activity).toBeVisible();
      await expect(coach.getByRole("button", { name: "Haal weg" })).toBeHidden();
      await coach.emulateMedia({ media: null });
    });
    await test.step("with names, for who wants them", async () => {
      await coach.getByRole("button", { name: "Met namen" }).click();
      await expect(activity).toContainText("Amina Haddad");
      await expect(activity).toContainText("Met Luc pallets gestapeld, Amina controleerde");
      await look(coach, "collected-named");
      await activity.getByRole("link", { name: "Open de activiteit" }).click();
    });
    await test.step("another tap takes it back, here or in the list", async () => {
      await expect(collect).toHaveAttribute("aria-pressed", "true");
      await collect.click();
      await expect(collect).toHaveAttribute("aria-pressed", "false");
      await forClass();
      await expect(coach.getByText("Nog niets verzameld")).toBeVisible();
      await coach.goBack();
      await collect.click();
      await expect(collect).toHaveAttribute("aria-pressed", "true");
      await forClass();
      await coach.getByRole("button", { name: "Haal weg" }).click();
      await expect(coach.getByText("Nog niets verzameld")).toBeVisible();
      await coach.getByRole("button", { name: "Ongedaan maken" }).click();
      await expect(activity).toBeVisible();
    });

    await three.together();
    await test.step("the mentor is not asked to collect", async () => {
      await mentor.goto(`${three.server.url}/waiting`);
      await mentor.goto(`${three.server.url}/class`);
      await expect(mentor.getByText("Deze pagina bestaat niet")).toBeVisible();
    });
    await test.step("its cursist takes the activity back: it is in no lesson any more", async () => {
      await learner.goto(`${three.server.url}/diary`);
      await learner.getByRole("link", { name: /pallets gestapeld/ }).click();
      await learner.getByRole("button", { name: "Trek in", exact: true }).click();
      await expect(coach.getByText("Nog niets verzameld")).toBeVisible();
    });
  } finally {
    await three.end();
  }
});
