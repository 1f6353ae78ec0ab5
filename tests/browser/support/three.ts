// A cursist, a mentor and a coach of one dossier, each with a phone, at a centre of their own.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { root } from "./folders.ts";
import { Person } from "./people.ts";
import type { BadLine } from "./proxy.ts";
import { Server } from "./server.ts";

/** A day so many days ago, as a field for dates wants it. */
export const day = (back: number): string => {
  const it = new Date(Date.now() - back * 86_400_000);
  const pad = (number: number) => String(number).padStart(2, "0");
  return `${it.getFullYear()}-${pad(it.getMonth() + 1)}-${pad(it.getDate())}`;
};

export const atSchool = (page: Page): Promise<void> =>
  expect(page.getByText("Alles is bij de school").first()).toBeVisible();

/** Somebody comes in on a phone of their own, and is put with the others who are disposed of at the end. */
export const comeIn = async (people: Person[], server: Server, name: string, link: string): Promise<Page> => {
  const person = await Person.withPhone(name, server.url);
  people.push(person);
  const page = await person.join(link);
  await atSchool(page);
  return page;
};

/** Opens what is folded up under these words. */
export const open = (page: Page, words: string): Promise<void> =>
  page.locator("summary", { hasText: words }).first().click();

export class Three {
  private constructor(
    readonly server: Server,
    readonly dossier: string,
    readonly people: Person[],
    readonly pages: [Page, Page, Page],
  ) {}

  /** They joined and know their dossier, with a plan of two goals; the server is still there, over a line of one's own. */
  static async meet(line?: BadLine): Promise<Three> {
    const server = await Server.prepare(line && { url: line.url });
    line?.leadTo(server.port);
    const own = await server.invite("Amina Haddad", "cursist");
    const luc = await server.invite("Luc Peeters", "mentor", own.dossier);
    const els = await server.invite("Els Maes", "trajectbegeleider", own.dossier);
    const plan = join(root, "server/data/transport-logistiek.csv");
    expect(readFileSync(plan, "utf8")).toContain(";");
    await server.command("curriculum", plan, "--dossier", own.dossier, "--write");
    await server.start();
    const people: Person[] = [];
    const pages: Page[] = [];
    for (const [name, invitation] of [["Amina", own], ["Luc", luc], ["Els", els]] as const) {
      const person = await Person.withPhone(name, server.url);
      people.push(person);
      pages.push(await person.join(invitation.link));
    }
    for (const page of pages) await atSchool(page);
    return new Three(server, own.dossier, people, pages as [Page, Page, Page]);
  }

  /** The address of a screen of the dossier. */
  at(place: string): string {
    return `${this.server.url}/${place}/${this.dossier}`;
  }

  /** The coach says from when to when the course runs, while there is reception, and everybody gets it. */
  async courseRuns(from: string, to: string): Promise<void> {
    const [, , coach] = this.pages;
    await coach.goto(this.at("start"));
    await open(coach, "Opleiding, dagen en tempo");
    const form = coach.locator("form").filter({ has: coach.locator("#track-course") });
    await form.getByLabel("Welke opleiding?").fill("Transport en logistiek");
    await form.getByLabel("Eerste dag van de opleiding").fill(from);
    await form.getByLabel("Laatste dag van de opleiding").fill(to);
    await form.getByRole("button", { name: "Bewaar", exact: true }).click();
    for (const page of this.pages) {
      await page.goto(this.at("start"));
      await expect(page.getByText(/^van .* weken$/)).toBeVisible();
    }
  }

  async apart(): Promise<void> {
    await this.server.stop();
  }

  /** Reception is back, and what each wrote travels. */
  async together(): Promise<void> {
    await this.server.startFor(...this.pages);
    for (const page of this.pages) await atSchool(page);
  }

  async end(): Promise<void> {
    for (const person of this.people) await person.dispose();
    await this.server.dispose();
  }
}
