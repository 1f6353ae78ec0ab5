// One screen in every way that people see it: small and narrow, light and dark, with text at twice the size.

import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { expectUsableByAll } from "./axe.ts";
import { root } from "./folders.ts";

const folder = join(root, "target/screens");

const ways = [
  { way: "light", width: 390, height: 844, scheme: "light", text: "100%" },
  { way: "dark", width: 390, height: 844, scheme: "dark", text: "100%" },
  { way: "narrow", width: 320, height: 568, scheme: "light", text: "100%" },
  { way: "large-text", width: 390, height: 844, scheme: "light", text: "200%" },
  { way: "desk", width: 1280, height: 800, scheme: "light", text: "100%" },
] as const;

/** Takes a picture of each way into target/screens, checks each with axe, and that nothing runs off the side. */
export async function look(page: Page, name: string): Promise<void> {
  for (const { way, width, height, scheme, text } of ways) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await textSize(page, text);
    await page.screenshot({ path: join(folder, `${name}-${way}.png`), fullPage: way !== "light" });
    const wider = await page.evaluate(() => {
      const page = document.documentElement;
      return page.scrollWidth - page.clientWidth;
    });
    expect(wider, `${name}, ${way}: pixels that run off the side`).toBeLessThanOrEqual(0);
    await expectUsableByAll(page);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await textSize(page, "");
}

function textSize(page: Page, size: string): Promise<void> {
  return page.evaluate((size) => void (document.documentElement.style.fontSize = size), size);
}
