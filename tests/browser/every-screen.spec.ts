// Every screen of every role, light and dark, and narrow with letters of twice the size: axe finds nothing, nothing runs
// off the side, and every target can be hit with a glove on.

import { expect, type Page, test } from "@playwright/test";
import { expectUsableByAll } from "./support/axe.ts";
import { held } from "./support/diary.ts";
import { Person } from "./support/people.ts";
import { atRest, screens, visitAll } from "./support/screens.ts";
import { Server } from "./support/server.ts";

/** In the dark only colours differ. The app's letters are 106.25 % of the browser's: twice that. */
const ways = [
  { width: 390, height: 844, colorScheme: "light", text: "" },
  { width: 390, height: 844, colorScheme: "dark", text: "" },
  { width: 320, height: 568, colorScheme: "light", text: "212.5%" },
  { width: 320, height: 568, colorScheme: "dark", text: "212.5%" },
] as const;
type Way = (typeof ways)[number];

const TARGET = 48;

/**
 * To these leads no link in a role, or only from an activity of a certain kind. Whoever types the address sees them all
 * the same, so they are looked at too.
 */
const unlinked: Record<string, string[]> = {
  cursist: ["/join", "/ask/:entry", "/try/:feedback"],
  mentor: ["/join"],
  trajectbegeleider: ["/join"],
};

test("the list of screens is found in the source", () => {
  expect(screens("cursist")).toEqual(expect.arrayContaining(["/", "/today", "/entry/:entry", "/about"]));
  expect(screens("mentor")).toEqual(expect.arrayContaining(["/", "/confirm/:dossier/:entry", "/about"]));
  expect(screens("trajectbegeleider")).toEqual(expect.arrayContaining(["/", "/dossier/:dossier", "/about"]));
  expect(screens("mentor")).not.toContain("/today");
});

for (const role of Object.keys(unlinked)) {
  test(`every screen can be used by all: ${role}`, async () => {
    const server = await Server.prepare({ centre: "demo" });
    await server.start();
    const player = server.players().find((it) => it.role === role);
    const person = await Person.withPhone(role, server.url);
    try {
      const page = await person.join(player?.link ?? "");
      await expect(page.getByText("Alles is bij de school").first()).toBeVisible();
      const found = await visitAll(page, role, (screen, isLinked) => {
        return expectUsable(page, screen, isLinked ? ways : [ways[0], ways[3]]);
      });
      expect(unlinked[role]).toEqual(expect.arrayContaining(found));
      await page.goto(`${server.url}/no-such-page`);
      await atRest(page);
      await expectUsable(page, "/no-such-page");
    } finally {
      await person.dispose();
      await server.dispose();
    }
  });
}

test("every screen can be used by all: somebody who has not joined", async () => {
  const server = await Server.prepare();
  const invitation = await server.invite("Amina Haddad", "cursist");
  await server.start();
  const person = await Person.withPhone("Amina", server.url);
  try {
    const page = await person.open();
    // The link comes last: who had the form for a code open and then follows the link has the invitation.
    for (const path of ["/", "/rescue.html", "/join", invitation.link]) {
      await page.goto(new URL(path, server.url).href);
      await atRest(page);
      await expectUsable(page, path);
    }
    await page.getByRole("button", { name: "Doe mee" }).click();
    await page.getByRole("link", { name: "Nieuwe activiteit" }).click();
    await page.getByLabel("Wat heb je gedaan?").fill("Nog niet af");
    await expect.poll(async () => (await held(page, invitation)).drafts).toBe(1);
    await page.goto(`${server.url}/rescue.html`);
    await expect(page.getByText("Half geschreven: 1")).toBeVisible();
    await expectUsable(page, "/rescue.html with a draft");
  } finally {
    await person.dispose();
    await server.dispose();
  }
});

async function expectUsable(page: Page, screen: string, seenIn: readonly Way[] = ways): Promise<void> {
  for (const { width, height, colorScheme, text } of seenIn) {
    const way = `${screen}, ${width} px, ${colorScheme}`;
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.evaluate((size) => {
      document.documentElement.style.fontSize = size;
      return new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
    }, text);
    const beside = await page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) - innerWidth);
    expect.soft(beside, `${way}: pixels that run off the side`).toBeLessThanOrEqual(0);
    expect.soft(await tooLow(page), `${way}: targets lower than ${TARGET} px`).toEqual([]);
    const only = colorScheme === "dark" ? "colours" : undefined;
    await test.step(way, () => expectUsableByAll(page, only));
  }
}

/** What can be tapped and is lower than a target must be. */
function tooLow(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const all = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']");
    const low = (it: Element) => {
      // Off the screen until it has the focus.
      if (it.matches(".visually-hidden") || it.getClientRects().length === 0) return false;
      return (it.closest("label") ?? it).getBoundingClientRect().height < least - 0.5;
    };
    return [...all].filter(low).map((it) => `${it.outerHTML.slice(0, 120)}: ${it.getBoundingClientRect().height}`);
  }, TARGET);
}
