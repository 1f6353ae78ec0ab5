// The sites of the centre, and which of them fits a learner: listed by who runs the centre, found and taken by the coach,
// both without a line.

import { expect, test } from "@playwright/test";
import { Person } from "./support/people.ts";
import { Server } from "./support/server.ts";
import { atSchool, day, open } from "./support/three.ts";

test("A4 A6 A12 G9 a site comes into the centre's list, fits a learner, and becomes a workplace", async () => {
  test.slow();
  const server = await Server.prepare({ centre: "demo" });
  await server.start();
  const link = (role: string) => server.player(role).link;
  const mieke = await Person.withPhone("Mieke", server.url);
  const katrien = await Person.withPhone("Katrien", server.url);
  try {
    const centre = await mieke.join(link("beheerder"));
    const coach = await katrien.join(link("trajectbegeleider"));
    for (const page of [centre, coach]) await atSchool(page);
    const save = centre.getByRole("button", { name: "Bewaar", exact: true });

    await server.stop();
    await test.step("without a line a site is added, and what does not fit together is told", async () => {
      await centre.getByRole("link", { name: /^Leerwerkplekken/ }).click();
      await open(centre, "Voeg een leerwerkplek toe");
      await centre.getByLabel("Onderneming").fill("Cargo Waasland");
      await centre.getByLabel("Adres").fill("Haven 1200, Beveren");
      await centre.getByLabel("Hoe geraak je er?").fill("Waterbus tot Liefkenshoek");
      await centre.getByLabel("Hoeveel cursisten tegelijk?").fill("1");
      await centre.getByLabel(/^Doelen die je er kunt leren/).fill("TL-09\nTL-10, TL-12\n");
      await centre.getByRole("button", { name: "Transport- en logistiek medewerker" }).click();
      await centre.getByLabel("Nummer van de erkenning").fill("E-2026-500");
      await centre.getByLabel("Soort erkenning, als je ze weet").fill("duaal");
      await save.click();
      await expect(centre.getByRole("alert")).toContainText("een nummer en een eerste dag");
      await centre.getByLabel("Erkend vanaf").fill(day(30));
      await save.click();
      const card = centre.getByRole("listitem").filter({ hasText: "Cargo Waasland" });
      await expect(card).toContainText("Transport- en logistiek medewerker: E-2026-500");
    });
    await server.startFor(centre, coach);
    await atSchool(centre);
    await atSchool(coach);
    await coach.getByRole("link", { name: /Amir Haddad/ }).click();
    await expect(coach.getByRole("heading", { name: "Amir Haddad" })).toBeVisible();
    const dossier = new URL(coach.url()).pathname.split("/").pop() ?? "";
    await coach.goto(`${server.url}/matching/${dossier}`);
    const fits = coach.getByRole("main").getByRole("listitem").filter({ has: coach.getByRole("heading", { level: 2 }) });
    await expect(fits.filter({ hasText: "Cargo Waasland" })).toBeVisible();

    await server.stop();
    await test.step("the coach sees what each covers, first what helps most, and what nobody covers", async () => {
      const names = await fits.getByRole("heading", { level: 2 }).allInnerTexts();
      // De Kaai alone teaches what no workplace of this track covers yet.
      expect(names.slice(0, 3)).toEqual(["Distributie De Kaai", "Cargo Waasland", "Magazijn Noorderlaan"]);
      await expect(fits.filter({ hasText: "Magazijn Noorderlaan" })).toContainText("Staat al in dit leertraject");
      await expect(coach.getByRole("heading", { name: "Werkhuis Van Loo" })).toHaveCount(0);
      await open(coach, "Niet erkend voor deze opleiding");
      await expect(coach.getByText("Werkhuis Van Loo").first()).toBeVisible();
      const cargo = fits.filter({ hasText: "Cargo Waasland" });
      await expect(cargo).toContainText("Plaats voor 1 cursist");
      await expect(cargo).toContainText("Waterbus tot Liefkenshoek");
      await expect(cargo).toContainText("Dekt 3 doelen van dit plan");
    });
    await test.step("one is taken: the form is filled in, and an agreement may begin there", async () => {
      await coach.getByRole("link", { name: "Kies deze werkplek Cargo Waasland" }).click();
      await expect(coach.getByLabel("Onderneming")).toHaveValue("Cargo Waasland");
      await expect(coach.getByLabel("Nummer van de erkenning")).toHaveValue("E-2026-500");
      await coach.locator("#workplace-from").fill(day(-7));
      await coach.locator("#workplace-days").fill("donderdag en vrijdag");
      await coach.getByRole("button", { name: "Bewaar", exact: true }).click();
      await expect(coach.getByRole("heading", { name: "Mensen en plaatsen" })).toBeVisible();
      await expect(coach.getByRole("link", { name: /Cargo Waasland.*Erkend \(duaal\), nummer E-2026-500/ })).toBeVisible();
      await open(coach, "Waar, week per week");
      await expect(coach.getByText(/Cargo Waasland \(donderdag en vrijdag\)/).first()).toBeVisible();
      await coach.getByRole("link", { name: "Zoek een werkplek die past" }).click();
      await expect(fits.filter({ hasText: "Cargo Waasland" })).toContainText("Staat al in dit leertraject");
    });
    await test.step("the course comes from the centre's list, with its names and its recognised sites", async () => {
      await coach.goto(`${server.url}/start/${dossier}`);
      await open(coach, "Opleiding, dagen en tempo");
      const form = coach.locator("form").filter({ has: coach.locator("#track-course") });
      await expect(form.getByRole("button", { name: "Transport- en logistiek medewerker", pressed: true })).toBeVisible();
      await form.getByLabel("Of een andere, in woorden").fill("Iets van voor de lijst");
      await form.getByRole("button", { name: "Bewaar", exact: true }).click();
      await expect(coach.locator(".page-lead")).toContainText("Iets van voor de lijst");
      await expect(form.getByLabel("Of een andere, in woorden")).toHaveValue("Iets van voor de lijst");
      await form.getByRole("button", { name: "Elektromecanicien" }).click();
      await form.getByRole("button", { name: "Bewaar", exact: true }).click();
      await expect(coach.locator(".page-lead"), "a choice goes before what stood there").toContainText("Elektromecanicien");
      await coach.goto(`${server.url}/matching/${dossier}`);
      await open(coach, "Niet erkend voor deze opleiding");
      const other = coach.locator("details").filter({ hasText: "Niet erkend voor deze opleiding" });
      await expect(other.getByRole("heading", { name: "Cargo Waasland" })).toBeVisible();
    });
    await test.step("a site that takes nobody any more is found no longer, which can be undone", async () => {
      await centre.getByRole("button", { name: "Neem weg Cargo Waasland" }).click();
      await expect(centre.getByRole("listitem").filter({ hasText: "Cargo Waasland" })).toHaveCount(0);
      await centre.getByRole("button", { name: "Ongedaan maken" }).click();
      await expect(centre.getByRole("listitem").filter({ hasText: "Cargo Waasland" })).toBeVisible();
    });
  } finally {
    await mieke.dispose();
    await katrien.dispose();
    await server.dispose();
  }
});
