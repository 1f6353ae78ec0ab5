// The training plan as a talk: the three agree to one version, a proposal, a change, and agreeing again. Without a server.

import { expect, type Page, test } from "@playwright/test";
import { look } from "./support/look.ts";
import { day, open, Three } from "./support/three.ts";

const agree = (page: Page) => page.getByRole("button", { name: "Ik ga akkoord met dit plan" });

test("B1 B2 B3 B4 B6 B8 E2 three agree to a plan, a proposal changes it, and it is asked again", async () => {
  test.slow();
  const three = await Three.meet();
  const [learner, mentor, coach] = three.pages;
  try {
    for (const page of three.pages) await page.goto(three.at("plan"));
    await three.apart();
    await test.step("each agrees on their own phone", async () => {
      await expect(learner.getByRole("heading", { name: "Lijn over het jaar" })).toBeVisible();
      for (const page of three.pages) {
        await expect(page.getByText("nog niet door alle drie goedgekeurd")).toBeVisible();
        await agree(page).click();
        await expect(page.getByRole("button", { name: "Trek mijn akkoord in" })).toBeVisible();
      }
      await learner.getByRole("button", { name: "Trek mijn akkoord in" }).click();
      await agree(learner).click();
      await expect(learner.getByText("Cursist: Amina Haddad")).toBeVisible();
    });
    await three.together();
    for (const page of three.pages) await expect(page.getByText("Alle drie zijn akkoord met dit plan")).toBeVisible();

    await three.apart();
    await test.step("the mentor proposes to learn a goal at school", async () => {
      await open(mentor, "Stel iets voor");
      const form = mentor.locator("form").last();
      await form.getByRole("group", { name: "Waarover?" }).getByRole("button").nth(1).click();
      await form.getByRole("button", { name: "Doe dit voorstel" }).click();
      await expect(form.getByRole("alert")).toContainText("schrijf waarom");
      await form.getByRole("button", { name: "Op school leren" }).click();
      await form.getByLabel("Waarom?").fill("Dat toestel staat hier niet.");
      await form.getByRole("button", { name: "Doe dit voorstel" }).click();
      await expect(mentor.getByText("Wacht op de trajectbegeleider")).toBeVisible();
    });
    await three.together();
    await expect(coach.getByText("Dat toestel staat hier niet.")).toBeVisible();
    await three.apart();
    await test.step("the coach takes it over, and changes the goal with what shows that it works", async () => {
      const card = coach.getByRole("listitem").filter({ hasText: "Dat toestel staat hier niet." });
      await card.getByRole("button", { name: "Neem niet over" }).click();
      await card.getByRole("button", { name: "Bewaar", exact: true }).click();
      await expect(card.getByRole("alert")).toContainText("waarom je het niet overneemt");
      await card.getByRole("button", { name: "Neem over", exact: true }).click();
      await expect(card).toContainText("Eerst Werkplek + School, week 1 tot 8, nu School, week 1 tot 8");
      await card.getByRole("button", { name: "Bewaar", exact: true }).click();
      await expect(coach.getByText("Overgenomen")).toBeVisible();
      const first = coach.locator("a[href*='/goal/']").first();
      await expect(first, "the goal changed in the same stroke").toContainText("week 1 tot 8 · School");
      await coach.getByRole("button", { name: "Ongedaan maken" }).click();
      await expect(first, "and can be put back").toContainText("Werkplek + School");
      await first.click();
      await open(coach, "Pas dit doel aan");
      await coach.getByLabel("Waaraan zie je dat het lukt?").fill("Zonder vragen, twee keer na elkaar.");
      await coach.getByRole("button", { name: "Bewaar het doel" }).click();
      await expect(coach.getByText("Het plan is veranderd sinds jullie akkoord")).toBeVisible();
      await open(coach, "Wat er veranderde (1)");
      await expect(coach.getByText("Eerst –, nu Zonder vragen, twee keer na elkaar.")).toBeVisible();
    });
    await three.together();
    await test.step("the cursist reads what changed and what shows it, and agrees again", async () => {
      await expect(learner.getByText("Het plan is veranderd sinds jullie akkoord")).toBeVisible();
      await learner.locator("a[href*='/goal/']").first().click();
      await expect(learner.getByText("Zonder vragen, twee keer na elkaar.")).toBeVisible();
      await learner.goBack();
      await agree(learner).click();
      await expect(learner.getByText("Cursist: Amina Haddad")).toBeVisible();
      await expect(coach.getByText("Cursist: Amina Haddad")).toBeVisible();
    });
    await test.step("all versions are listed with who agreed and when, and two of them compared", async () => {
      await learner.getByRole("link", { name: "Alle versies en wat er veranderde" }).click();
      await expect(learner.getByRole("heading", { name: "Versies van het plan" })).toBeVisible();
      const versions = learner.locator("main li.card");
      await expect(versions).toHaveCount(2);
      await expect(versions.first()).toContainText("Versie 2, nu");
      await expect(versions.first()).toContainText("1 van 3 akkoord");
      await expect(versions.last()).toContainText("Alle drie akkoord");
      await expect(versions.last()).toContainText(/School: Els Maes, \d+\s\w+\s\d{4}/);
      await expect(learner.getByText("Van versie 1 naar 2 veranderde: 1")).toBeVisible();
      await expect(learner.getByText("Eerst –, nu Zonder vragen, twee keer na elkaar.")).toBeVisible();
      await look(learner, "versions");
      const one = learner.getByRole("group", { name: "De ene" });
      await one.getByRole("button", { name: "Versie 2" }).click();
      await expect(learner.getByText("Kies twee verschillende versies.")).toBeVisible();
      await learner.goto(three.at("plan"));
    });
    await test.step("what is proposed in words is taken over with the form of the goal", async () => {
      await open(learner, "Stel iets voor");
      const form = learner.locator("form").last();
      await form.getByRole("group", { name: "Waarover?" }).getByRole("button").nth(1).click();
      await form.getByRole("button", { name: "Later in het jaar" }).click();
      await form.getByLabel("Waarom?").fill("Ik begin liever met het lossen.");
      await form.getByRole("button", { name: "Doe dit voorstel" }).click();
      await coach.goto(three.at("plan"));
      await coach.getByRole("link", { name: "Neem over en pas het doel aan" }).click();
      await expect(coach.getByText("Ik begin liever met het lossen.")).toBeVisible();
      await coach.getByLabel("Eerste week van het plan").fill("3");
      await coach.getByRole("button", { name: "Neem over met dit doel" }).click();
      await expect(coach.getByRole("heading", { name: "Opleidingsplan" })).toBeVisible();
      const card = coach.getByRole("listitem").filter({ hasText: "Ik begin liever met het lossen." });
      await expect(card).toContainText("Overgenomen");
      await expect(coach.locator("a.row[href$='/TL-01']")).toContainText("week 3 tot 8");
    });
    await test.step("a goal names a workplace and people of the dossier, and the workplace tells what came up there", async () => {
      await coach.goto(three.at("start"));
      await open(coach, "Voeg een leerwerkplek toe");
      const form = coach.locator("form").filter({ has: coach.locator("#workplace-company") });
      await form.getByLabel("Onderneming").fill("De Kaai");
      await form.getByRole("button", { name: "Bewaar", exact: true }).click();
      await expect(coach.getByRole("link", { name: /De Kaai/ })).toBeVisible();
      await coach.goto(three.at("plan"));
      await coach.locator("a.row[href$='/TL-02']").click();
      await open(coach, "Pas dit doel aan");
      await coach.getByRole("group", { name: "Op welke leerwerkplek?" }).getByRole("button", { name: "De Kaai" }).click();
      await coach.getByRole("group", { name: "Door wie?" }).getByRole("button", { name: "Luc Peeters" }).click();
      await coach.getByRole("button", { name: "Bewaar het doel" }).click();
      await open(coach, "Wat er veranderde");
      await expect(coach.getByText("Eerst –, nu De Kaai")).toBeVisible();
      await expect(coach.getByText("Eerst –, nu Luc Peeters")).toBeVisible();
      await learner.goto(three.at("plan"));
      await look(learner, "plan-line");
      const place = learner.getByRole("link", { name: /De Kaai/ });
      await expect(place).toContainText("0 activiteiten · 0 doelen kwamen aan bod · 1 nog niet");
      await place.click();
      await expect(learner.getByRole("heading", { name: "Kwam hier nog niet aan bod (1)" })).toBeVisible();
      await look(learner, "workplace-came-up");
      await learner.locator("a.row[href$='/TL-02']").click();
      await expect(learner.getByText("De Kaai · Luc Peeters")).toBeVisible();
      await learner.goto(three.at("plan"));
    });
    await test.step("a goal gets a skill more, goes out of the plan and comes back with it", async () => {
      await coach.goto(three.at("plan"));
      await coach.locator("a.row[href$='/TL-02']").click();
      await open(coach, "Pas dit doel aan");
      const skills = coach.getByLabel("Vaardigheid, één per regel");
      await skills.fill(`${await skills.inputValue()}\nKan een palletwagen keren`);
      await coach.getByRole("button", { name: "Bewaar het doel" }).click();
      await coach.locator("a.row[href$='/TL-02']").click();
      await expect(coach.getByText("Kan een palletwagen keren").first()).toBeVisible();
      await coach.getByRole("button", { name: "Haal dit doel uit het plan" }).click();
      await expect(coach.locator("a.row[href$='/TL-02']")).toHaveCount(0);
      await coach.getByRole("button", { name: "Ongedaan maken" }).click();
      await coach.locator("a.row[href$='/TL-02']").click();
      await expect(coach.getByText("Kan een palletwagen keren").first()).toBeVisible();
    });
    await test.step("prior learning and an attestation stand beside it", async () => {
      await coach.goto(three.at("plan"));
      await open(coach, "Noteer een attest");
      await coach.getByLabel("Welk attest?").fill("VCA basis");
      await coach.getByLabel("Geldig tot").fill(day(-20));
      await coach.locator("form").last().getByRole("button", { name: "Bewaar", exact: true }).click();
      await expect(learner.getByText("VCA basis")).toBeVisible();
      for (const page of [coach, learner]) await expect(page.getByText("Bijna niet meer geldig")).toBeVisible();
      await coach.locator("a[href*='/goal/']").first().click();
      await open(coach, "Noteer wat al geleerd is");
      await coach.getByRole("group", { name: "Op welk niveau?" }).getByRole("button").nth(3).click();
      await coach.getByLabel("Waaruit blijkt dat?").fill("Twee jaar gewerkt bij De Kaai.");
      await coach.locator("form").last().getByRole("button", { name: "Noteer wat al geleerd is" }).click();
      await expect(coach.getByText("Twee jaar gewerkt bij De Kaai.").first()).toBeVisible();
      await coach.goto(three.at("plan"));
      await expect(coach.getByRole("heading", { name: "Kende je al" })).toBeVisible();
    });
    await test.step("and are taken off again", async () => {
      await coach.getByRole("listitem").filter({ hasText: "VCA basis" }).getByRole("button", { name: "Haal weg" }).click();
      await expect(coach.getByText("VCA basis")).toHaveCount(0);
      await expect(learner.getByText("VCA basis")).toHaveCount(0);
      await coach.getByRole("heading", { name: "Kende je al" }).locator("+ div a").click();
      await coach.getByRole("button", { name: "Telt niet meer mee" }).click();
      await expect(coach.getByText("Twee jaar gewerkt bij De Kaai.")).toHaveCount(0);
    });
  } finally {
    await three.end();
  }
});
