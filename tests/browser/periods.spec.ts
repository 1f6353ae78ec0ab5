// Who takes part until a day or from a day on: told ahead by the coach, shown to everybody, and until then nothing changes.

import { expect, test } from "@playwright/test";
import { askFor } from "./support/diary.ts";
import { day, open, Three } from "./support/three.ts";

const goal = "Werken met handtransport";
const work = "Pallets verzet in de laatste week van Luc";

test("A1 A16 a mentor whose last day is announced still confirms, the next one has a first day, a reader both", async () => {
  test.slow();
  const three = await Three.meet();
  const [learner, mentor, coach] = three.pages;
  const card = (name: string) => coach.getByRole("listitem").filter({ has: coach.getByRole("heading", { name }) });
  const adds = async (name: string, role: string, from: string, to?: string) => {
    await coach.getByLabel("Naam").fill(name);
    await coach.getByRole("group", { name: "Rol" }).getByRole("button", { name: role, exact: true }).click();
    await coach.getByLabel("Vanaf").fill(from);
    if (to) await coach.getByLabel("Tot en met, als je dat weet").fill(to);
    await coach.getByRole("button", { name: "Voeg toe" }).click();
  };
  try {
    await three.apart();
    await test.step("the coach says a week ahead that the mentor leaves", async () => {
      await coach.goto(three.at("start"));
      await open(coach, "Iemand neemt niet meer deel");
      const leave = coach.locator("form").filter({ has: coach.locator("#leave-day") });
      await leave.getByRole("button", { name: /Luc Peeters/ }).click();
      await leave.getByLabel("Laatste dag").fill(day(-7));
      await leave.getByRole("button", { name: "Bewaar", exact: true }).click();
      await expect(leave.getByText("Bewaard op dit toestel")).toBeVisible();
      await expect(coach.getByText(/^Mentor · tot en met /)).toBeVisible();
    });
    await test.step("another begins the day after, and an inspector has a first and a last day", async () => {
      await coach.goto(three.at("invite"));
      await expect(card("Luc Peeters").getByText(/^Mentor van .* tot en met /)).toBeVisible();
      await adds("Hilde Maes", "Mentor", day(-8));
      await expect(card("Hilde Maes").getByText(/^Mentor vanaf /)).toBeVisible();
      await adds("Ine Spectie", "Lezer", day(0), day(1));
      await expect(coach.getByRole("alert")).toContainText("De laatste dag komt niet voor de eerste.");
      await adds("Ine Spectie", "Lezer", day(0), day(-14));
      await expect(card("Ine Spectie").getByText(/^Lezer van Vandaag tot en met /)).toBeVisible();
    });
    await test.step("who was to begin does not, in one tap", async () => {
      await adds("Wout Wels", "Mentor", day(-9));
      await card("Wout Wels").getByRole("button", { name: /^Gaat niet door/ }).click();
      await expect(card("Wout Wels")).toHaveCount(0);
    });
    await askFor(learner, work, goal);
    await three.together();
    await test.step("the mentor of now sees it and confirms it, and knows until when", async () => {
      await mentor.goto(`${three.server.url}/waiting`);
      const asked = mentor.getByRole("listitem").filter({ hasText: work });
      await asked.getByRole("link", { name: /^Kies een niveau/ }).click();
      await mentor.getByRole("group", { name: goal }).getByRole("button", { name: "Met hulp" }).click();
      await mentor.getByRole("button", { name: "Bevestig", exact: true }).click();
      await expect(mentor.getByText("Antwoord voor Amina Haddad bewaard op dit toestel.")).toBeVisible();
      await mentor.goto(three.at("learner"));
      await expect(mentor.getByText(/^Mentor, van .* tot en met /)).toBeVisible();
      await expect(mentor.getByText(/^Mentor, vanaf /)).toBeVisible();
    });
    await test.step("it counts for the cursist, who reads the same of their mentors", async () => {
      await learner.goto(`${three.server.url}/competences`);
      await learner.getByRole("link", { name: goal }).click();
      await expect(learner.getByText("Met hulp").first()).toBeVisible();
      await learner.goto(three.at("start"));
      await expect(learner.getByText(/^Mentor · tot en met /)).toBeVisible();
      await expect(learner.getByText(/^Mentor · vanaf /)).toBeVisible();
    });
    await three.apart();
    await test.step("after the last day the cursist is no longer theirs", async () => {
      await mentor.clock.setSystemTime(Date.now() + 8 * 86_400_000);
      await mentor.goto(`${three.server.url}/learners`);
      await expect(mentor.getByText("Nog geen cursisten")).toBeVisible();
    });
  } finally {
    await three.end();
  }
});
