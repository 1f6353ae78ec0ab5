// Who may drop out: a coach sees it first and why, takes the next step on the spot, puts off what is explained, and notes what
// nobody else reads. Without a server.

import { expect, test } from "@playwright/test";
import { keptTexts } from "./support/diary.ts";
import { look } from "./support/look.ts";
import { Person } from "./support/people.ts";
import { Server } from "./support/server.ts";
import { atSchool, day, open, Three } from "./support/three.ts";

const leaving = "Dreigt af te haken: meer dan één signaal tegelijk";
const silent = /^Al \d+ werkdagen geen activiteit/;
const reason = "Taalstage in Namen tot volgende week.";

test("G4 G1 A10 an early warning says why and offers the next step, and a signal is put off with a reason", async () => {
  test.slow();
  const three = await Three.meet();
  const [learner, mentor, coach] = three.pages;
  const off = coach.locator("form").filter({ has: coach.locator("#snooze-why") });
  const signal = off.getByRole("group", { name: "Welk signaal?" }).getByRole("button", { name: silent });
  const heading = (name: string | RegExp) => coach.getByRole("heading", { level: 2, name });
  const card = coach.getByRole("listitem").filter({ hasText: "Amina Haddad" });
  try {
    await three.courseRuns(day(21), day(-200));
    await coach.goto(three.at("dossier"));
    await expect(heading(silent)).toBeVisible();
    await expect(heading(/^Het opleidingsplan is al 2[01] dagen niet door alle drie goedgekeurd$/), "B5").toBeVisible();
    await expect(heading(leaving), "one sign alone is no warning").toHaveCount(0);
    await mentor.goto(three.at("report"));
    await three.apart();
    await test.step("G1 the coach begins to put a signal off, while the mentor reports a problem", async () => {
      await coach.goto(three.at("guiding"));
      await open(coach, "Stel een signaal uit");
      await signal.click();
      await off.locator("#snooze-why").fill(reason);
      await mentor.getByLabel("Wat is er aan de hand?").fill("Zegt dat ze wil stoppen.");
      await mentor.getByRole("button", { name: "Het kan niet wachten" }).click();
      await mentor.getByRole("button", { name: "Meld dit" }).click();
      await expect(mentor.getByText(/^Dringend probleem/)).toBeVisible();
    });
    await three.together();
    await test.step("G4 who may drop out is first in the list, with what tells it", async () => {
      await coach.goto(`${three.server.url}/learners`);
      await expect(card.locator(".state").first()).toHaveText(leaving);
      await expect(card).toContainText("Een probleem gemeld, vandaag");
      await expect(card).toContainText(/Al \d+ werkdagen geen activiteit/);
    });
    await three.apart();
    await test.step("G4 the warning shows what it rests on, and each next step opens its own form", async () => {
      await card.getByRole("link").click();
      const warning = coach.getByRole("alert").filter({ has: heading(leaving) });
      await expect(warning.getByRole("link", { name: /Zegt dat ze wil stoppen/ })).toBeVisible();
      await warning.getByRole("link", { name: "Plan een gesprek" }).click();
      await expect(coach.getByRole("heading", { name: "Gesprekken", level: 1 })).toBeVisible();
      await coach.goBack();
      await warning.getByRole("link", { name: "Noteer een bemiddeling" }).click();
      await expect(coach.getByLabel("Wat is er gezegd?")).toBeVisible();
      await coach.goBack();
      await warning.getByRole("link", { name: "Plan een bezoek" }).click();
      await coach.getByLabel("Waar wil je naar kijken?").fill("Wat maakt dat ze wil stoppen?");
      await coach.getByRole("button", { name: "Bewaar de afspraak" }).click();
      await expect(coach.getByText("Bewaard op dit toestel")).toBeVisible();
      await expect(coach.getByRole("link", { name: /^Bezoek ter plaatse/ })).toContainText("Gepland");
    });
    await test.step("G1 what was begun still means the same signal, and it is silent once it is put off", async () => {
      await open(coach, "Stel een signaal uit");
      await expect(off.locator("#snooze-why")).toHaveValue(reason);
      await expect(signal).toHaveAttribute("aria-pressed", "true");
      await off.getByLabel("Tot en met").fill(day(-6));
      await off.getByRole("button", { name: "Stel een signaal uit" }).click();
      const put = coach.locator("section").filter({ hasText: "Uitgestelde signalen" }).getByRole("listitem");
      await expect(put).toContainText(/^Al \d+ werkdagen geen activiteit: stil tot .*Taalstage in Namen/);
      await coach.goto(three.at("dossier"));
      await expect(heading("Een probleem gemeld, vandaag")).toBeVisible();
      await expect(heading(silent)).toHaveCount(0);
      await coach.goto(`${three.server.url}/learners`);
      await expect(card).toContainText("Een probleem gemeld, vandaag");
      await expect(card).not.toContainText("werkdagen geen activiteit");
    });
    await test.step("A10 the coach notes the status of the cursist", async () => {
      await coach.goto(three.at("start"));
      await open(coach, "Statuut van de cursist");
      const form = coach.locator("form").filter({ has: coach.getByRole("group", { name: "Statuut van de cursist" }) });
      await form.getByRole("button", { name: "Bewaar", exact: true }).click();
      await expect(form.getByRole("alert")).toHaveText("Kies een statuut.");
      await form.getByRole("button", { name: "Leefloon" }).click();
      await form.getByRole("button", { name: "Bewaar", exact: true }).click();
      await expect(coach.getByText("Statuut: Leefloon")).toBeVisible();
    });
    await three.together();
    await test.step("cursist and mentor get the visit, and neither the status nor why a signal is silent", async () => {
      for (const page of [learner, mentor]) {
        await page.goto(three.at("start"));
        await expect(page.getByRole("heading", { name: "Wie doet wat?" })).toBeVisible();
        await expect(page.getByText(/Statuut/)).toHaveCount(0);
        await expect.poll(() => keptTexts(page)).toContain("Wat maakt dat ze wil stoppen?");
        expect(await keptTexts(page)).not.toContain(reason);
      }
    });
    await three.apart();
    await test.step("G1 after its last day the signal is there again", async () => {
      await coach.clock.setSystemTime(Date.now() + 7 * 86_400_000);
      await coach.goto(three.at("dossier"));
      await expect(heading(silent)).toBeVisible();
    });
  } finally {
    await three.end();
  }
});

test("G1 who was invited and never joined is named to the coach, with the way to invite again", async () => {
  const server = await Server.prepare();
  const amina = await server.invite("Amina Haddad", "cursist");
  const invitation = await server.invite("Els Maes", "trajectbegeleider", amina.dossier);
  await server.start();
  const els = await Person.withPhone("Els", server.url);
  try {
    const coach = await els.join(invitation.link);
    await atSchool(coach);
    const heading = coach.getByRole("heading", { level: 2, name: /^Iemand doet nog niet mee/ });
    await coach.goto(`${server.url}/dossier/${amina.dossier}`);
    await expect(coach.getByRole("heading", { name: "Amina Haddad" })).toBeVisible();
    await expect(heading, "not on the day itself").toHaveCount(0);
    await server.stop();
    await coach.clock.setFixedTime(Date.now() + 8 * 86_400_000);
    await coach.reload();
    await expect(heading).toContainText("de uitnodiging is al 8 dagen niet gebruikt");
    const notice = coach.getByRole("alert").or(coach.locator(".notice")).filter({ has: heading });
    await expect(notice.getByRole("listitem")).toContainText(/^Amina HaddadCursist, sinds /);
    await look(coach, "not-joined");
    await notice.getByRole("link", { name: "Nodig opnieuw uit" }).click();
    await expect(coach.getByRole("heading", { level: 1, name: "Mensen" })).toBeVisible();
  } finally {
    await els.dispose();
    await server.dispose();
  }
});
