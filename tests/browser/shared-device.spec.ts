// One device, two people: whoever joins after somebody else is told so, nothing of the first is lost, and each goes on
// where they were, with and without a line.

import { expect, type Page, test } from "@playwright/test";
import { held, newActivity, write } from "./support/diary.ts";
import { Person } from "./support/people.ts";
import { Server } from "./support/server.ts";
import { atSchool } from "./support/three.ts";

const waiting = (page: Page) => page.getByRole("heading", { name: "Te bevestigen", level: 1 });

/** Whether this device keeps the program of a role, for when there is no line. */
const keeps = (page: Page, program: string): Promise<boolean> =>
  page.evaluate(async (program) => {
    const kept = await Promise.all((await caches.keys()).map(async (it) => (await caches.open(it)).keys()));
    const files = kept.flat().map((it) => new URL(it.url).pathname);
    return [".js", ".wasm"].every((end) => files.some((it) => it.startsWith(`/${program}-`) && it.endsWith(end)));
  }, program);

test("A1 A15 a second person joins on a device, the first loses nothing, and each goes on as themselves", async () => {
  test.slow();
  const server = await Server.prepare();
  const own = await server.invite("Amina Haddad", "cursist");
  const luc = await server.invite("Luc Peeters", "mentor", own.dossier);
  const els = await server.invite("Els Maes", "trajectbegeleider", own.dossier);
  await server.start();
  const shared = await Person.withPhone("Amina en Luc", server.url);
  const desk = await Person.withPhone("Els", server.url);
  const text = "Geschreven voor Luc dit toestel kreeg.";
  try {
    const page = await shared.join(own.link);
    await atSchool(page);
    const coach = await desk.join(els.link);
    await atSchool(coach);
    const goOn = async (name: string) => {
      await page.getByRole("link", { name: "Meer" }).click();
      await page.getByRole("button", { name: `Verder als ${name}` }).click();
    };

    await test.step("something of the first has not left the device when the second joins", async () => {
      const sending = "**/v1/push";
      await page.route(sending, (it) => it.abort());
      await write(page, text);
      await page.goto(luc.link);
      await expect(page.getByText("Dit toestel is nu van Amina Haddad.")).toBeVisible();
      await page.getByRole("button", { name: "Doe mee" }).click();
      await expect(waiting(page)).toBeVisible();
      await page.unroute(sending);
      await atSchool(page);
      expect(await held(page, own), "it waits where it is").toMatchObject({ refused: 0 });
      expect((await held(page, own)).outbox).toBeGreaterThan(0);
      await expect.poll(() => keeps(page, "mentor")).toBe(true);
      await coach.getByRole("link", { name: /Amina Haddad/ }).click();
      await expect(coach.getByRole("heading", { name: "Amina Haddad", level: 1 })).toBeVisible();
      await expect(coach.getByText(text)).toHaveCount(0);
    });

    await test.step("the first goes on, and it arrives", async () => {
      await goOn("Amina Haddad");
      await expect(newActivity(page)).toBeVisible();
      await expect(page.getByText(text).first()).toBeVisible();
      await expect(coach.getByText(text).first()).toBeVisible();
      await atSchool(page);
    });

    await test.step("and back again, without a line", async () => {
      await server.stop();
      await goOn("Luc Peeters");
      await expect(waiting(page)).toBeVisible();
      await page.reload();
      await expect(waiting(page), "it stays so").toBeVisible();
      await goOn("Amina Haddad");
      await expect(newActivity(page)).toBeVisible();
      await server.startFor(page);
      await atSchool(page);
    });

    await test.step("who joins once more on their own device is nobody else", async () => {
      const again = await server.inviteAgain(own);
      await page.goto(again.link);
      await page.getByRole("button", { name: "Doe mee" }).click();
      await expect(newActivity(page)).toBeVisible();
      await page.getByRole("link", { name: "Meer" }).click();
      await expect(page.getByRole("heading", { name: "Ook van dit toestel" })).toBeVisible();
      await expect(page.getByRole("button", { name: /^Verder als/ })).toHaveCount(1);
    });
  } finally {
    await shared.dispose();
    await desk.dispose();
    await server.dispose();
  }
});
