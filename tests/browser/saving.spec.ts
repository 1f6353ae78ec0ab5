// A save that is cut short, and two tabs that save at once: all of it is there or nothing, and one chain.

import { expect, test } from "@playwright/test";
import { held, installed, join, kept, save, type, write } from "./support/diary.ts";
import { Person } from "./support/people.ts";
import { Server } from "./support/server.ts";

const KILLS = 50;

test("a browser that is killed while it saves has all of it or nothing", async () => {
  test.setTimeout(20 * 60_000);
  const server = await Server.prepare();
  const amina = await Person.withPhone("Amina", server.url);
  try {
    const invitation = await server.invite("Amina Haddad", "cursist");
    await server.start();
    await installed(await join(amina, invitation));
    await amina.close();
    await server.stop();

    let saved = 0;
    let promised = false;
    for (let round = 0; round <= KILLS; round++) {
      const page = await amina.open("/rescue.html");
      const { outbox, drafts } = await held(page, invitation);
      const isThere = outbox === saved + 1;
      if (round > 0) {
        expect([saved, saved + 1]).toContain(outbox);
        expect(drafts, `round ${round}: the draft goes exactly when the entry comes`).toBe(isThere ? 0 : 1);
        if (promised) expect(isThere, `round ${round}: the app had said that it was kept`).toBe(true);
      }
      saved = outbox ?? 0;
      if (round === KILLS) break;
      await type(page, `Ronde ${round}`);
      await expect.poll(async () => (await held(page, invitation)).drafts).toBe(1);
      await save(page);
      await new Promise((later) => setTimeout(later, Math.random() * 60));
      promised = await kept(page).isVisible();
      await amina.kill();
    }
    // Whatever the kills left is one unbroken chain, or the server would refuse some of it.
    await server.start();
    await amina.page.goto(server.url);
    await expect(amina.page.getByText("Alles is bij de school")).toBeVisible();
    expect(await held(amina.page, invitation)).toMatchObject({ refused: 0 });
    expect(saved, "no save was ever complete").toBeGreaterThan(0);
  } finally {
    await amina.dispose();
    await server.dispose();
  }
});

test("what somebody types stays when another tab writes", async () => {
  const server = await Server.prepare();
  const amina = await Person.withPhone("Amina", server.url);
  try {
    const invitation = await server.invite("Amina Haddad", "cursist");
    await server.start();
    const one = await join(amina, invitation);
    const two = await amina.tab();
    await type(one, "Nog niet af");
    await write(two, "Uit de andere tab");
    await expect(two.getByText("Alles is bij de school")).toBeVisible();
    await expect(one.getByText("Alles is bij de school")).toBeVisible();
    await expect(one.getByLabel("Wat heb je gedaan?")).toHaveValue("Nog niet af");
  } finally {
    await amina.dispose();
    await server.dispose();
  }
});

test("two tabs that save at once write one chain", async () => {
  const server = await Server.prepare();
  const amina = await Person.withPhone("Amina", server.url);
  try {
    const invitation = await server.invite("Amina Haddad", "cursist");
    await server.start();
    const one = await join(amina, invitation);
    await installed(one);
    const two = await amina.tab();
    await server.stop();
    for (let round = 0; round < 5; round++) {
      await type(one, `Links ${round}`);
      await type(two, `Rechts ${round}`);
      await Promise.all([save(one), save(two)]);
      await Promise.all([expect(kept(one)).toBeVisible(), expect(kept(two)).toBeVisible()]);
    }
    expect(await held(one, invitation)).toMatchObject({ outbox: 10 });
    await server.start();
    for (const page of [one, two]) {
      await expect(page.getByText("Alles is bij de school")).toBeVisible();
      await page.goto(`${server.url}/diary`);
      for (const text of ["Links 0", "Rechts 0", "Links 4", "Rechts 4"]) {
        await expect(page.getByText(text)).toBeVisible();
      }
    }
    expect(await held(one, invitation)).toMatchObject({ refused: 0 });
  } finally {
    await amina.dispose();
    await server.dispose();
  }
});
