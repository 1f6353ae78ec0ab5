// Days that nobody wrote down: seen kindly, filled in together without a server, and what the coach learns from them.

import { expect, test } from "@playwright/test";
import { newActivity } from "./support/diary.ts";
import { day, open, Three } from "./support/three.ts";

const school = "School, hele dag (8 lesuren)";
const work = "Werkplek, hele dag (8 u)";
const free = "Verlof of vrij";
const ill = "Ziek";
/** For the first seven of the ten working days of two weeks; the other three stay for later. */
const chosen = [school, school, school, work, free, free, ill];

test("C10 C9 missing days are filled in at once without a server, and the coach sees how varied they are", async () => {
  test.slow();
  const three = await Three.meet();
  const [learner, mentor, coach] = three.pages;
  const days = learner.locator("form").getByRole("group");
  try {
    await three.courseRuns(day(30), day(-200));
    await learner.goto(three.server.url);
    await three.apart();
    await test.step("the cursist says day by day what it was, and a reload takes none of it", async () => {
      await expect(learner.getByText("10 werkdagen zijn nog leeg. Je vult ze in één keer aan.")).toBeVisible();
      await learner.getByRole("link", { name: "Vul aan" }).click();
      await expect(days).toHaveCount(10);
      await learner.getByRole("button", { name: "Bewaar deze dagen" }).click();
      await expect(learner.getByRole("alert")).toHaveText("Kies bij ten minste één dag wat je deed.");
      for (const [at, words] of chosen.entries()) {
        await days.nth(at).getByRole("button", { name: words, exact: true }).click();
      }
      await learner.reload();
      await expect(days.getByRole("button", { name: ill, pressed: true })).toHaveCount(1);
      await learner.getByRole("button", { name: "Bewaar deze dagen" }).click();
      await expect(learner.getByText("3 werkdagen zijn nog leeg.")).toBeVisible();
      await learner.getByRole("link", { name: "Vul aan" }).click();
      await expect(days, "what was not known stays for later").toHaveCount(3);
    });
    await test.step("and writes an activity of today, with a goal", async () => {
      await learner.goto(three.server.url);
      await newActivity(learner).click();
      await learner.getByLabel("Wat heb je gedaan?").fill("Rolcontainers gewisseld");
      // The form proposes where one was on the last such weekday.
      await learner.getByRole("group", { name: "Waar?" }).getByRole("button", { name: "Werkplek" }).click();
      await learner.getByRole("button", { name: "Andere doelen" }).click();
      await learner.getByRole("button", { name: "Werken met handtransport" }).click();
      await learner.getByRole("button", { name: "Bewaar en vraag bevestiging" }).click();
      await expect(learner.getByText("Bewaard op dit toestel")).toBeVisible();
    });
    await three.together();
    await test.step("mentor and coach see the days, and what is often, always the same and never there", async () => {
      await mentor.goto(three.at("learner"));
      await coach.goto(three.at("dossier"));
      for (const page of [mentor, coach]) {
        await expect(page.getByRole("link", { name: /Lesdag op school/ })).toHaveCount(3);
        await expect(page.getByRole("link", { name: /Werkdag/ })).toHaveCount(1);
      }
      await open(coach, "Afwisseling");
      for (const line of [
        "2 op de werkplek, 3 op school",
        "Vaak: Werken met handtransport (1 keer)",
        "3 keer dezelfde tekst: lesdag op school",
        "Nog nooit: Veilig starten in het magazijn",
      ]) {
        await expect(coach.getByText(line, { exact: true })).toBeVisible();
      }
      await expect(coach.getByText("Nog nooit: Werken met handtransport")).toHaveCount(0);
      await expect(mentor.getByText("Afwisseling")).toHaveCount(0);
    });
    await test.step("what the coach has opened stays open when a confirmation comes in", async () => {
      await mentor.getByRole("link", { name: /Rolcontainers gewisseld/ }).click();
      await mentor.getByRole("group", { name: "Werken met handtransport" }).getByRole("button", { name: "Met hulp" }).click();
      await mentor.getByRole("button", { name: "Bevestig", exact: true }).click();
      await expect(coach.getByText("Nog geen bevestigingen.")).toHaveCount(0);
      await expect(coach.getByText("Vaak: Werken met handtransport (1 keer)", { exact: true })).toBeVisible();
    });
    await three.apart();
    await test.step("the two free days are one absence, and the coach accepts it", async () => {
      await coach.goto(three.at("hours"));
      const leave = coach.getByRole("listitem").filter({ hasText: "Verlof" });
      const illness = coach.getByRole("listitem").filter({ hasText: "Ziek" });
      for (const it of [leave, illness]) await expect(it).toContainText("Wacht op de trajectbegeleider");
      await illness.getByRole("button", { name: "Aanvaard", exact: true }).click();
      await expect(illness).not.toContainText("Wacht op");
      await expect(leave).toContainText("Wacht op");
    });
    await three.together();
    await test.step("the cursist sees it, and is asked after the three days only", async () => {
      await learner.goto(`${three.server.url}/hours`);
      const illness = learner.getByRole("listitem").filter({ hasText: "Ziek" });
      await expect(illness.getByText("Aanvaard", { exact: true })).toBeVisible();
      await learner.goto(three.server.url);
      await expect(learner.getByText("3 werkdagen zijn nog leeg.")).toBeVisible();
    });
  } finally {
    await three.end();
  }
});
