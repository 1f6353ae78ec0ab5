// Somebody new comes in by an invitation on a screen.

import { expect, type Page, test } from "@playwright/test";
import { Person } from "./support/people.ts";
import { Server } from "./support/server.ts";

const atSchool = (page: Page) => expect(page.getByText("Alles is bij de school").first()).toBeVisible();

test("A15 G9 somebody new is added without a line, invited on a screen, and comes in by the link", async () => {
  test.slow();
  const server = await Server.prepare({ centre: "demo" });
  await server.start();
  const player = server.player("trajectbegeleider");
  const katrien = await Person.withPhone("Katrien", server.url);
  const noor = await Person.withPhone("Noor", server.url);
  try {
    const coach = await katrien.join(player.link);
    await atSchool(coach);
    await server.stop();
    await coach.getByRole("link", { name: /Amir Haddad/ }).click();
    await coach.getByRole("link", { name: "Mensen en uitnodigingen" }).click();
    await coach.getByLabel("Naam").fill("Noor Peeters");
    await coach.getByRole("button", { name: "Voeg toe" }).click();
    await expect(coach.getByRole("heading", { name: "Noor Peeters" })).toBeVisible();
    const card = coach.getByRole("listitem").filter({ hasText: "Noor Peeters" });
    await card.getByRole("button", { name: /Nodig uit/ }).click();
    await expect(card.getByRole("alert")).toContainText("Geen verbinding");

    await server.startFor(coach);
    await atSchool(coach);
    await card.getByRole("button", { name: /Nodig uit/ }).click();
    await expect(card.getByRole("img", { name: "QR-code van de uitnodiging" })).toBeVisible();
    const link = await card.getByText(/\/join\?mentor#[0-9a-f]{32}$/).textContent();
    const mentor = await noor.join(link ?? "");
    await atSchool(mentor);
    await mentor.getByRole("link", { name: "Cursisten" }).click();
    await expect(mentor.getByText("Amir Haddad")).toBeVisible();

    await coach.reload();
    await expect(card.getByText(/laatst gezien op/)).toBeVisible();
    await card.getByRole("button", { name: /Meld toestel af/ }).click();
    await expect(card.getByText(/: afgemeld$/)).toBeVisible();
  } finally {
    await katrien.dispose();
    await noor.dispose();
    await server.dispose();
  }
});
