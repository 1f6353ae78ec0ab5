// The whole group side by side: by course, who needs attention, on paper and in a spreadsheet. Without a server.

import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { Person } from "./support/people.ts";
import { Server } from "./support/server.ts";
import { atSchool, Three } from "./support/three.ts";

test("G5 a coach sees the group side by side, on paper and in a spreadsheet, without a server", async () => {
  const three = await Three.meet();
  const coach = three.pages[2];
  try {
    await three.apart();
    await coach.goto(`${three.server.url}/learners`);
    await coach.getByRole("link", { name: "Bekijk de hele groep" }).click();
    const card = coach.getByRole("listitem").filter({ hasText: "Amina Haddad" });
    await expect(card).toContainText(/0 van \d+ doelen geoefend, 0 op niveau/);
    await expect(card).toContainText("Nog geen activiteit");

    await test.step("only who needs attention", async () => {
      await coach.getByRole("button", { name: "Wie aandacht nodig heeft" }).click();
      const attention = await card.count();
      await coach.getByRole("button", { name: "Iedereen" }).click();
      await expect(card).toHaveCount(1);
      expect(attention).toBeLessThanOrEqual(1);
    });
    await test.step("as a spreadsheet", async () => {
      const saving = coach.waitForEvent("download");
      await coach.getByRole("button", { name: "Bewaar als rekenblad (CSV)" }).click();
      const file = await saving;
      expect(file.suggestedFilename()).toBe("dubbelspoor.csv");
      const text = await readFile(await file.path(), "utf8");
      expect(text.split("\r\n")[0]).toContain('"Naam";"Opleiding";"Werkplek"');
      expect(text).toContain('"Amina Haddad"');
    });
    await test.step("on paper: nothing to tap", async () => {
      await coach.emulateMedia({ media: "print" });
      await expect(coach.getByRole("navigation")).toBeHidden();
      await expect(coach.getByRole("button", { name: "Druk af" })).toBeHidden();
      await expect(card).toBeVisible();
      await coach.emulateMedia({ media: "screen" });
    });
    await card.getByRole("link").click();
    await expect(coach.getByText("Amina Haddad").first()).toBeVisible();
  } finally {
    await three.end();
  }
});

test("G5 a group of three courses: each by itself, and who needs attention among them", async () => {
  const server = await Server.prepare({ centre: "demo" });
  await server.start();
  const katrien = await Person.withPhone("Katrien", server.url);
  try {
    const coach = await katrien.join(server.player("trajectbegeleider").link);
    await atSchool(coach);
    await server.stop();
    await coach.getByRole("link", { name: "Bekijk de hele groep" }).click();
    const cards = coach.getByRole("listitem").filter({ hasText: /\d+ van \d+ doelen geoefend/ });
    await expect(cards).toHaveCount(9);
    const which = coach.getByRole("group", { name: "Wie toon je?" }).getByRole("button");
    await expect(which, "everybody, who needs attention, and three courses").toHaveCount(5);
    for (const course of [2, 3, 4]) {
      await which.nth(course).click();
      await expect(cards).toHaveCount(3);
    }
    await which.nth(0).click();
    await expect(cards).toHaveCount(9);
    const inNeed = await cards.filter({ has: coach.locator("p.words") }).count();
    await which.nth(1).click();
    await expect(cards, "those with a reason, and nobody else").toHaveCount(inNeed);
    await expect(cards.filter({ hasText: "Dries Wouters" }), "who has stopped writing").toHaveCount(1);
  } finally {
    await katrien.dispose();
    await server.dispose();
  }
});
