// Whoever takes part in the centre already is chosen, not made a second time: one person, one phone, whatever they are in
// how many leertrajecten.

import { expect, type Page, test } from "@playwright/test";
import { Person } from "./support/people.ts";
import { Server } from "./support/server.ts";
import { atSchool, comeIn } from "./support/three.ts";

const people: Person[] = [];
let server: Server;
let centre: string;

const field = (said: string, name: string) => new RegExp(`^${name} +(\\S+)`, "m").exec(said)?.[1] ?? "";

/** Somebody new in a leertraject that is there, or who begins one of the centre. */
const enter = async (name: string, role: string, dossier?: string) => {
  const where = dossier ? ["--dossier", dossier] : ["--of-centre", centre];
  const said = await server.command("invite", "--name", name, "--role", role, ...where);
  return { link: field(said, "link"), dossier: dossier ?? field(said, "dossier") };
};

const come = (name: string, link: string): Promise<Page> => comeIn(people, server, name, link);

test.beforeEach(async () => {
  server = await Server.prepare();
  centre = field(await server.command("centre", "--name", "CVO De Eerste", "--administrator", "Mieke Aerts"), "centre");
});

test.afterEach(async () => {
  for (const person of people.splice(0)) await person.dispose();
  await server.dispose();
});

test("A1 A2 A3 A14 D1 a mentor of two cursisten of two coaches is one person, chosen with and without a line", async () => {
  test.slow();
  const amina = await enter("Amina Haddad", "cursist");
  const luc = await enter("Luc Peeters", "mentor", amina.dossier);
  const an = await enter("An Wouters", "trajectbegeleider", amina.dossier);
  const bo = await enter("Bo Claes", "cursist");
  const els = await enter("Els Maes", "trajectbegeleider", bo.dossier);
  await server.start();
  const mentor = await come("Luc", luc.link);
  const other = await come("An", an.link);
  const coach = await come("Els", els.link);
  const known = coach.getByRole("group", { name: "Kies een persoon" });
  const choose = async (who: string) => {
    await coach.goto(`${server.url}/invite/${bo.dossier}`);
    await coach.getByRole("button", { name: "Iemand die hier al meedoet" }).click();
    await known.getByRole("button", { name: who }).click();
  };

  await test.step("the coach of another cursist chooses the mentor, and gives no name again", async () => {
    await choose("Luc Peeters · Mentor");
    await expect(known.getByRole("button"), "nobody who is only a cursist").toHaveCount(4);
    await expect(coach.getByLabel("Naam")).toHaveCount(0);
    await coach.getByRole("button", { name: "Voeg toe" }).click();
    await expect(coach.getByRole("heading", { name: "Luc Peeters" })).toBeVisible();
    await atSchool(coach);
    await mentor.getByRole("link", { name: "Cursisten" }).click();
    await expect(mentor.getByText("Bo Claes"), "on the phone that they have").toBeVisible();
    await expect(mentor.getByText("Amina Haddad")).toBeVisible();
  });

  await test.step("a role that somebody has here already is not given twice", async () => {
    await choose("Luc Peeters · Mentor");
    await coach.getByRole("button", { name: "Voeg toe" }).click();
    await expect(coach.getByRole("alert")).toContainText("een rol die deze persoon hier nog niet heeft");
  });

  await test.step("without a line whoever was told last is chosen", async () => {
    await server.stop();
    await choose("An Wouters · Trajectbegeleider");
    await expect(coach.getByText("De school is nu niet te bereiken.")).toBeVisible();
    await coach.getByRole("group", { name: "Rol" }).getByRole("button", { name: "Trajectbegeleider", exact: true }).click();
    await coach.getByRole("button", { name: "Voeg toe" }).click();
    await expect(coach.getByRole("heading", { name: "An Wouters" })).toBeVisible();
    await server.startFor(coach, other);
    await atSchool(coach);
    await expect(other.getByRole("link", { name: /Bo Claes/ })).toBeVisible();
  });
});

test("A14 G9 a member becomes an administrator of the centre as the person that they are", async () => {
  const amina = await enter("Amina Haddad", "cursist");
  const els = await enter("Els Maes", "trajectbegeleider", amina.dossier);
  const said = await server.command("invite", "--name", "Piet Vos", "--role", "beheerder", "--dossier", centre);
  await server.start();
  const coach = await come("Els", els.link);
  const office = await come("Piet", field(said, "link"));
  await office.getByRole("link", { name: /^Mensen en toestellen/ }).click();
  await office.getByRole("button", { name: "Iemand die hier al meedoet" }).click();
  const known = office.getByRole("group", { name: "Kies een persoon" });
  await expect(known.getByRole("button")).toHaveCount(3);
  await known.getByRole("button", { name: "Els Maes · Trajectbegeleider" }).click();
  await office.getByRole("button", { name: "Voeg toe" }).click();
  await atSchool(office);
  await coach.getByRole("link", { name: "Meer" }).click();
  await expect(async () => {
    await coach.reload();
    await expect(coach.getByRole("link", { name: /^Het centrum beheren/ })).toBeVisible({ timeout: 5_000 });
  }).toPass();
});

test("A9 A14 A16 a cursist who is there already gets a second leertraject, and goes from one to the other", async () => {
  test.slow();
  const amina = await enter("Amina Haddad", "cursist");
  const bo = await enter("Bo Claes", "cursist");
  const els = await enter("Els Maes", "trajectbegeleider", bo.dossier);
  await server.start();
  const learner = await come("Amina", amina.link);
  const coach = await come("Els", els.link);
  await coach.getByRole("link", { name: "Nieuw leertraject" }).click();
  await coach.getByRole("button", { name: "Iemand die hier al cursist is" }).click();
  await coach.getByRole("group", { name: "Kies een cursist" }).getByRole("button", { name: "Amina Haddad" }).click();
  await expect(coach.getByLabel("Naam van de cursist")).toHaveCount(0);
  await coach.getByRole("button", { name: "Begin het leertraject" }).click();
  await expect(coach.getByRole("heading", { name: "Amina Haddad" })).toBeVisible();

  await learner.getByRole("link", { name: "Meer" }).click();
  const onward = learner.getByRole("button", { name: /^Verder met / });
  await expect(onward).toHaveCount(1);
  await server.stop();
  const text = "Alleen in dit leertraject.";
  const isThere = async (is: boolean) => {
    await learner.getByRole("link", { name: "Dagboek", exact: true }).click();
    await expect(learner.getByRole("heading", { name: "Dagboek", level: 1 })).toBeVisible();
    if (is) await expect(learner.getByText(text).first()).toBeVisible();
    else await expect(learner.getByText(text)).toHaveCount(0);
    await learner.getByRole("link", { name: "Meer" }).click();
  };
  await learner.getByRole("link", { name: "Vandaag" }).click();
  await learner.getByRole("link", { name: "Nieuwe activiteit" }).click();
  await learner.getByLabel("Wat heb je gedaan?").fill(text);
  await learner.getByRole("button", { name: "Bewaar", exact: true }).click();
  await expect(learner.getByText("Bewaard op dit toestel")).toBeVisible();
  await isThere(true);
  await onward.click();
  await isThere(false);
  await learner.reload();
  await isThere(false);
  await onward.click();
  await isThere(true);
});
