// A mentor confirms with few taps and can come back on it; a coach sees who comes first and why.

import { expect, type Page, test } from "@playwright/test";
import { look } from "./support/look.ts";
import { Person } from "./support/people.ts";
import { Server } from "./support/server.ts";

const agree = (page: Page) => page.getByRole("button", { name: /^Akkoord/ });
/** A mentor who joined and has everything that the school has for them. */
async function joined(luc: Person, server: Server): Promise<Page> {
  const page = await luc.join(link(server, "mentor"));
  await expect(page.getByText("Alles is bij de school").first()).toBeVisible();
  return page;
}

const undo = (page: Page) => page.getByRole("button", { name: "Ongedaan maken" });

function link(server: Server, role: string): string {
  return server.player(role).link;
}

/** Own events, wherever they are now: on this device and at the school. */
async function written(page: Page): Promise<number> {
  await page.goto(new URL("/sync", page.url()).href);
  const totals = page.locator(".total-number");
  await expect(totals).toHaveCount(3);
  const [here, atSchool] = await totals.allTextContents();
  return Number(here) + Number(atSchool);
}

async function waiting(page: Page): Promise<number> {
  await page.goto(new URL("/waiting", page.url()).href);
  await expect(agree(page).first()).toBeVisible();
  return agree(page).count();
}

test("a mentor confirms three activities in three taps, without a server, and takes one back", async () => {
  const server = await Server.prepare({ centre: "demo" });
  await server.start();
  const luc = await Person.withPhone("Luc", server.url);
  try {
    const page = await joined(luc, server);
    const before = await waiting(page);
    const events = await written(page);
    expect(before, "the demo leaves enough to confirm").toBeGreaterThanOrEqual(4);
    await server.stop();
    await waiting(page);

    for (let taps = 1; taps <= 3; taps++) {
      await agree(page).first().click();
      await expect(agree(page)).toHaveCount(before - taps);
    }
    await expect(page.getByText("Bewaard op dit toestel")).toBeVisible();
    await undo(page).click();
    await expect(agree(page)).toHaveCount(before - 2);
    expect(await written(page), "three confirmations and one withdrawal").toBe(events + 4);

    await waiting(page);
    await agree(page).first().dblclick();
    await expect(agree(page)).toHaveCount(before - 3);
    expect(await written(page), "a double tap is one confirmation").toBe(events + 5);

    await server.startFor(page);
    await expect(page.getByText("Alles is bij de school").first()).toBeVisible();
    expect(await written(page)).toBe(events + 5);
  } finally {
    await luc.dispose();
    await server.dispose();
  }
});

test("a mentor answers one goal with another level and a word, one tap further", async () => {
  const server = await Server.prepare({ centre: "demo" });
  await server.start();
  const luc = await Person.withPhone("Luc", server.url);
  try {
    const page = await joined(luc, server);
    const before = await waiting(page);
    await page.getByRole("link", { name: /^Anders/ }).first().click();
    const goal = page.getByRole("group").first();
    await goal.getByRole("button", { name: "Nog niet" }).click();
    await page.getByLabel("Wat is er nog nodig?").fill("Let op je rug bij het tillen.");
    await page.reload();
    await expect(page.getByLabel(/Feedback, als je wilt/)).toHaveValue("Let op je rug bij het tillen.");
    await goal.getByRole("button", { name: "Nog niet" }).click();
    await page.getByRole("button", { name: "Geef dit antwoord" }).click();
    await expect(page.getByRole("heading", { name: "Te bevestigen", exact: true })).toBeVisible();
    await expect(agree(page)).toHaveCount(before - 1);
  } finally {
    await luc.dispose();
    await server.dispose();
  }
});

test("B8 a goal that is not possible here moves with one proposal, one tap further, without a server", async () => {
  const server = await Server.prepare({ centre: "demo" });
  await server.start();
  const luc = await Person.withPhone("Luc", server.url);
  try {
    const page = await joined(luc, server);
    await waiting(page);
    await server.stop();
    await page.getByRole("link", { name: /^Anders/ }).first().click();
    await page.getByRole("group").first().getByRole("button", { name: "Kan hier niet" }).click();
    await page.getByRole("button", { name: "Geef dit antwoord" }).click();
    await expect(page.getByRole("heading", { name: "Waar kan dit wel?" })).toBeVisible();
    await look(page, "elsewhere");
    await expect(page.getByLabel("Waarom?")).toHaveValue("Kan op deze werkplek niet.");
    await page.getByRole("button", { name: "Doe dit voorstel" }).click();
    await expect(page.getByRole("heading", { name: "Opleidingsplan" })).toBeVisible();
    const proposal = page.getByRole("listitem").filter({ hasText: "Kan op deze werkplek niet." });
    await expect(proposal.getByRole("heading", { name: /: Op school leren$/ })).toBeVisible();
    await expect(proposal).toContainText("Wacht op de trajectbegeleider");
  } finally {
    await luc.dispose();
    await server.dispose();
  }
});

test("D8 a mentor sees what the plan holds now and soon", async () => {
  const server = await Server.prepare({ centre: "demo" });
  await server.start();
  const luc = await Person.withPhone("Luc", server.url);
  try {
    const page = await joined(luc, server);
    await page.getByRole("link", { name: "Cursisten" }).click();
    await page.getByRole("link", { name: /Amir Haddad/ }).click();
    await page.getByText(/^In het plan nu en straks/).click();
    await expect(page.getByText("Nu, op de werkplek").first()).toBeVisible();
  } finally {
    await luc.dispose();
    await server.dispose();
  }
});

test("a coach sees without a tap who comes first and why, and on what it rests", async () => {
  const server = await Server.prepare({ centre: "demo" });
  await server.start();
  const katrien = await Person.withPhone("Katrien", server.url);
  try {
    const page = await katrien.join(link(server, "trajectbegeleider"));
    await expect(page.getByRole("heading", { name: /^Aandacht nodig/ })).toBeVisible();
    const first = page.getByRole("main").getByRole("listitem").first();
    // Whoever waits for the coach's own act comes first.
    await expect(first).toContainText(/Een gemeld probleem is al \d+ dagen open/);
    await expect(first).toContainText(/Al \d+ werkdagen geen activiteit/);
    await expect(first, "D6").toContainText(/Nog geen lijst voor het onthaal: veiligheid en afspraken/);
    await first.getByRole("link").click();
    await expect(page.getByRole("link", { name: "Naar het onthaal" })).toBeVisible();
    await page.getByRole("alert").getByRole("link").first().click();
    await expect(page.getByRole("heading", { name: "Gemeld probleem" })).toBeVisible();
    await page.goBack();
    await page.getByText("Waarop dit steunt").first().click();
    await page.locator("details[open]").getByRole("link").first().click();
    await expect(page.getByRole("heading", { name: "Activiteit" })).toBeVisible();
  } finally {
    await katrien.dispose();
    await server.dispose();
  }
});

test("every screen of mentor and coach can be used by all", async () => {
  test.slow();
  const server = await Server.prepare({ centre: "demo" });
  await server.start();
  const luc = await Person.withPhone("Luc", server.url);
  const katrien = await Person.withPhone("Katrien", server.url);
  try {
    const mentor = await joined(luc, server);
    await waiting(mentor);
    await look(mentor, "waiting");
    await mentor.getByRole("link", { name: /^Anders/ }).first().click();
    await expect(mentor.getByRole("heading", { name: "Jouw antwoord" })).toBeVisible();
    await look(mentor, "confirm");
    await mentor.getByRole("link", { name: "Cursisten" }).click();
    await mentor.getByRole("main").getByRole("link").first().click();
    await expect(mentor.getByRole("heading", { name: "Mensen" })).toBeVisible();
    await look(mentor, "learner");
    for (const screen of ["more", "sync", "devices", "settings", "about"]) {
      await mentor.goto(new URL(`/${screen}`, server.url).href);
      await expect(mentor.getByRole("heading", { level: 1 })).toBeVisible();
      await look(mentor, screen);
    }

    const coach = await katrien.join(link(server, "trajectbegeleider"));
    await expect(coach.getByRole("heading", { name: /^Aandacht nodig/ })).toBeVisible();
    await look(coach, "learners");
    await coach.getByRole("main").getByRole("listitem").first().getByRole("link").click();
    await expect(coach.getByRole("heading", { name: "Mensen" })).toBeVisible();
    await look(coach, "dossier");
    await coach.getByRole("link", { name: "Wacht op jou" }).click();
    await expect(coach.getByRole("heading", { name: "Apart gezet door de school" })).toBeVisible();
    await look(coach, "quarantine");
  } finally {
    await luc.dispose();
    await katrien.dispose();
    await server.dispose();
  }
});
