// Who wrote what (G9): whoever guides reads it of a leertraject, whoever runs the centre reads it of the centre, without a
// line too. What somebody keeps to themselves is a number there, and nothing more.

import { expect, type Page, test } from "@playwright/test";
import { save, type, write } from "./support/diary.ts";
import { Person } from "./support/people.ts";
import { Server } from "./support/server.ts";
import { atSchool, Three } from "./support/three.ts";

const line = (page: Page, text: string) => page.locator("main .card").filter({ hasText: text });

test("G9 a coach reads who wrote what in a dossier, without a line, and nothing that is private", async () => {
  test.slow();
  const three = await Three.meet();
  const [learner, mentor, coach] = three.pages;
  try {
    await three.apart();
    await write(learner, "Pallets geladen");
    await type(learner, "Dit is van mij");
    await learner.getByRole("button", { name: /^Alleen ik/ }).click();
    await save(learner);
    await mentor.goto(three.at("report"));
    await mentor.getByLabel("Wat is er aan de hand?").fill("De heftruck staat stil");
    await mentor.getByRole("button", { name: "Meld dit" }).click();
    await three.together();

    await coach.goto(three.at("dossier"));
    await coach.getByRole("link", { name: "Logboek: wie schreef wat" }).click();
    await expect(line(coach, "Pallets geladen")).toContainText("Amina Haddad");
    await expect(line(coach, "De heftruck staat stil")).toContainText("Luc Peeters");
    await expect(coach.getByText(/^Daarnaast 1 die je niet mag lezen/)).toBeVisible();
    await expect(coach.getByText("Dit is van mij")).toHaveCount(0);

    await test.step("what is only here is there too, and a word finds it", async () => {
      await three.apart();
      await coach.goto(three.at("dossier"));
      await coach.getByRole("textbox").first().fill("Mooi gewerkt");
      await coach.getByRole("button", { name: "Plaats" }).click();
      await coach.getByRole("link", { name: "Logboek: wie schreef wat" }).click();
      await coach.getByRole("searchbox").fill("els");
      await expect(line(coach, "Mooi gewerkt")).toContainText("Alleen op dit toestel");
      await expect(line(coach, "Pallets geladen")).toHaveCount(0);
    });
  } finally {
    await three.end();
  }
});

test("G9 whoever runs the centre reads who set what, without a line", async () => {
  test.slow();
  const server = await Server.prepare({ centre: "demo" });
  await server.start();
  const player = server.player("beheerder");
  const mieke = await Person.withPhone("Mieke", server.url);
  try {
    const page = await mieke.join(player.link);
    await atSchool(page);
    await server.stop();
    await page.getByRole("link", { name: /^Namen van de niveaus/ }).click();
    await page.getByRole("button", { name: "Bewaar" }).click();
    await expect(page.getByText(/bewaard op dit toestel/i).first()).toBeVisible();
    await page.goto(`${server.url}/`);
    await page.getByRole("link", { name: /^Logboek/ }).click();
    await expect(line(page, "Alleen op dit toestel")).toHaveCount(1);
    await page.getByRole("searchbox").fill("katrien");
    await expect(line(page, "Katrien").first()).toContainText("De school");
  } finally {
    await mieke.dispose();
    await server.dispose();
  }
});
