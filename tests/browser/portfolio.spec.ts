// What is the cursist's own: they choose what goes along, in which order, and keep it as one file that opens without the app,
// without a server and without us.

import { copyFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { expectUsableByAll } from "./support/axe.ts";
import { save, type } from "./support/diary.ts";
import { look } from "./support/look.ts";
import { FirstPath } from "./support/story.ts";
import { Three } from "./support/three.ts";

const own = "Ik was bang voor de <b>heftruck</b>.";
const secret = "Dit blijft van mij.";
const left = "Een hele dag gewacht op een vrachtwagen.";

const piece = (page: Page, text: string): Locator => page.locator("button.pick").filter({ hasText: text }).first();

/** How many go along, of how many. */
async function counts(page: Page): Promise<number[]> {
  const words = await page.locator("main [role=status]").first().innerText();
  return [...words.matchAll(/\d+/g)].map(Number);
}

async function openAll(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelectorAll("details").forEach((it) => (it.open = true)));
}

test("C7 the cursist chooses and orders their portfolio and takes it along as a file, without a server", async () => {
  test.slow();
  const path = await FirstPath.begin();
  try {
    const page = path.cursist.page;
    await path.server.stop();

    await test.step("two activities for oneself, and one that is shared", async () => {
      for (const [text, who] of [
        [own, "Alleen ik"],
        [secret, "Alleen ik"],
        [left, "Mentor en school"],
      ] as const) {
        await type(page, text);
        await page.getByRole("button", { name: who }).click();
        // Asked only where a goal was proposed beforehand.
        const later = page.getByRole("button", { name: "Nu niet" });
        if (await later.isVisible()) await later.click();
        await save(page);
        await expect(page.getByText("Bewaard op dit toestel").first()).toBeVisible();
      }
    });

    await test.step("all that is shared goes along at first, and nothing that is private", async () => {
      await page.getByRole("link", { name: "Meer" }).click();
      await page.getByRole("link", { name: /^Portfolio/ }).click();
      await expect(page.getByRole("heading", { name: "Portfolio", level: 1 })).toBeVisible();
      await page.getByRole("button", { name: "Per plaats" }).click();
      await openAll(page);
      await expect(piece(page, left)).toHaveAttribute("aria-pressed", "true");
      await expect(piece(page, own)).toHaveAttribute("aria-pressed", "false");
      await expect(piece(page, secret)).toHaveAttribute("aria-pressed", "false");
      await expect(page.getByText(/^Wat alleen voor jou is, gaat niet mee/)).toBeVisible();
    });

    await test.step("a tap leaves a piece out, and takes a private one along", async () => {
      const [taken = 0, all = 0] = await counts(page);
      expect(taken).toBeLessThan(all);
      await piece(page, left).click();
      await expect(piece(page, left)).toHaveAttribute("aria-pressed", "false");
      expect(await counts(page)).toEqual([taken - 1, all]);
      await piece(page, own).click();
      await expect(piece(page, own)).toHaveAttribute("aria-pressed", "true");
      expect(await counts(page)).toEqual([taken, all]);
    });

    await test.step("the choice stays in another order", async () => {
      await page.getByRole("button", { name: "Per week" }).click();
      await expect(page.getByText(/^Week van /).first()).toBeVisible();
      await openAll(page);
      await expect(piece(page, left)).toHaveAttribute("aria-pressed", "false");
      await page.getByRole("button", { name: "Per doel" }).click();
      await openAll(page);
      await expect(piece(page, own)).toHaveAttribute("aria-pressed", "true");
    });

    await test.step("the file has what was chosen, as text, and opens by itself", async () => {
      const coming = page.waitForEvent("download");
      await page.getByRole("button", { name: "Bewaar als bestand" }).click();
      const download = await coming;
      await expect(page.getByText("Het bestand staat bij je downloads.")).toBeVisible();
      expect(download.suggestedFilename()).toMatch(/^portfolio-\d{4}-\d\d-\d\d\.html$/);
      const file = join(path.cursist.profile, "portfolio.html");
      await copyFile(await download.path(), file);
      const html = await readFile(file, "utf8");
      expect(html).not.toContain("<b>");
      expect(html).not.toContain(secret);
      expect(html).not.toContain(left);
      const alone = await path.cursist.tab(`file://${file}`);
      await expect(alone.getByRole("heading", { name: `Portfolio van ${path.cursist.name}` })).toBeVisible();
      await expect(alone.getByText(own)).toBeVisible();
      await expect(alone.getByText(/ bevestigde .*: Zelfstandig$/).first()).toBeVisible();
      await alone.screenshot({ path: "target/screens/portfolio-file.png" });
      await expectUsableByAll(alone);
      await alone.close();
    });
    await look(page, "portfolio");
  } finally {
    await path.end();
  }
});

test("C7 a portfolio without activities says what will be in it", async () => {
  test.slow();
  const three = await Three.meet();
  try {
    const [learner, mentor] = three.pages;
    await three.apart();
    await learner.goto(three.at("portfolio"));
    await expect(learner.getByRole("heading", { name: "Nog niets voor je portfolio" })).toBeVisible();
    await expect(learner.getByRole("link", { name: "Nieuwe activiteit" })).toBeVisible();
    await look(learner, "portfolio-empty");
    await mentor.goto(three.at("portfolio"));
    await expect(mentor.getByRole("heading", { name: "Deze pagina bestaat niet" })).toBeVisible();
  } finally {
    await three.end();
  }
});
