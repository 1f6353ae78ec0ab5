// Every screen of every role in three languages, light and dark, on a phone, a tablet, and narrow with letters of twice
// the size: axe finds nothing, nothing runs off the side, no text is cut, and every target can be hit with a glove on.
// `cargo xtask screens` keeps a picture of each in target/screens.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { expectUsableByAll } from "./support/axe.ts";
import { held } from "./support/diary.ts";
import { root } from "./support/folders.ts";
import { Person } from "./support/people.ts";
import { atRest, screens, visitAll } from "./support/screens.ts";
import { Server } from "./support/server.ts";

/** In the dark only colours differ. The app's letters are 106.25 % of the browser's: twice that. */
const phone = { name: "phone", width: 390, height: 844, colorScheme: "light", text: "" } as const;
const narrow = { name: "narrow", width: 320, height: 568, colorScheme: "light", text: "212.5%" } as const;
const tablet = { name: "tablet", width: 820, height: 1180, colorScheme: "light", text: "" } as const;
const dark = { ...phone, name: "dark", colorScheme: "dark" } as const;
const ways = [phone, dark, narrow, tablet] as const;
type Way = (typeof ways)[number];

/** Words differ, and with them what fits; colours and what axe reads of a screen do not, so that it reads them once. */
const otherLanguages = ["en", "fr"] as const;
const pictures = process.env.DUBBELSPOOR_SCREENS;

const TARGET = 48;

/**
 * To these leads no link in a role, or only from an activity of a certain kind. Whoever types the address sees them all
 * the same, so they are looked at too.
 */
const unlinked: Record<string, string[]> = {
  cursist: ["/join", "/ask/:entry", "/try/:feedback", "/survey/:survey", "/elsewhere/:dossier/:goal"],
  mentor: ["/join", "/elsewhere/:dossier/:goal"],
  trajectbegeleider: ["/join", "/goal/:dossier/:goal/:proposal", "/elsewhere/:dossier/:goal"],
  beheerder: ["/join"],
};

test("the list of screens is found in the source", () => {
  expect(screens("cursist")).toEqual(expect.arrayContaining(["/", "/today", "/entry/:entry", "/about"]));
  expect(screens("mentor")).toEqual(expect.arrayContaining(["/", "/confirm/:dossier/:entry", "/about"]));
  expect(screens("trajectbegeleider")).toEqual(expect.arrayContaining(["/", "/dossier/:dossier", "/about"]));
  expect(screens("mentor")).not.toContain("/today");
});

for (const role of Object.keys(unlinked)) {
  test(`every screen can be used by all: ${role}`, async () => {
    test.setTimeout(25 * 60_000);
    const server = await Server.prepare({ centre: "demo" });
    await server.start();
    const player = server.player(role);
    const person = await Person.withPhone(role, server.url);
    try {
      const page = await person.join(player.link);
      await expect(page.getByText("Alles is bij de school").first()).toBeVisible();
      const found = await visitAll(page, role, async (screen, isLinked, again) => {
        await expectUsable(page, screen, isLinked ? ways : [phone, narrow], `${role}-nl`);
        for (const language of otherLanguages) {
          await speak(page, language);
          await again();
          await expectUsable(page, screen, [narrow], `${role}-${language}`);
          await expectUsable(page, screen, [dark, tablet], `${role}-${language}`, false);
        }
        await speak(page, "nl");
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

/** From the next time that the app opens. */
function speak(page: Page, language: string): Promise<void> {
  return page.evaluate((language) => {
    const kept = JSON.parse(localStorage.getItem("dubbelspoor.settings") ?? "{}");
    localStorage.setItem("dubbelspoor.settings", JSON.stringify({ ...kept, language }));
  }, language);
}

async function expectUsable(
  page: Page,
  screen: string,
  seenIn: readonly Way[] = ways,
  folder = "anybody",
  readByAxe = true,
): Promise<void> {
  for (const { name, width, height, colorScheme, text } of seenIn) {
    const way = `${folder} ${screen}, ${width} px, ${colorScheme}`;
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.evaluate((size) => {
      document.documentElement.style.fontSize = size;
      return new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
    }, text);
    expect.soft(await beside(page), `${way}: runs off the side`).toEqual([]);
    expect.soft(await cut(page), `${way}: text that is cut`).toEqual([]);
    expect.soft(await tooLow(page), `${way}: targets lower than ${TARGET} px`).toEqual([]);
    const only = colorScheme === "dark" ? "colours" : undefined;
    if (readByAxe) await test.step(way, () => expectUsableByAll(page, only));
    if (pictures) {
      const file = `${screen.replaceAll(/[^a-z]+/g, "-").replaceAll(/^-|-$/g, "") || "home"}-${name}.png`;
      const into = join(root, "target/screens", folder);
      mkdirSync(into, { recursive: true });
      await page.screenshot({ path: join(into, file), fullPage: true });
    }
  }
}

/** What reaches further than the page is wide, the innermost first. */
function beside(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    if ((document.scrollingElement?.scrollWidth ?? 0) <= innerWidth) return [];
    const wide = [...document.querySelectorAll("body *")].filter((it) => it.getBoundingClientRect().right > innerWidth);
    return ["the page", ...wide.reverse().map((it) => it.outerHTML.slice(0, 120))].slice(0, 5);
  });
}

/** Words that do not fit in their box and cannot be scrolled to. A clamp shows the beginning of what a tap opens. */
function cut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isCut = (it: Element) => {
      if (it.closest(".clamp, .visually-hidden, svg") || it.getClientRects().length === 0) return false;
      const hidden = ["hidden", "clip"];
      const { overflowX, overflowY } = getComputedStyle(it);
      const wide = hidden.includes(overflowX) && it.scrollWidth > it.clientWidth + 1;
      const high = hidden.includes(overflowY) && it.scrollHeight > it.clientHeight + 1;
      return (wide || high) && (it.textContent ?? "").trim() !== "";
    };
    return [...document.querySelectorAll("body *")].filter(isCut).map((it) => it.outerHTML.slice(0, 120));
  });
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
