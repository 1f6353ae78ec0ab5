// Five thousand entries on a slow phone without a connection: opening, scrolling, searching and writing never hold a
// finger up.

import { expect, type Page, test } from "@playwright/test";
import { installed, kept } from "./support/diary.ts";
import { Person } from "./support/people.ts";
import { Server } from "./support/server.ts";

const ENTRIES = 5_000;
/** How many times slower the processor is made, and how long a task may take then, in milliseconds. */
const SLOWER = 4;
const LONGEST = 200;
/** Another program on this machine can only make a task longer, so the best of so many days counts. */
const DAYS = 4;

type Done = Record<"open" | "scroll" | "search" | "write", number>;

test("five thousand entries open, scroll, are searched and grow without a pause", async () => {
  test.setTimeout(20 * 60_000);
  const server = await Server.prepare({ centre: "demo", entries: ENTRIES });
  await server.start();
  const cursist = server.players().find((it) => it.role === "cursist");
  const person = await Person.withPhone(cursist?.name ?? "", server.url);
  try {
    const page = await person.join(cursist?.link ?? "");
    await expect(page.getByText("Alles is bij de school").first()).toBeVisible();
    await installed(page);
    await person.close();
    await server.stop();

    let best: Done = { open: Infinity, scroll: Infinity, search: Infinity, write: Infinity };
    for (let day = 0; day < DAYS && !isSmooth(best); day++) {
      const done = await live(person);
      console.log("the longest tasks, in milliseconds", done);
      for (const it of Object.keys(best) as (keyof Done)[]) best[it] = Math.min(best[it], done[it]);
    }
    expect(isSmooth(best), JSON.stringify(best)).toBe(true);
  } finally {
    await person.dispose();
    await server.dispose();
  }
});

function isSmooth(done: Done): boolean {
  return Object.values(done).every((it) => it <= LONGEST);
}

/** One day: the app starts anew, and each thing that one does is measured by itself. */
async function live(person: Person): Promise<Done> {
  const page = await person.open("/rescue.html");
  const devtools = await page.context().newCDPSession(page);
  await noteLongTasks(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });

  await page.goto(new URL("/diary", page.url()).href);
  await expect(page.getByText(/^\d+ activiteiten$/)).toBeVisible();
  await expect(page.getByRole("listitem").first()).toBeVisible();
  const open = await longest(page);

  for (let turn = 0; turn < 10; turn++) {
    await page.mouse.wheel(0, 3_000);
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  }
  const scroll = await longest(page);

  await page.getByRole("searchbox").pressSequentially("magazijn");
  await page.getByRole("button", { name: "Werkplek" }).click();
  const search = await longest(page);

  await page.getByRole("link", { name: "Nieuwe activiteit" }).click();
  await page.getByLabel("Wat heb je gedaan?").pressSequentially("Rekken gevuld.");
  await page.getByRole("button", { name: "Bewaar", exact: true }).click();
  await expect(kept(page)).toBeVisible();
  const write = await longest(page);
  await person.close();
  return { open, scroll, search, write };
}

/** Notes every task that holds the page up, from the first moment of each page. */
async function noteLongTasks(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const longTasks: number[] = [];
    Object.assign(globalThis, { longTasks });
    const observer = new PerformanceObserver((list) => {
      longTasks.push(...list.getEntries().map((it) => it.duration));
    });
    observer.observe({ type: "longtask", buffered: true });
  });
}

/** The longest since this was last asked; zero when none was long. */
async function longest(page: Page): Promise<number> {
  // A task is told of when it has ended.
  await page.evaluate(() => new Promise((later) => setTimeout(later, 500)));
  return page.evaluate(() => {
    const { longTasks } = globalThis as unknown as { longTasks: number[] };
    return Math.max(0, ...longTasks.splice(0));
  });
}
