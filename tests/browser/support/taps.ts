// How often somebody taps, and how long that takes.

import type { Page } from "@playwright/test";

/** To find the place and tap it, in seconds: with gloves, standing up. Counted, so that a slow machine changes nothing. */
export const TAP = 3;

/** Counts from here on, until the page is loaded anew; tells how many there were. */
export async function countTaps(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const counted = window as unknown as { taps: number };
    counted.taps = 0;
    addEventListener("click", () => counted.taps++, { capture: true });
  });
  return () => page.evaluate(() => (window as unknown as { taps: number }).taps);
}
