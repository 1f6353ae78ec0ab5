// The whole group side by side: by course, who needs attention, on paper and in a spreadsheet. Without a server.

import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { Three } from "./support/three.ts";

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
