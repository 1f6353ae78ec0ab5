// Reading needs a session, writing needs the key: after three weeks away the work still arrives.

import { expect, test } from "@playwright/test";
import { held, installed, join, write } from "./support/diary.ts";
import { Person } from "./support/people.ts";
import { Server } from "./support/server.ts";

test("work arrives without a session, nothing is wiped, and the key alone lets one read again", async () => {
  const server = await Server.prepare();
  const amina = await Person.withPhone("Amina", server.url);
  try {
    const invitation = await server.invite("Amina Haddad", "cursist");
    await server.start();
    const page = await join(amina, invitation);
    await installed(page);
    await server.stop();
    await write(page, "Onderweg geschreven");
    await page.context().clearCookies();
    const signingIn = "**/v1/session/challenge";
    await page.route(signingIn, (it) => it.abort());
    await server.start();

    await expect(page.getByText("Meld je opnieuw aan").first()).toBeVisible();
    const other = await Person.withPhone("Amina, op haar tablet", server.url);
    try {
      const there = await join(other, await server.inviteAgain(invitation));
      await expect(there.getByText("Onderweg geschreven")).toBeVisible();
    } finally {
      await other.dispose();
    }
    await page.reload();
    await expect(page.getByText("Onderweg geschreven")).toBeVisible();
    await write(page, "En nog iets");

    await page.unroute(signingIn);
    await expect(page.getByText("Alles is bij de school")).toBeVisible();
    await expect(page.getByText("Meld je opnieuw aan")).toHaveCount(0);
    await expect(page.getByText("En nog iets")).toBeVisible();
    expect(await held(page, invitation)).toMatchObject({ refused: 0, keys: 1 });
  } finally {
    await amina.dispose();
    await server.dispose();
  }
});
