// A centre that is new: nobody coaches yet, and everybody comes in from the screens, with only the administrator's own
// invitation made by the server's command.

import { expect, type Page, test } from "@playwright/test";
import { Person } from "./support/people.ts";
import { Server } from "./support/server.ts";
import { atSchool, comeIn } from "./support/three.ts";

const people: Person[] = [];
let server: Server;
let office: Page;

const come = (name: string, link: string): Promise<Page> => comeIn(people, server, name, link);

/** On a screen of people: the invitation of somebody who is there, for the program of their role. */
const invitation = async (page: Page, name: string, program: string): Promise<string> => {
  await expect(page.getByRole("heading", { name })).toBeVisible();
  await atSchool(page);
  const card = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name }) });
  await card.getByRole("button", { name: /^Nodig uit/ }).click();
  return (await card.getByText(new RegExp(`/join\\?${program}#[0-9a-f]{32}$`)).textContent()) ?? "";
};

/** On a screen of people: somebody new, with the role that comes first there. */
const add = async (page: Page, name: string): Promise<void> => {
  await page.getByLabel("Naam").fill(name);
  await page.getByRole("button", { name: "Voeg toe" }).click();
};

test.beforeEach(async () => {
  server = await Server.prepare();
  const said = await server.command("centre", "--name", "CVO De Eerste", "--administrator", "Mieke Aerts");
  await server.start();
  office = await come("Mieke", /^link +(\S+)/m.exec(said)?.[1] ?? "");
});

test.afterEach(async () => {
  for (const person of people.splice(0)) await person.dispose();
  await server.dispose();
});

test("A14 A15 G9 who runs an empty centre begins a leertraject for a colleague, and everybody comes in from the screens", async () => {
  test.slow();
  const els = await test.step("a colleague becomes a member of the centre", async () => {
    await office.getByRole("link", { name: /^Mensen en toestellen/ }).click();
    await add(office, "Els Maes");
    return invitation(office, "Els Maes", "desk");
  });
  const coach = await come("Els", els);
  const begin = coach.getByRole("link", { name: "Nieuw leertraject" });
  await test.step("who has no leertraject yet reads what comes, and has their tabs", async () => {
    await expect(coach.getByRole("heading", { name: "Je hoort bij het centrum" })).toBeVisible();
    await expect(begin, "a member begins nothing").toHaveCount(0);
    await coach.getByRole("link", { name: "Meer" }).click();
    await expect(coach.getByText("Els Maes · CVO De Eerste")).toBeVisible();
    await coach.getByRole("link", { name: "Cursisten" }).click();
    await expect(coach.getByText("Wie het centrum beheert, begint een leertraject")).toBeVisible();
  });

  await test.step("who runs the centre begins a leertraject and says who coaches it", async () => {
    await office.goto(`${server.url}/centre`);
    await office.getByRole("link", { name: /^Begeleiders/ }).click();
    await expect(office.getByText("Nog niemand begeleidt hier.")).toBeVisible();
    await office.getByRole("link", { name: "Nieuw leertraject" }).click();
    const send = office.getByRole("button", { name: "Begin het leertraject" });
    await office.getByLabel("Naam van de cursist").fill("Amina Haddad");
    const who = office.getByRole("group", { name: "Wie begeleidt?" });
    await expect(who.getByRole("button")).toHaveCount(2);
    await expect(who.getByRole("button", { name: "Mieke Aerts (jij)" })).toBeVisible();
    await expect(send, "not before it is said who coaches").toBeDisabled();
    await who.getByRole("button", { name: "Els Maes" }).click();
    await send.click();
    await expect(office.getByText(/^Begonnen\. Els Maes krijgt het leertraject/)).toBeVisible();
    await office.getByRole("link", { name: "Naar de begeleiders" }).click();
    await expect(office.getByRole("listitem").filter({ hasText: "Els Maes" })).toContainText("1 leertraject");
  });

  const [amina, luc] = await test.step("the colleague has it, and invites the cursist and a mentor", async () => {
    await coach.getByRole("link", { name: /Amina Haddad/ }).click();
    await coach.getByRole("link", { name: "Mensen en uitnodigingen" }).click();
    const amina = await invitation(coach, "Amina Haddad", "learner");
    await add(coach, "Luc Peeters");
    return [amina, await invitation(coach, "Luc Peeters", "mentor")];
  });
  const learner = await come("Amina", amina);
  await expect(learner.getByRole("link", { name: "Nieuwe activiteit" })).toBeVisible();
  const mentor = await come("Luc", luc);
  await mentor.getByRole("link", { name: "Cursisten" }).click();
  await expect(mentor.getByText("Amina Haddad")).toBeVisible();

  await test.step("who coaches begins the next one, and comes to its people", async () => {
    await coach.goto(server.url);
    await begin.click();
    await coach.getByLabel("Naam van de cursist").fill("Bo Claes");
    await coach.getByRole("button", { name: "Begin het leertraject" }).click();
    await expect(coach.getByRole("heading", { name: "Bo Claes" })).toBeVisible();
    await expect(coach).toHaveURL(/\/invite\/[0-9a-f]{32}$/);
  });
});

test("A15 G9 who runs an empty centre coaches the first leertraject themselves, and hears so where there is no line", async () => {
  await office.getByRole("link", { name: /^Begeleiders/ }).click();
  await server.stop();
  await office.getByRole("link", { name: "Nieuw leertraject" }).click();
  await expect(office.getByRole("button", { name: "Probeer opnieuw" })).toBeVisible();
  await server.startFor(office);
  await office.getByRole("button", { name: "Probeer opnieuw" }).click();
  await office.getByLabel("Naam van de cursist").fill("Amina Haddad");
  await office.getByRole("button", { name: "Mieke Aerts (jij)" }).click();
  await office.getByRole("button", { name: "Begin het leertraject" }).click();
  await expect(office.getByRole("heading", { name: "Mensen", level: 1 })).toBeVisible();
  await expect(office.getByRole("heading", { name: "Amina Haddad" })).toBeVisible();
  await office.getByRole("link", { name: "Cursisten" }).first().click();
  await expect(office.getByRole("link", { name: /Amina Haddad/ })).toBeVisible();
});
