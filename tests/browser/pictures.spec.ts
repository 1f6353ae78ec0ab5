// The picture in the README. It goes to target/screens; with DUBBELSPOOR_PICTURES=docs it replaces the one in docs.

import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { root } from "./support/folders.ts";
import { Person } from "./support/people.ts";
import { atRest } from "./support/screens.ts";
import { Server } from "./support/server.ts";

test("the picture of today", async () => {
  const server = await Server.prepare({ centre: "demo" });
  await server.start();
  const cursist = server.player("cursist");
  const person = await Person.withPhone(cursist.name, server.url);
  try {
    const page = await person.join(cursist.link);
    await expect(page.getByText("Alles is bij de school").first()).toBeVisible();
    await expect(page.getByRole("region", { name: "Laatst geschreven" })).toBeVisible();
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await atRest(page);
    const folder = process.env.DUBBELSPOOR_PICTURES ?? "target/screens";
    await page.screenshot({ path: join(root, folder, "today.png") });
  } finally {
    await person.dispose();
    await server.dispose();
  }
});
