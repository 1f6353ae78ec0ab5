// A coach with forty dossiers of a full year, on a slow phone without a connection: who needs attention, and why, is
// there within a second.

import { expect, type Page, test } from "@playwright/test";
import { installed } from "./support/diary.ts";
import { Person } from "./support/people.ts";
import { Server } from "./support/server.ts";
import { slowness, type Traced, traced } from "./support/speed.ts";

const DOSSIERS = 40;
/** How many times slower the browser makes itself, and how long the list is to take then, in milliseconds. */
const SLOWER = 4;
const AIM = 1_000;
/** Another program on this machine can only make it longer, so the best of so many mornings counts. */
const MORNINGS = 6;

test("G1 V8 forty dossiers of a full year: who first, and why, from a cold start without a connection", async () => {
  test.setTimeout(20 * 60_000);
  const server = await Server.prepare({ centre: "demo", years: DOSSIERS });
  const began = Date.now();
  await server.start();
  console.log(`seeded in ${Date.now() - began} ms`);
  const coach = server.player("trajectbegeleider");
  const person = await Person.withPhone(coach.name, server.url);
  try {
    const page = await person.join(coach.link);
    await expect(page.getByText("Alles is bij de school").first()).toBeVisible({ timeout: 15 * 60_000 });
    await expect(page.getByRole("link", { name: /Haddad|Van Damme|Öztürk|Lemmens|Ndiaye/ })).toHaveCount(DOSSIERS);
    console.log(`read from the school ${Date.now() - began} ms after the start`);
    await installed(page);
    const known = await list(page);
    expect(known).toHaveLength(DOSSIERS);
    expect(known.filter((it) => it.includes("geen activiteit")).length, "some have reasons").toBeGreaterThan(4);
    await person.close();
    await server.stop();

    const best = { busy: Infinity, wall: Infinity };
    for (let morning = 0; morning < MORNINGS && best.wall > AIM; morning++) {
      const { busy, wall, slower } = await open(person, known);
      console.log(`the list is there after ${busy} ms of work, ${wall} ms by the clock, ${slower.toFixed(1)} times slower than calm`);
      best.busy = Math.min(best.busy, Math.round(busy / slower));
      best.wall = Math.min(best.wall, wall);
    }
    // By the clock it is told; the processor's own time on a calm machine decides: other programs do not count there.
    console.log(`${best.busy} ms of work, ${best.wall} ms by the clock; the aim is ${AIM}`);
    expect(best.busy).toBeLessThanOrEqual(AIM);

    await test.step("what was not read yet is read when somebody looks", async () => {
      const page = await person.open();
      await page.getByRole("link", { name: "Griet Lemmens" }).click();
      await expect(page.getByRole("heading", { name: "Griet Lemmens" })).toBeVisible();
      await expect(page.getByRole("heading", { name: "Laatste activiteiten" })).toBeVisible();
      await page.getByRole("navigation").getByRole("link", { name: /Vragen/ }).click();
      await expect(page.getByRole("heading", { name: "Vragen", level: 1 })).toBeVisible();
      await page.getByRole("navigation").getByRole("link", { name: "Cursisten" }).click();
      await expect(page.getByRole("heading", { name: "Cursisten", level: 1 })).toBeVisible();
      expect(await list(page)).toEqual(known);
    });
  } finally {
    await person.dispose();
    await server.dispose();
  }
});

/** Each cursist with the reasons to look, as the list tells them. */
function list(page: Page): Promise<string[]> {
  return page.locator("main a[href^='/dossier/']").allInnerTexts();
}

/** A cold start: what the page makes the processor do until the list is whole, four times slowed down. */
async function open(person: Person, known: string[]): Promise<{ busy: number; wall: number; slower: number }> {
  const page = await person.open("/rescue.html");
  const slower = await slowness(page);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  // From inside, so that it costs nothing to know when the last name was on the page.
  await page.addInitScript((many) => {
    const look = () => {
      if (document.querySelectorAll("main a[href^='/dossier/']").length < many) return requestAnimationFrame(look);
      return requestAnimationFrame(() => setTimeout(() => performance.mark("the list is there")));
    };
    performance.mark("the app begins");
    requestAnimationFrame(look);
  }, DOSSIERS);
  const marks = () => page.evaluate(() => performance.getEntriesByType("mark").map((it) => it.startTime));
  const all = await traced(page, async () => {
    await page.goto(new URL("/", page.url()).href, { waitUntil: "commit" });
    await expect.poll(async () => (await marks()).length, { timeout: 60_000 }).toBe(2);
  });
  const [from = 0, to = 0] = await marks();
  expect(await list(page), "nothing is missing, and nothing is said that is not so").toEqual(known);
  await person.close();
  return { busy: work(all), wall: Math.round(to - from), slower };
}

/** The processor time of the tasks of the page's main thread between the two marks, the browser's slowing down included. */
function work(all: Traced[]): number {
  const at = (name: string) => all.find((it) => it.name === name);
  const [from, to] = [at("the app begins"), at("the list is there")];
  if (!from || !to) throw new Error("the browser tells nothing of the marks");
  const tasks = all.filter((it) => {
    const isTask = it.name === "ThreadControllerImpl::RunTask" && it.tdur !== undefined;
    return isTask && it.pid === from.pid && it.tid === from.tid && it.ts >= from.ts - 50_000 && it.ts <= to.ts;
  });
  expect(tasks.length, "the browser tells how long its tasks take").toBeGreaterThan(3);
  return Math.round(tasks.reduce((sum, it) => sum + (it.tdur ?? 0), 0) / 1_000);
}
