// What the page makes the processor do, and how slow this machine is at the moment: a fixed piece of work tells. What the
// app takes is compared with that, so that no test fails because a machine is slow or shared.

import { expect, type Page } from "@playwright/test";

/** What the piece of work takes of a calm machine of today, in milliseconds. */
const CALM = 100;

export interface Traced {
  name: string;
  pid: number;
  tid: number;
  /** In microseconds. */
  ts: number;
  /** What it took of the processor, in microseconds: waiting for other programs does not count. */
  tdur?: number;
  args?: { name?: string };
}

/** All that the browser tells of its work meanwhile. */
export async function traced(page: Page, meanwhile: () => Promise<void>): Promise<Traced[]> {
  const devtools = await page.context().newCDPSession(page);
  const all: Traced[] = [];
  devtools.on("Tracing.dataCollected", ({ value }) => void all.push(...(value as unknown as Traced[])));
  await devtools.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: {
      includedCategories: ["toplevel", "blink.user_timing", "disabled-by-default-devtools.timeline", "__metadata"],
    },
  });
  await meanwhile();
  const complete = new Promise((done) => devtools.once("Tracing.tracingComplete", done));
  await devtools.send("Tracing.end");
  await complete;
  await devtools.detach();
  return all;
}

/** The longest task of the page's main thread meanwhile, in milliseconds of the processor. */
export async function longest(page: Page, meanwhile: () => Promise<void>): Promise<number> {
  const all = await traced(page, meanwhile);
  const main = new Set(
    all
      .filter((it) => it.name === "thread_name" && it.args?.name === "CrRendererMain")
      .map((it) => `${it.pid}/${it.tid}`),
  );
  const tasks = all.filter((it) => it.tdur !== undefined && main.has(`${it.pid}/${it.tid}`));
  expect(tasks.length, "the browser tells how long its tasks take").toBeGreaterThan(0);
  return Math.max(...tasks.map((it) => it.tdur ?? 0)) / 1_000;
}

/** How many times slower than a calm one this machine is now; never below one. */
export async function slowness(page: Page): Promise<number> {
  const taken = await longest(page, () => work(page));
  expect(taken, "a task that is long is seen").toBeGreaterThan(CALM / 4);
  return Math.max(1, taken / CALM);
}

/** A piece of work of the kind that the app does: texts, tables, and a page that is laid out. */
function work(page: Page): Promise<void> {
  return page.evaluate(() => {
    const known = new Map<string, number>();
    for (let at = 0; at < 60_000; at++) known.set(`entry ${(at * 7_919) % 60_000}`, at);
    const names = [...known.keys()].sort();
    const list = document.body.appendChild(document.createElement("ul"));
    for (const name of names.slice(0, 1_500)) list.appendChild(document.createElement("li")).textContent = name;
    list.getBoundingClientRect();
    list.remove();
  });
}
