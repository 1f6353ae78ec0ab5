// What somebody sees while the program is still on its way over a slow line.

import { expect, test } from "@playwright/test";
import { Person } from "./support/people.ts";
import { Server } from "./support/server.ts";

test("the first paint does not wait for the program", async () => {
  const server = await Server.prepare();
  const amina = await Person.withPhone("Amina", server.url);
  try {
    await server.start();
    const page = await amina.open("/healthz");
    let arrive = () => {};
    const arrived = new Promise<void>((done) => (arrive = done));
    let asked = 0;
    await page.route("**/*.wasm", async (route) => {
      asked++;
      await arrived;
      await route.continue();
    });
    await page.goto(server.url, { waitUntil: "commit" });
    await expect(page.locator("#shell").getByText("Dubbelspoor")).toBeVisible();
    const painted = () => page.evaluate(() => performance.getEntriesByName("first-contentful-paint").length);
    await expect.poll(painted).toBe(1);
    await expect.poll(() => asked, "the program is held back").toBe(1);
    await expect(page.locator("#shell")).toBeVisible();
    expect(await page.evaluate(() => "alive" in document.documentElement.dataset)).toBe(false);

    arrive();
    await expect(page.getByRole("heading", { name: "Welkom bij Dubbelspoor" })).toBeVisible();
    await expect(page.locator("#shell")).toHaveCount(0);
  } finally {
    await amina.dispose();
    await server.dispose();
  }
});
