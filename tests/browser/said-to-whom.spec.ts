// Who reads what: a private entry stays on its own device, a question stays above its answer, a confirmation is taken back
// with a reason, and what the centre tells is there for everybody.

import { expect, type Page, test } from "@playwright/test";
import { keptTexts } from "./support/diary.ts";
import { Person } from "./support/people.ts";
import { Server } from "./support/server.ts";
import { atSchool, open, Three } from "./support/three.ts";

const save = (page: Page) => page.getByRole("button", { name: "Bewaar", exact: true });

test("C3 C5 D2 what is private stays private, a question with its answer, and a confirmation is withdrawn with a reason", async () => {
  test.slow();
  const three = await Three.meet();
  const [learner, mentor, coach] = three.pages;
  try {
    await three.apart();
    await test.step("who reads it is said before it is written", async () => {
      await learner.goto(`${three.server.url}/new`);
      await expect(learner.getByText("Je mentor, je trajectbegeleider en je leraren kunnen dit lezen.")).toBeVisible();
      await learner.getByRole("button", { name: "Alleen ik" }).click();
      await expect(learner.getByText("Niemand anders leest dit, ook de school niet.")).toBeVisible();
      await learner.getByLabel("Wat heb je gedaan?").fill("Ik was bang op de heftruck.");
      await save(learner).click();
    });
    const question = await test.step("one question a day, above its answer from then on", async () => {
      await learner.getByRole("link", { name: "Nieuwe activiteit" }).click();
      await learner.getByLabel("Wat heb je gedaan?").fill("Pallets gewikkeld");
      await learner.getByRole("group", { name: "Wat heb je geoefend?" }).getByRole("button").first().click();
      const asked = learner.locator("label[for=reflection]");
      const question = (await asked.innerText()).trim();
      await learner.locator("#reflection").fill("Rustig beginnen helpt.");
      await learner.getByRole("button", { name: "Bewaar en vraag bevestiging" }).click();
      await learner.getByRole("link", { name: /Pallets gewikkeld/ }).first().click();
      await expect(learner.getByRole("heading", { name: question })).toBeVisible();
      return question;
    });
    await three.together();
    await test.step("the mentor reads the question too, and nothing that is private", async () => {
      await mentor.goto(three.at("learner"));
      await mentor.getByRole("link", { name: /Pallets gewikkeld/ }).first().click();
      await expect(mentor.getByRole("heading", { name: question })).toBeVisible();
      await expect(mentor.getByText("Rustig beginnen helpt.")).toBeVisible();
      for (const page of [mentor, coach]) {
        await expect.poll(() => keptTexts(page)).toContain("Pallets gewikkeld");
        expect(await keptTexts(page)).not.toContain("bang op de heftruck");
      }
    });
    await test.step("a confirmation is taken back with a reason, and everybody reads which", async () => {
      await mentor.goto(`${three.server.url}/waiting`);
      const other = mentor.getByRole("link", { name: /^Kies een niveau/ });
      await expect(other).toBeVisible();
      await three.apart();
      await other.click();
      await mentor.getByRole("button", { name: "Zelfstandig" }).first().click();
      await mentor.getByRole("button", { name: /^(Bevestig|Geef dit antwoord)$/ }).click();
      await expect(mentor.getByText(/bewaard op dit toestel/i).first()).toBeVisible();
      await mentor.goto(three.at("learner"));
      await mentor.getByRole("link", { name: /Pallets gewikkeld/ }).first().click();
      await open(mentor, "Trek mijn bevestiging terug");
      await mentor.getByLabel("Waarom trek je dit terug?").fill("Dat was een andere dag.");
      await mentor.locator("form").getByRole("button", { name: "Trek mijn bevestiging terug" }).click();
      await expect(mentor.getByText("Teruggetrokken: Dat was een andere dag.")).toBeVisible();
      await three.together();
      await coach.goto(three.at("dossier"));
      await expect(coach.getByText("Teruggetrokken: Dat was een andere dag.")).toBeVisible();
    });
  } finally {
    await three.end();
  }
});

test("E8 G8 what the centre tells and how it evaluates is read by a cursist without a line", async () => {
  const server = await Server.prepare({ centre: "demo" });
  await server.start();
  const mieke = await Person.withPhone("Mieke", server.url);
  const amir = await Person.withPhone("Amir", server.url);
  try {
    const centre = await mieke.join(server.player("beheerder").link);
    const learner = await amir.join(server.player("cursist").link);
    for (const page of [centre, learner]) await atSchool(page);
    await centre.goto(`${server.url}/centre/sheets`);
    await centre.getByLabel("Titel").fill("Ziek op een werkdag");
    await centre.getByLabel("Tekst").fill("Bel voor acht uur naar je werkplek.");
    await save(centre).click();
    await expect(centre.getByRole("listitem").filter({ hasText: "Ziek op een werkdag" })).toBeVisible();
    await centre.goto(`${server.url}/centre/policy`);
    await centre.getByLabel("Welke competenties?").fill("Wat je kunt op de werkplek en op school.");
    await save(centre).click();
    await atSchool(centre);
    await learner.getByRole("navigation", { name: "Onderdelen" }).getByRole("link", { name: "Meer" }).click();
    await learner.getByRole("link", { name: /^Informatie van je centrum/ }).click();
    await expect(learner.getByText("Ziek op een werkdag")).toBeVisible();
    await server.stop();
    await learner.reload();
    await open(learner, "Ziek op een werkdag");
    await expect(learner.getByText("Bel voor acht uur naar je werkplek.")).toBeVisible();
    await expect(learner.getByRole("heading", { name: "Hoe je geëvalueerd wordt" })).toBeVisible();
    await expect(learner.getByText("Wat je kunt op de werkplek en op school.")).toBeVisible();
  } finally {
    await mieke.dispose();
    await amir.dispose();
    await server.dispose();
  }
});
