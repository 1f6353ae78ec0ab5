// Two tabs on each of two devices change the same activity without a server: no words are lost, and the person chooses.

import { expect, type Page, test } from "@playwright/test";
import { installed, join, kept, save, write } from "./support/diary.ts";
import { Person } from "./support/people.ts";
import { Server } from "./support/server.ts";

const written = "Pallets geladen.";
const texts = ["Telefoon, links: drie.", "Telefoon, rechts: vier.", "Tablet, links: vijf.", "Tablet, rechts: zes."];

function words(page: Page) {
  return page.getByLabel("Wat heb je gedaan?");
}

test("what two tabs on two devices wrote at once is all there, as a choice", async () => {
  const server = await Server.prepare();
  const phone = await Person.withPhone("Amina", server.url);
  const tablet = await Person.withPhone("Amina, op haar tablet", server.url);
  try {
    const invitation = await server.invite("Amina Haddad", "cursist");
    await server.start();
    const left = [await join(phone, invitation), await join(tablet, await server.inviteAgain(invitation))];
    await Promise.all(left.map(installed));
    await write(left[0]!, written);
    const pages: Page[] = [];
    for (const [at, person] of [phone, tablet].entries()) {
      await expect(left[at]!.getByText(written)).toBeVisible();
      pages.push(left[at]!, await person.tab());
    }
    await server.stop();

    // All four forms are open before the first is saved.
    for (const page of pages) {
      await page.getByRole("link", { name: written }).first().click();
      await page.getByRole("link", { name: "Wijzig" }).click();
      await expect(words(page)).toHaveValue(written);
    }
    for (const [at, page] of pages.entries()) {
      await words(page).fill(texts[at]!);
      await save(page);
      await expect(kept(page)).toBeVisible();
    }
    for (const [at, page] of pages.entries()) {
      const own = texts.slice(at < 2 ? 0 : 2).slice(0, 2);
      await expectChoice(page, own);
    }
    await server.startFor(...pages);
    for (const page of pages) await expectAll(page, texts);

    const third = pages[0]!.getByRole("listitem").filter({ hasText: texts[2]! });
    await third.getByRole("button", { name: "Houd deze versie" }).click();
    for (const page of pages) {
      await expect(page.getByRole("button", { name: "Houd deze versie" })).toHaveCount(0);
      await expect(page.locator("article").getByText(texts[2]!)).toBeVisible();
      await page.getByText(/^Geschiedenis/).click();
      await expectAll(page, [written, ...texts]);
    }
  } finally {
    await phone.dispose();
    await tablet.dispose();
    await server.dispose();
  }
});

/** Opens the activity that asks to choose; it offers exactly these. */
async function expectChoice(page: Page, offered: string[]): Promise<void> {
  await page.getByRole("link", { name: "Twee versies: kies er één" }).first().click();
  await expectAll(page, offered);
  await expect(page.getByRole("button", { name: "Houd deze versie" })).toHaveCount(offered.length);
}

async function expectAll(page: Page, all: string[]): Promise<void> {
  for (const text of all) await expect(page.getByText(text).first()).toBeVisible();
}
