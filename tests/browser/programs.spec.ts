// Each role has a program of its own: nobody downloads another's, and whoever has two roles goes from one to the other.

import { expect, type Page, test } from "@playwright/test";
import { asItIs, Front, next, withoutSeldom } from "./support/builds.ts";
import { isWhole, Person } from "./support/people.ts";
import { Server } from "./support/server.ts";

let server: Server;
let els: Person;

test.beforeEach(async () => {
  server = await Server.prepare();
  els = await Person.withPhone("Els", server.url);
});

test.afterEach(async () => {
  await els.dispose();
  await server.dispose();
});

const learners = (page: Page) => page.getByRole("heading", { name: "Cursisten", level: 1 });
const today = (page: Page) => page.getByRole("link", { name: "Nieuwe activiteit" });

/** The programs that this device holds, whole. */
async function programs(page: Page): Promise<string[]> {
  const kept = await page.evaluate(async () => {
    const [name = ""] = (await caches.keys()).filter((it) => it.startsWith("dubbelspoor-"));
    return (await (await caches.open(name)).keys()).map((it) => new URL(it.url).pathname);
  });
  const glue = kept.map((it) => /^\/([a-z]+)-[0-9a-f]{16}\.js$/.exec(it)?.[1]);
  const names = glue.filter((it) => it !== undefined && it !== "style");
  return names.filter((it) => kept.some((file) => file.startsWith(`/${it}-`) && file.endsWith(".wasm"))).sort() as string[];
}

test("an invitation brings the program of its role and no other, also without a server", async () => {
  const amina = await server.invite("Amina Haddad", "cursist");
  const invitation = await server.invite("Els Maes", "trajectbegeleider", amina.dossier);
  await server.start();
  let page = await els.join(invitation.link);
  await expect(learners(page)).toBeVisible();
  await expect.poll(() => programs(page)).toEqual(["desk"]);
  await els.close();
  await server.stop();
  page = await els.open();
  await expect(learners(page)).toBeVisible();
});

test("an address that names no program starts the one of before", async () => {
  const amina = await server.invite("Amina Haddad", "cursist");
  await server.start();
  const page = await els.join(amina.link);
  for (const name of ["toString", "nobody", "desk/../learner"]) {
    await page.goto(`${server.url}/?${name}`);
    await expect(today(page)).toBeVisible();
  }
});

test("who types a code gets the program of their role as soon as it is known", async () => {
  const amina = await server.invite("Amina Haddad", "cursist");
  const invitation = await server.invite("Els Maes", "trajectbegeleider", amina.dossier);
  await server.start();
  let page = await els.open("/join");
  await page.getByLabel("Code van je uitnodiging").fill(invitation.code);
  await page.getByRole("button", { name: "Doe mee" }).click();
  await expect(learners(page)).toBeVisible();
  await expect.poll(() => programs(page)).toContain("desk");
  await els.close();
  await server.stop();
  page = await els.open();
  await expect(learners(page)).toBeVisible();
});

test("who has two roles goes from one to the other, without a server too", async () => {
  const own = await server.invite("Els Maes", "cursist");
  const amina = await server.invite("Amina Haddad", "cursist");
  await server.inviteAs(own, "trajectbegeleider", amina.dossier);
  await server.start();
  const page = await els.join(own.link);
  await expect(today(page)).toBeVisible();
  await page.getByRole("link", { name: "Meer" }).click();
  await page.getByRole("button", { name: "Verder als trajectbegeleider" }).click();
  await expect(learners(page)).toBeVisible();
  await expect.poll(() => programs(page)).toEqual(["desk", "learner"]);
  await server.stop();
  await page.getByRole("link", { name: "Meer" }).click();
  await page.getByRole("button", { name: "Verder als cursist" }).click();
  await expect(today(page)).toBeVisible();
  await page.getByRole("link", { name: "Meer" }).click();
  await page.getByRole("button", { name: "Verder als trajectbegeleider" }).click();
  await expect(learners(page)).toBeVisible();
});

test("what is seldom needed comes after the first screen, and says so until it is there", async () => {
  await server.dispose();
  const front = await Front.listen();
  try {
    server = await Server.prepare({ url: front.url });
    front.leadTo(server.port);
    front.build = withoutSeldom;
    els = await Person.withPhone("Els", front.url);
    const amina = await server.invite("Amina Haddad", "cursist");
    const invitation = await server.invite("Els Maes", "trajectbegeleider", amina.dossier);
    await server.start();
    const page = await els.open(invitation.link);
    await page.getByRole("button", { name: "Doe mee" }).click();
    await expect(learners(page)).toBeVisible();
    await page.getByRole("link", { name: /Amina Haddad/ }).click();
    await expect(page.getByRole("heading", { name: "Dit scherm is er nog niet" })).toBeVisible();
    front.build = asItIs;
    await page.getByRole("button", { name: "Probeer opnieuw" }).click();
    await page.getByRole("link", { name: /^Opleidingsplan/ }).click();
    await expect(page.getByRole("heading", { name: "Opleidingsplan", level: 1 })).toBeVisible();
    await page.reload();
    await isWhole(page);
    await server.stop();
    await page.reload();
    await expect(page.getByRole("heading", { name: "Opleidingsplan", level: 1 })).toBeVisible();
  } finally {
    await front.close();
  }
});

test("a role of which the school has only the next build brings that build", async () => {
  await server.dispose();
  const front = await Front.listen();
  try {
    server = await Server.prepare({ url: front.url });
    front.leadTo(server.port);
    els = await Person.withPhone("Els", front.url);
    const own = await server.invite("Els Maes", "cursist");
    const amina = await server.invite("Amina Haddad", "cursist");
    await server.inviteAs(own, "trajectbegeleider", amina.dossier);
    await server.start();
    const page = await els.join(own.link);
    await expect(today(page)).toBeVisible();
    await page.getByRole("link", { name: "Meer" }).click();
    front.build = next;
    await page.getByRole("button", { name: "Verder als trajectbegeleider" }).click();
    await expect(page.locator("html")).toHaveAttribute("data-build", "next");
    await expect(learners(page)).toBeVisible();
  } finally {
    await front.close();
  }
});
