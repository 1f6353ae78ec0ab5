// The work floor: a reception ticked by two on their own phones, and an observation sheet. Written without a server.

import { expect, type Page, test } from "@playwright/test";
import { Person } from "./support/people.ts";
import { type Invitation, Server } from "./support/server.ts";
import { day, open } from "./support/three.ts";

let server: Server;
const people: Person[] = [];
let own: Invitation;

test.beforeEach(async () => {
  server = await Server.prepare();
  own = await server.invite("Amina Haddad", "cursist");
});

test.afterEach(async () => {
  for (const person of people.splice(0)) await person.dispose();
  await server.dispose();
});

const tab = (page: Page, name: string | RegExp) =>
  page.getByRole("navigation", { name: "Onderdelen" }).getByRole("link", { name });
const atSchool = (page: Page) => expect(page.getByText("Alles is bij de school").first()).toBeVisible();

async function allJoin(): Promise<[Page, Page, Page]> {
  const links = [
    own.link,
    (await server.invite("Luc Peeters", "mentor", own.dossier)).link,
    (await server.invite("Els Maes", "trajectbegeleider", own.dossier)).link,
  ];
  await server.start();
  const pages = [];
  for (const link of links) {
    const person = await Person.withPhone(link, server.url);
    people.push(person);
    const page = await person.join(link);
    await atSchool(page);
    pages.push(page);
  }
  return pages as [Page, Page, Page];
}

test("D6 a reception is written and ticked without a server, and is done when both ticked", async () => {
  const [learner, mentor, coach] = await allJoin();
  await server.stop();
  await tab(mentor, /Cursisten/).click();
  await mentor.getByRole("link", { name: /Amina Haddad/ }).click();
  await mentor.getByRole("link", { name: "Onthaal" }).click();
  await expect(mentor.getByLabel("Veiligheid, machine per machine")).toHaveValue(/Nooduitgang en verzamelplaats/);
  await mentor.getByLabel("Algemeen").fill("Pauzes");
  await mentor.getByLabel("Veiligheid, machine per machine").fill("Noodstop heftruck\nBeschermkledij");
  await mentor.getByLabel("Werkpostfiche").fill("");
  await mentor.getByRole("button", { name: "Bewaar de lijst" }).click();
  await mentor.getByRole("button", { name: "Doorgenomen: Noodstop heftruck" }).click();
  await expect(mentor.getByRole("button", { name: "Doorgenomen: Noodstop heftruck", pressed: true })).toBeVisible();
  await expect(mentor.getByText(/^Klaar op/)).toHaveCount(0);

  await server.startFor(learner, mentor, coach);
  await atSchool(mentor);
  await expect(learner.getByText("Veiligheid: 2 nog niet door allebei doorgenomen.")).toBeVisible();
  await learner.getByRole("link", { name: "Neem het door" }).click();
  await server.stop();
  for (const point of ["Noodstop heftruck", "Beschermkledij"]) {
    await learner.getByRole("button", { name: `Doorgenomen: ${point}` }).click();
  }
  await expect(learner.getByText(/^Klaar op/)).toHaveCount(1);

  await server.startFor(learner, mentor, coach);
  await expect(mentor.getByText(/^Klaar op/)).toHaveCount(1);
  await coach.getByRole("link", { name: /Amina Haddad/ }).click();
  await expect(coach.getByText("Veiligheid: 1 nog niet door allebei doorgenomen.")).toBeVisible();
  await mentor.getByRole("button", { name: "Doorgenomen: Beschermkledij" }).click();
  await expect(coach.getByRole("link", { name: "Onthaal: 2 van 3" })).toBeVisible();

  // Two who change the list at once lose nothing of each other, and two changes of one person neither.
  const adds = async (page: Page, line: string) => {
    const safety = page.getByLabel("Veiligheid, machine per machine");
    await safety.fill(`${await safety.inputValue()}\n${line}`);
    await page.getByRole("button", { name: "Bewaar de lijst" }).click();
    await atSchool(page);
  };
  await coach.getByRole("link", { name: "Onthaal: 2 van 3" }).click();
  for (const page of [mentor, coach]) await open(page, "Pas de lijst aan");
  await adds(mentor, "Noodstop pers");
  await expect(coach.getByRole("heading", { name: "Noodstop pers" })).toBeVisible();
  await adds(coach, "Blusapparaat");
  await adds(coach, "Oogdouche");
  for (const point of ["Noodstop heftruck", "Beschermkledij", "Noodstop pers", "Blusapparaat", "Oogdouche"]) {
    await expect(mentor.getByRole("heading", { name: point }), point).toBeVisible();
  }
});

test("D6 a second workplace has machines of its own, and a reception of its own", async () => {
  const [learner, mentor, coach] = await allJoin();
  await coach.goto(`${server.url}/start/${own.dossier}`);
  for (const [company, from] of [["Magazijn Noord", day(30)], ["Distributie Zuid", day(10)]] as const) {
    await open(coach, "Voeg een leerwerkplek toe");
    await coach.locator("#workplace-company").fill(company);
    await coach.locator("#workplace-from").fill(from);
    await coach.getByRole("button", { name: "Bewaar", exact: true }).first().click();
    await expect(coach.getByRole("link", { name: company })).toBeVisible();
    await coach.reload();
  }
  await atSchool(coach);
  await mentor.goto(`${server.url}/reception/${own.dossier}`);
  const list = (company: string) => mentor.locator("section").filter({ has: mentor.getByRole("heading", { name: company, level: 2 }) }).first();
  await expect(mentor.getByRole("heading", { name: "Distributie Zuid", level: 2 })).toBeVisible();
  await server.stop();
  const first = list("Magazijn Noord");
  await first.getByLabel("Veiligheid, machine per machine").fill("Noodstop heftruck");
  await first.getByLabel("Algemeen").fill("");
  await first.getByLabel("Werkpostfiche").fill("");
  await first.getByRole("button", { name: "Bewaar de lijst" }).click();
  await expect(first.getByRole("heading", { name: "Noodstop heftruck" })).toBeVisible();
  await expect(list("Distributie Zuid").getByRole("heading", { name: "Noodstop heftruck" }), "it is of the first one").toHaveCount(0);
  await expect(list("Distributie Zuid").getByLabel("Veiligheid, machine per machine"), "and still to be written").toHaveValue(/Nooduitgang/);
  await server.startFor(learner, mentor, coach);
  await atSchool(mentor);
  await coach.goto(`${server.url}/learners`);
  await expect(coach.getByText(/onthaal/i).first(), "a coach hears that the second has none").toBeVisible();
});
