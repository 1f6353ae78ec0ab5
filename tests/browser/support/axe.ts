// What keeps people out: found by axe, reported as a person can act on it.

import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Nothing on this screen breaks a rule of WCAG 2.2 AA or a practice that axe knows. */
export async function expectUsableByAll(page: Page): Promise<void> {
  const found = await new AxeBuilder({ page }).analyze();
  const told = found.violations.map((it) => {
    const where = it.nodes.map((node) => `    ${node.target.join(" ")}: ${node.failureSummary}`);
    return `${it.id}: ${it.help}\n${where.join("\n")}`;
  });
  expect(told, told.join("\n")).toEqual([]);
}
