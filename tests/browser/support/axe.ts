// What keeps people out: found by axe, reported as a person can act on it.

import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Nothing on this screen breaks a rule of WCAG 2.2 AA or a practice that axe knows; or only rules about colours. */
export async function expectUsableByAll(page: Page, only?: "colours"): Promise<void> {
  // In the page itself: the app has no frames, for which axe would open a page of its own each time.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const found = await (only ? axe.withRules(["color-contrast", "link-in-text-block"]) : axe).analyze();
  const told = found.violations.map((it) => {
    const where = it.nodes.map((node) => `    ${node.target.join(" ")}: ${node.failureSummary}`);
    return `${it.id}: ${it.help}\n${where.join("\n")}`;
  });
  expect(told, told.join("\n")).toEqual([]);
}
