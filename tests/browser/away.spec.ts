// A phone that joined keeps working while the school's server is away, and finds it again by itself.

import { expect, test } from "@playwright/test";
import { Person } from "./support/people.ts";
import { Server } from "./support/server.ts";

test("after joining, the app opens without a server", async () => {
  const server = await Server.prepare();
  const amina = await Person.withPhone("Amina", server.url);
  try {
    const invitation = await server.invite("Amina Haddad", "cursist");
    await server.start();
    await amina.join(invitation.link);
    await amina.close();

    await server.stop();
    const page = await amina.open();
    await expect(page.getByText("Geen verbinding").first()).toBeVisible();
    await amina.kill();

    await server.start();
    await expect((await amina.open()).getByText("Alles is bij de school").first()).toBeVisible();
  } finally {
    await amina.dispose();
    await server.dispose();
  }
});
