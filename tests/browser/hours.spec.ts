// Hours: the coach's agreement, the mentor's week at once, an absence, and figures that say how they came about. Written
// without a server.

import { expect, test } from "@playwright/test";
import { Person } from "./support/people.ts";
import { Server } from "./support/server.ts";
import { atSchool, day, open } from "./support/three.ts";

test("A7 D9 F2 F4 F5 an agreement, a week of hours, an absence, and the figures behind them", async () => {
  test.slow();
  const server = await Server.prepare();
  const own = await server.invite("Amina Haddad", "cursist");
  const luc = await server.invite("Luc Peeters", "mentor", own.dossier);
  const els = await server.invite("Els Maes", "trajectbegeleider", own.dossier);
  const people = [];
  for (const name of ["Amina", "Luc", "Els"]) people.push(await Person.withPhone(name, server.url));
  const [amina, mentor, coach] = people as [Person, Person, Person];
  try {
    await server.start();
    const learnerPage = await amina.join(own.link);
    const mentorPage = await mentor.join(luc.link);
    const coachPage = await coach.join(els.link);
    for (const page of [learnerPage, mentorPage, coachPage]) await atSchool(page);
    await server.stop();

    await test.step("the coach makes an agreement, once there is a workplace that is recognised", async () => {
      await coachPage.getByRole("link", { name: /Amina Haddad/ }).click();
      await coachPage.getByRole("link", { name: "Alle uren" }).click();
      await expect(coachPage.getByText("0 van de 20 opleidingsdagen zijn gebruikt.")).toBeVisible();
      await coachPage.getByRole("link", { name: "Nieuwe overeenkomst" }).click();
      await expect(coachPage.getByText("Een overeenkomst hoort bij een leerwerkplek die erkend is")).toBeVisible();
      await coachPage.getByRole("link", { name: "Voeg een leerwerkplek toe" }).click();
      await open(coachPage, "Voeg een leerwerkplek toe");
      await coachPage.locator("#workplace-company").fill("Magazijn Noord");
      await coachPage.locator("#workplace-from").fill(day(20));
      await coachPage.locator("#workplace-number").fill("E-114");
      await coachPage.locator("#workplace-recognised").fill(day(30));
      await coachPage.getByRole("button", { name: "Bewaar", exact: true }).first().click();
      await expect(coachPage.getByText("Erkend, nummer E-114")).toBeVisible();
      await coachPage.goto(`${server.url}/hours/${own.dossier}`);
      await coachPage.getByRole("link", { name: "Nieuwe overeenkomst" }).click();
      await coachPage.getByRole("button", { name: "ODOS" }).click();
      await coachPage.getByLabel("Eerste dag").fill(day(13));
      await coachPage.getByLabel("Laatste dag").fill(day(20));
      await coachPage.getByLabel("Uren per week op de werkplek").fill("22,5");
      await coachPage.getByRole("button", { name: "Bewaar" }).click();
      await expect(coachPage.getByRole("alert")).toContainText("de laatste dag komt na de eerste");
      await coachPage.getByLabel("Laatste dag").fill(day(-200));
      for (const party of ["Cursist", "Onderneming", "School"]) {
        await coachPage.getByLabel(party, { exact: true }).fill(day(14));
      }
      await coachPage.getByRole("button", { name: "Bewaar" }).click();
      await expect(coachPage.getByRole("heading", { name: "ODOS · Magazijn Noord" })).toBeVisible();
      await expect(coachPage.getByText("Getekend", { exact: true })).toBeVisible();
      await coachPage.getByRole("link", { name: "Wijzig", exact: true }).click();
      await expect(coachPage.getByLabel("Uren per week op de werkplek")).toHaveValue("22,5");
      await coachPage.getByRole("button", { name: "Bewaar" }).click();
      await expect(coachPage.getByRole("heading", { name: "ODOS · Magazijn Noord" })).toBeVisible();
    });

    await test.step("the learner writes two days of work and reports an absence", async () => {
      for (const back of [8, 7]) {
        await learnerPage.goto(`${server.url}/new`);
        await learnerPage.getByLabel("Wat heb je gedaan?").fill(`Dozen gestapeld ${back}`);
        await learnerPage.getByText("Andere dag").click();
        await learnerPage.getByLabel("Andere dag").fill(day(back));
        await learnerPage.getByLabel("Andere dag").blur();
        const where = learnerPage.getByRole("group", { name: "Waar?" });
        await where.getByRole("button", { name: "Werkplek" }).click();
        const long = learnerPage.getByRole("group", { name: "Hoe lang?" });
        await long.getByRole("button", { name: "8 u", exact: true }).click();
        await learnerPage.getByRole("button", { name: "Bewaar", exact: true }).click();
        await expect(learnerPage.getByText(/bewaard op dit toestel/i).first()).toBeVisible();
      }
      await learnerPage.goto(`${server.url}/hours`);
      await learnerPage.getByText("Meld een afwezigheid").click();
      await learnerPage.getByRole("button", { name: "Ziek" }).click();
      await learnerPage.getByRole("button", { name: "Meld dit" }).click();
      await expect(learnerPage.getByText("Wacht op de trajectbegeleider")).toBeVisible();
    });

    await server.startFor(learnerPage, mentorPage, coachPage);
    await atSchool(learnerPage);
    await test.step("the mentor confirms the week but for one day, takes it back, and confirms it all", async () => {
      const hours = mentorPage.locator("section", { hasText: "Uren te bevestigen" }).getByRole("link", { name: /Amina Haddad/ });
      await mentorPage.goto(`${server.url}/waiting`);
      await expect(hours, "the first screen says that hours wait").toContainText(/\d+\su/);
      await hours.click();
      await expect(mentorPage.getByRole("button", { name: /^Bevestig 8 u|^Bevestig 16 u/ }).first()).toBeVisible();
      await server.stop();
      const confirm = mentorPage.getByRole("button", { name: /^Bevestig \d/ });
      const options = mentorPage.getByRole("group", { name: "Wat klopt?" }).first().getByRole("button");
      if ((await options.count()) === 2) await options.first().click();
      await confirm.first().click();
      await expect(mentorPage.getByText("8 u bevestigd. Bewaard op dit toestel.")).toBeVisible();
      await mentorPage.getByRole("button", { name: "Ongedaan maken" }).click();
      while (!(await mentorPage.getByText("Alle uren op de werkplek zijn bevestigd.").isVisible())) {
        await confirm.first().click();
        await mentorPage.waitForTimeout(500);
      }
    });

    await server.startFor(learnerPage, mentorPage, coachPage);
    await atSchool(mentorPage);
    await test.step("the coach accepts the absence, and the learner reads how the figures came about", async () => {
      await expect(coachPage.getByText("16 u bevestigd door een mentor")).toBeVisible();
      const hours = coachPage.url();
      const waits = coachPage.getByRole("navigation").getByRole("link", { name: /Wacht op jou/ });
      await expect(waits, "nobody has to look through all cursisten").toContainText("1");
      await waits.click();
      await coachPage.locator("section", { hasText: "Gemelde afwezigheden" }).getByRole("link").click();
      await expect(coachPage).toHaveURL(hours);
      await coachPage.getByRole("button", { name: "Aanvaard", exact: true }).click();
      await expect(waits).not.toContainText("1");
      await expect(learnerPage.getByText("Aanvaard", { exact: true })).toBeVisible();
      await expect(learnerPage.getByText("16 u bevestigd door een mentor")).toBeVisible();
      await learnerPage.getByText(/^Gemiddeld .* per week$/).click();
      await expect(learnerPage.getByText("16 u op de werkplek, verdeeld over")).toBeVisible();
      await expect(learnerPage.getByText("ODOS vraagt minstens 20 u per week.")).toBeVisible();
      await learnerPage.getByText(/te kort tot nu toe/).click();
      await expect(learnerPage.getByText("Minstens 20 u per week is")).toBeVisible();
      await expect(learnerPage.getByText("Volgens de tabel van 2026.")).toBeVisible();
    });
    await test.step("planned stands beside done, by week, month and year, and opens into what is behind it", async () => {
      const periods = learnerPage.locator("section").filter({ hasText: "Gepland en gedaan" }).last();
      await expect(periods.getByText(/^Deze week: .* van 22\su\s30$/)).toBeVisible();
      const year = periods.locator("details").filter({ hasText: /^.?Dit schooljaar tot en met .*: 16\su van/ });
      await year.locator("summary").click();
      for (const back of [8, 7]) await expect(year.getByText(`Dozen gestapeld ${back}`)).toBeVisible();
      for (const month of await periods.locator("summary", { hasText: /^.?In .*\s(8|16)\su van / }).all()) await month.click();
      // In the year, in its month, and in its week.
      for (const back of [8, 7]) await expect(periods.getByText(`Dozen gestapeld ${back}`)).toHaveCount(3);
      await year.getByRole("link", { name: /Dozen gestapeld 8/ }).click();
      await expect(learnerPage.getByRole("heading", { name: "Activiteit" })).toBeVisible();
    });
    await test.step("F4 a block with other hours, and work on holidays, are part of the agreement", async () => {
      const hours = `${server.url}/hours/${own.dossier}`;
      await coachPage.goto(hours);
      await coachPage.getByRole("link", { name: "Wijzig", exact: true }).click();
      await coachPage.getByRole("button", { name: "Ja, dat is afgesproken" }).click();
      await coachPage.getByLabel("Blok vanaf").fill(day(-1));
      const save = coachPage.getByRole("button", { name: "Bewaar", exact: true });
      await save.click();
      await expect(coachPage.getByRole("alert"), "half a block").toBeVisible();
      await coachPage.getByLabel("Blok tot en met").fill(day(-7));
      await coachPage.getByLabel("Uren per week in dat blok").fill("0");
      await save.click();
      await expect(coachPage).toHaveURL(hours);
      await coachPage.getByRole("link", { name: "Wijzig", exact: true }).click();
      const blocks = coachPage.getByRole("group", { name: "Welke blokken kloppen niet meer?" });
      await expect(blocks.getByRole("button")).toHaveCount(1);
      await expect(coachPage.getByRole("button", { name: "Ja, dat is afgesproken", pressed: true })).toBeVisible();
    });
  } finally {
    for (const person of people) await person.dispose();
    await server.dispose();
  }
});
