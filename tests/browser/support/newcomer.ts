// The clock of somebody who sees a screen for the first time: they read all of it, slowly, before they tap. Counted and not
// measured, so that a slow machine changes nothing.

import { expect, type Locator, type Page } from "@playwright/test";
import { TAP } from "./taps.ts";

/** Words in a minute: half of what a practised reader does. */
const WORDS_A_MINUTE = 150;
/** To type one letter with a thumb, in seconds. */
const LETTER = 0.4;

export class Newcomer {
  seconds = 0;
  readonly #known = new Set<string>();

  constructor(readonly page: Page) {}

  /** Reads the screen with this heading: everything on it that is not folded up and was not read before. */
  async reads(heading: string | RegExp): Promise<void> {
    await expect(this.page.getByRole("heading", { name: heading, level: 1 })).toBeVisible();
    for (const line of (await this.page.locator("main").innerText()).split("\n")) {
      if (this.#known.has(line)) continue;
      this.#known.add(line);
      const words = line.split(/\s+/).filter((it) => /\p{L}/u.test(it)).length;
      this.seconds += (words / WORDS_A_MINUTE) * 60;
    }
  }

  async taps(what: Locator): Promise<void> {
    this.seconds += TAP;
    await what.click();
  }

  async types(where: Locator, text: string): Promise<void> {
    this.seconds += TAP + text.length * LETTER;
    await where.fill(text);
  }

  /** Two minutes from the invitation to the first deed. */
  expectAtHome(who: string): void {
    console.log(`  ${who} is at home after ${Math.round(this.seconds)} s`);
    expect(this.seconds, who).toBeLessThan(120);
  }
}
