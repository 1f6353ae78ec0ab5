// Somebody who sees the app for the first time, with an empty dossier: every tab says what it is for and what comes, the
// first act is one tap away, and nobody needs a manual.

import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { root } from "./support/folders.ts";
import { Newcomer } from "./support/newcomer.ts";
import { Person } from "./support/people.ts";
import { Server } from "./support/server.ts";
import { countTaps } from "./support/taps.ts";

/** Words enough to say what will be here, at each tab, and never two things that want to be done first. */
async function everyTabExplainsItself(page: Page): Promise<void> {
  const tabs = page.getByRole("navigation").last().getByRole("link");
  for (let at = 0; at < (await tabs.count()); at++) {
    const name = (await tabs.nth(at).innerText()).trim();
    await tabs.nth(at).click();
    await expect(tabs.nth(at)).toHaveAttribute("aria-current", "page");
    const main = page.locator("main");
    await expect(main.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(main, `${name} says what it is for`).toContainText(/[\p{L} ]{12,}/u);
    expect(await main.locator(".button-primary:visible").count(), `${name} has one first act`).toBeLessThanOrEqual(1);
    const isEmpty = (await main.locator(".empty").count()) > 0;
    const leads = (await main.getByRole("link").count()) + (await main.getByRole("button").count());
    expect(isEmpty || leads > 0, `${name} is a way on, or says that nothing is to be done`).toBe(true);
  }
}

test("I3 a newcomer of each role finds out what to do from empty screens", async () => {
  const server = await Server.prepare();
  const people: Person[] = [];
  const come = async (name: string, link: string) => {
    const person = await Person.withPhone(name, server.url);
    people.push(person);
    const page = await person.join(link);
    await expect(page.getByText("Alles is bij de school").first()).toBeVisible();
    return page;
  };
  try {
    const own = await server.invite("Amina Haddad", "cursist");
    const luc = await server.invite("Luc Peeters", "mentor", own.dossier);
    const els = await server.invite("Els Maes", "trajectbegeleider", own.dossier);
    await server.start();

    const learner = await come("Amina", own.link);
    await test.step("a cursist reads an example, and writes a first line in three taps", async () => {
      await expect(learner.getByRole("heading", { name: "Je dagboek begint hier" })).toBeVisible();
      await expect(learner.locator("blockquote")).not.toBeEmpty();
      const taps = await countTaps(learner);
      await learner.getByRole("link", { name: "Nieuwe activiteit" }).click();
      await learner.getByLabel("Wat heb je gedaan?").fill("Dozen geteld met Luc.");
      await learner.getByRole("button", { name: "Bewaar", exact: true }).click();
      await expect(learner.getByText("Bewaard op dit toestel")).toBeVisible();
      expect(await taps()).toBeLessThanOrEqual(3);
      await everyTabExplainsItself(learner);
    });
    const mentor = await come("Luc", luc.link);
    await test.step("a mentor reads that nothing waits, and finds the cursist", async () => {
      await expect(mentor.locator("main .empty")).toBeVisible();
      const taps = await countTaps(mentor);
      await mentor.getByRole("navigation").last().getByRole("link", { name: "Cursisten" }).click();
      await mentor.getByRole("link", { name: /Amina Haddad/ }).click();
      await expect(mentor.getByText("Dozen geteld met Luc.").first()).toBeVisible();
      expect(await taps()).toBeLessThanOrEqual(2);
      await everyTabExplainsItself(mentor);
    });
    const coach = await come("Els", els.link);
    await test.step("a coach reads who needs attention and why, and opens the way to the first step", async () => {
      const card = coach.getByRole("link", { name: /Amina Haddad/ });
      await expect(card).toBeVisible();
      await card.click();
      await expect(coach.getByRole("link", { name: /^Opleidingsplan/ })).toBeVisible();
      await coach.getByRole("link", { name: /^Opleidingsplan/ }).click();
      await expect(coach.getByText("Er is nog geen plan.")).toBeVisible();
      await expect(coach.getByRole("link", { name: "Voeg een doel toe" })).toBeVisible();
      await coach.goto(server.url);
      await everyTabExplainsItself(coach);
    });
  } finally {
    for (const person of people) await person.dispose();
    await server.dispose();
  }
});

test("I3 the first deed of each role is done within two minutes, by the clock of a slow reader", async () => {
  const server = await Server.prepare();
  const people: Person[] = [];
  const come = async (name: string, link: string) => {
    const person = await Person.withPhone(name, server.url);
    people.push(person);
    const it = new Newcomer(await person.open(link));
    await it.reads("Welkom bij Dubbelspoor");
    await it.taps(it.page.getByRole("button", { name: "Doe mee" }));
    return it;
  };
  try {
    const own = await server.invite("Amina Haddad", "cursist");
    const luc = await server.invite("Luc Peeters", "mentor", own.dossier);
    const els = await server.invite("Els Maes", "trajectbegeleider", own.dossier);
    const plan = join(root, "server/data/transport-logistiek.csv");
    await server.command("curriculum", plan, "--dossier", own.dossier, "--write");
    await server.start();

    await test.step("a cursist writes an activity and asks to confirm it", async () => {
      const it = await come("Amina", own.link);
      await it.reads("Vandaag");
      await it.taps(it.page.getByRole("link", { name: "Nieuwe activiteit" }));
      await it.reads("Nieuwe activiteit");
      await it.taps(it.page.getByRole("group", { name: "Wat heb je geoefend?" }).getByRole("button").first());
      await it.types(it.page.getByLabel("Wat heb je gedaan?"), "Dozen geteld met Luc.");
      await it.taps(it.page.getByRole("button", { name: "Bewaar en vraag bevestiging" }));
      await expect(it.page.getByText("Bewaard op dit toestel").first()).toBeVisible();
      await expect(it.page.getByText("Alles is bij de school").first()).toBeVisible();
      it.expectAtHome("the cursist");
    });
    await test.step("a mentor confirms it", async () => {
      const it = await come("Luc", luc.link);
      await expect(it.page.getByText("Dozen geteld met Luc.")).toBeVisible();
      await it.reads("Te bevestigen");
      await it.taps(it.page.getByRole("article").getByRole("link").first());
      await it.reads("Activiteit");
      await it.taps(it.page.getByRole("button", { name: "Zelfstandig", exact: true }).first());
      await it.taps(it.page.getByRole("button", { name: /^(Bevestig|Geef dit antwoord)$/ }));
      await expect(it.page.getByText(/bewaard op dit toestel/).first()).toBeVisible();
      it.expectAtHome("the mentor");
    });
    await test.step("a coach knows who needs them and why, and writes to them", async () => {
      const it = await come("Els", els.link);
      await expect(it.page.getByRole("link", { name: /Amina Haddad/ })).toBeVisible();
      await it.reads(/./);
      await it.taps(it.page.getByRole("link", { name: /Amina Haddad/ }));
      await it.reads("Amina Haddad");
      await it.types(it.page.getByRole("textbox", { name: "Schrijf een bericht" }), "Welkom, Amina.");
      await it.taps(it.page.getByRole("button", { name: "Plaats" }));
      await expect(it.page.getByText(/^Bewaard op dit toestel/).first()).toBeVisible();
      it.expectAtHome("the coach");
    });
  } finally {
    for (const person of people) await person.dispose();
    await server.dispose();
  }
});

test("I3 an administrator sets a rule within two minutes, by the clock of a slow reader", async () => {
  const server = await Server.prepare({ centre: "demo" });
  await server.start();
  const mieke = await Person.withPhone("Mieke", server.url);
  try {
    const it = new Newcomer(await mieke.open(server.player("beheerder").link));
    await it.reads("Welkom bij Dubbelspoor");
    await it.taps(it.page.getByRole("button", { name: "Doe mee" }));
    await it.reads("Het centrum");
    await it.taps(it.page.getByRole("link", { name: /^Drempels/ }));
    await it.reads("Drempels");
    await it.types(it.page.getByRole("textbox").or(it.page.getByRole("spinbutton")).first(), "6");
    await it.taps(it.page.getByRole("button", { name: "Bewaar", exact: true }));
    await expect(it.page.getByText(/bewaard op dit toestel/i).first()).toBeVisible();
    it.expectAtHome("the administrator");
  } finally {
    await mieke.dispose();
    await server.dispose();
  }
});
