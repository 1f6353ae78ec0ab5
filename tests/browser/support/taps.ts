// How often somebody taps.

import type { Page } from "@playwright/test";

/** Counts from here on, until the page is loaded anew; tells how many there were. */
export async function countTaps(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const counted = window as unknown as { taps: number };
    counted.taps = 0;
    addEventListener("click", () => counted.taps++, { capture: true });
  });
  return () => page.evaluate(() => (window as unknown as { taps: number }).taps);
}
