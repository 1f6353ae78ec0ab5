// Where it begins: a workplace, its recognition and what can be learnt there, who sees to what, a mentor who leaves. Written
// without a server.

import { expect, test } from "@playwright/test";
import { day, open, Three } from "./support/three.ts";

test("A2 A4 A5 A6 A8 A11 A12 A16 D10 places and people, no agreement without recognition, and a mentor who leaves", async () => {
  test.slow();
  const three = await Three.meet();
  const [learner, mentor, coach] = three.pages;
  try {
    for (const page of three.pages) await page.goto(three.at("start"));
    await three.apart();
    await test.step("the coach adds a workplace that is not recognised yet", async () => {
      await expect(coach.getByText("Van Luc Peeters is geen mentoropleiding bekend.")).toBeVisible();
      await open(coach, "Voeg een leerwerkplek toe");
      await coach.locator("#workplace-company").fill("Magazijn Noord");
      await coach.locator("#workplace-from").fill(day(20));
      await coach.locator("#workplace-days").fill("maandag en dinsdag");
      const learnt = coach.getByRole("group", { name: "Welke doelen kun je er leren?" }).first();
      for (const goal of ["Werken met handtransport", "Goederen op hun plaats zetten"]) {
        await learnt.getByRole("button", { name: goal }).click();
      }
      await coach.getByRole("button", { name: "Bewaar", exact: true }).first().click();
      await expect(coach.getByText("Niet erkend voor deze opleiding")).toBeVisible();
    });
    await test.step("no agreement can begin there, and the app says why", async () => {
      await coach.goto(three.at("agreement"));
      await coach.getByLabel("Eerste dag").fill(day(13));
      await coach.getByLabel("Laatste dag").fill(day(-200));
      await coach.getByLabel("Uren per week op de werkplek").fill("20");
      await coach.getByRole("button", { name: "Bewaar", exact: true }).click();
      await expect(coach.getByText("niet erkend voor deze opleiding").first()).toBeVisible();
      await coach.goto(three.at("start"));
      await coach.locator("a[href*='/workplace/']").click();
      await open(coach, "Pas deze leerwerkplek aan");
      await coach.locator("#workplace-number").fill("E-114");
      await coach.locator("#workplace-recognised").fill(day(30));
      await coach.getByRole("button", { name: "Bewaar", exact: true }).click();
      await expect(coach.getByText("Erkend, nummer E-114")).toBeVisible();
      await coach.goto(three.at("agreement"));
      await coach.getByLabel("Eerste dag").fill(day(13));
      await coach.getByLabel("Laatste dag").fill(day(-200));
      await coach.getByLabel("Uren per week op de werkplek").fill("20");
      await coach.getByRole("button", { name: "Bewaar", exact: true }).click();
      await expect(coach.getByRole("heading", { name: "ODOS · Magazijn Noord" })).toBeVisible();
    });
    await test.step("says who is whose contact, and a mentor's training", async () => {
      await coach.goto(three.at("start"));
      await open(coach, "Wie doet wat");
      const contact = coach.locator("form").filter({ has: coach.locator("#contact-reach") });
      await contact.getByRole("group", { name: "Wie?" }).getByRole("button", { name: "Els Maes" }).click();
      await contact.getByRole("button", { name: "aanspreekpunt" }).click();
      await contact.getByLabel("Hoe te bereiken?").fill("0470 12 34 56");
      await contact.getByRole("button", { name: "Bewaar", exact: true }).click();
      await expect(coach.getByText("Trajectbegeleider · aanspreekpunt · 0470 12 34 56")).toBeVisible();
      await open(coach, "Ervaring en opleiding van een mentor");
      const conditions = coach.locator("form").filter({ has: coach.locator("#mentor-years") });
      await conditions.getByRole("button", { name: "Luc Peeters" }).click();
      await conditions.getByLabel("Jaren ervaring").fill("6");
      await conditions.getByRole("button", { name: "mentoropleiding gevolgd" }).click();
      await conditions.getByRole("button", { name: "Bewaar", exact: true }).click();
      await expect(coach.getByText("Van Luc Peeters is geen mentoropleiding bekend.")).toHaveCount(0);
      await open(coach, "Noteer screening, matching of intake");
      const note = coach.locator("form").filter({ has: coach.locator("#note-found") });
      await note.getByRole("button", { name: "Screening" }).click();
      await note.getByLabel("Wat bleek?").fill("Plant nog niet ver vooruit.");
      await note.getByRole("button", { name: "Bewaar", exact: true }).click();
      await expect(coach.getByText("Plant nog niet ver vooruit.").first()).toBeVisible();
      for (const [kind, found, follows] of [
        ["Matching", "Dit magazijn heeft geen ontvangst.", "Ontvangst leert ze op een tweede plek."],
        ["Intakegesprek", "Alle drie waren erbij.", "We beginnen met handtransport."],
      ] as const) {
        await note.getByRole("button", { name: kind }).click();
        await note.getByLabel("Wat bleek?").fill(found);
        await note.getByLabel("Wat volgt daaruit?").fill(follows);
        await note.getByRole("button", { name: "Bewaar", exact: true }).click();
        await expect(coach.getByRole("listitem").filter({ hasText: found })).toContainText(follows);
      }
    });
    await test.step("D10 the mentor says what the tasks are, and who gives which feedback when", async () => {
      await expect(mentor.getByText("Nog niet beschreven.")).toBeVisible();
      await open(mentor, "Beschrijf taken en feedback");
      await mentor.getByLabel("Wie geeft wanneer welke feedback?").fill("Elke vrijdag bespreekt Luc de week.");
      await mentor.getByRole("button", { name: "Bewaar", exact: true }).click();
      await expect(mentor.getByRole("alert")).toContainText("wat de taken zijn");
      await mentor.getByLabel("Taken op de werkplek").fill("Leveringen lossen en nakijken.");
      await mentor.getByRole("button", { name: "Bewaar", exact: true }).click();
      await expect(mentor.getByRole("heading", { name: "Taken op de werkplek" })).toBeVisible();
      await expect(learner.getByText("Beschrijf taken en feedback")).toHaveCount(0);
    });
    await three.together();
    await test.step("D10 all read it, and the coach says it better", async () => {
      for (const page of [learner, coach]) {
        await expect(page.getByText("Elke vrijdag bespreekt Luc de week.").first()).toBeVisible();
      }
      await open(coach, "Beschrijf taken en feedback");
      await expect(coach.getByLabel("Taken op de werkplek")).toHaveValue("Leveringen lossen en nakijken.");
      await coach.getByLabel("Taken op de werkplek").fill("Leveringen lossen, nakijken en wegzetten.");
      const described = coach.locator("form").filter({ has: coach.locator("#tasks") });
      await described.getByRole("button", { name: "Bewaar", exact: true }).click();
      for (const page of [learner, mentor]) {
        await expect(page.getByText("Leveringen lossen, nakijken en wegzetten.").first()).toBeVisible();
      }
    });
    await test.step("cursist and mentor read where and who, and not what is for those who guide", async () => {
      for (const page of [learner, mentor]) {
        await expect(page.getByText("Magazijn Noord · maandag en dinsdag")).toBeVisible();
        await expect(page.getByText("0470 12 34 56")).toBeVisible();
        await expect(page.getByText("Plant nog niet ver vooruit.")).toHaveCount(0);
      }
    });
    await test.step("A12 what the workplace covers and what it does not, and what was agreed at the intake", async () => {
      for (const page of [learner, mentor]) {
        await expect(page.getByRole("listitem").filter({ hasText: "Alle drie waren erbij." })).toContainText(
          "We beginnen met handtransport.",
        );
        await expect(page.getByText("Ontvangst leert ze op een tweede plek.")).toHaveCount(0);
        await open(page, "Doelen die geen werkplek dekt");
        await expect(page.getByText("Goederen ontvangen en controleren")).toBeVisible();
        await expect(page.getByText("Werken met handtransport")).toHaveCount(0);
        await page.getByRole("link", { name: /^Magazijn Noord/ }).click();
        await expect(page.getByRole("heading", { name: "2 doelen kun je hier leren" })).toBeVisible();
        await expect(page.getByRole("article").getByText("Werken met handtransport")).toBeVisible();
        await expect(page.getByRole("heading", { name: "Kwam hier nog niet aan bod (2)" })).toBeVisible();
        await page.goBack();
      }
    });
    await three.apart();
    await test.step("the mentor leaves, another comes", async () => {
      await open(coach, "Iemand neemt niet meer deel");
      const leave = coach.locator("form").filter({ has: coach.locator("#leave-day") });
      await leave.getByRole("button", { name: /Luc Peeters/ }).click();
      await leave.getByRole("button", { name: "Bewaar", exact: true }).click();
      await expect(leave.getByText("Bewaard op dit toestel")).toBeVisible();
      await coach.goto(three.at("invite"));
      await coach.getByLabel("Naam").fill("Hilde Maes");
      await coach.getByRole("group", { name: "Rol" }).getByRole("button", { name: "Mentor", exact: true }).click();
      await coach.getByRole("button", { name: "Voeg toe" }).click();
      await expect(coach.getByText("Hilde Maes").first()).toBeVisible();
    });
    await three.together();
    await expect(learner.getByText("Hilde Maes")).toBeVisible();
    await expect(mentor.getByText("Hilde Maes")).toHaveCount(0);
  } finally {
    await three.end();
  }
});
