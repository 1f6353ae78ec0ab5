// A person with a phone: a browser with a profile of its own that can be closed, killed and opened again.

import { readdirSync } from "node:fs";
import { readlink } from "node:fs/promises";
import { join } from "node:path";
import { type BrowserContext, chromium, expect, type Page } from "@playwright/test";
import { newFolder, remove, root } from "./folders.ts";

// What keeps a browser on a closed network from calling home.
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Whether the build has its programs in two parts: one for development has not. */
const isCut = () => readdirSync(join(root, "target/dist")).some((it) => it.endsWith("_seldom.wasm"));

/** Waits until the device has what comes after the first screen. */
export async function isWhole(page: Page): Promise<void> {
  if (!isCut()) return;
  const has = () =>
    page.evaluate(async () => {
      const kept = await Promise.all((await caches.keys()).map(async (it) => (await caches.open(it)).keys()));
      return kept.flat().some((it) => it.url.endsWith("_seldom.wasm"));
    });
  await expect.poll(has).toBe(true);
}

export class Person {
  #context: BrowserContext | undefined;

  private constructor(
    readonly name: string,
    readonly profile: string,
    /** Where the app is. */
    readonly address: string,
  ) {}

  /** Somebody with an empty browser, not opened yet. */
  static async withPhone(name: string, address: string): Promise<Person> {
    return new Person(name, await newFolder("profile"), address);
  }

  /** Opens the browser, with what its profile remembers, at a page of the app. */
  async open(path = "/"): Promise<Page> {
    const context = await chromium.launchPersistentContext(this.profile, {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: flags,
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      locale: "nl-BE",
      timezoneId: "Europe/Brussels",
      timeout: 120_000,
    });
    this.#context = context;
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(new URL(path, this.address).href);
    return page;
  }

  /** Opens the browser at an invitation, joins, and waits until the app can do without a server. */
  async join(link: string): Promise<Page> {
    const page = await this.open(link);
    await page.getByRole("button", { name: "Doe mee" }).click();
    await expect(page.getByRole("heading", { name: "Welkom bij Dubbelspoor" })).toBeHidden();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await isWhole(page);
    return page;
  }

  /** One more tab of the same browser. */
  async tab(path = "/"): Promise<Page> {
    const page = await this.#open.newPage();
    await page.goto(new URL(path, this.address).href);
    return page;
  }

  get page(): Page {
    const page = this.#open.pages()[0];
    if (!page) throw new Error(`${this.name} has no page open`);
    return page;
  }

  get #open(): BrowserContext {
    if (!this.#context) throw new Error(`${this.name}'s browser is closed`);
    return this.#context;
  }

  /** Closes the browser as a person does. */
  async close(): Promise<void> {
    const context = this.#context;
    this.#context = undefined;
    await context?.close();
  }

  /** Ends the browser's process in the middle of whatever it does. */
  async kill(): Promise<void> {
    const context = this.#open;
    this.#context = undefined;
    const gone = new Promise<void>((done) => context.once("close", () => done()));
    // The lock of a profile names the machine and the process that has it open.
    const owner = await readlink(join(this.profile, "SingletonLock"));
    process.kill(Number(owner.slice(owner.lastIndexOf("-") + 1)), "SIGKILL");
    await gone;
  }

  async dispose(): Promise<void> {
    await this.close();
    await remove(this.profile);
  }
}
