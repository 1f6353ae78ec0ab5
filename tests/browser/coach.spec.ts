// A coach: a visit planned and reported on the spot, a note that nobody else gets, mediation, an early end and a re-start.
// Without a server.

import { expect, test } from "@playwright/test";
import { look } from "./support/look.ts";
import { keptTexts } from "./support/diary.ts";
import { day, open, Three } from "./support/three.ts";

test("G1 G2 G3 A9 a visit, a note, mediation, an early end and a re-start, written without a server", async () => {
  test.slow();
  const three = await Three.meet();
  const [learner, mentor, coach] = three.pages;
  try {
    await coach.goto(three.at("guiding"));
    await expect(coach.getByText("Nog geen bezoeken.")).toBeVisible();
    await expect(coach.getByText("0 van 3 bezoeken dit schooljaar")).toBeVisible();
    await three.apart();
    await test.step("plans a visit, and reports it on the spot", async () => {
      await open(coach, "Plan een bezoek of contact");
      await coach.getByLabel("Wanneer?").first().fill(day(1));
      await coach.getByLabel("Wie is erbij?").first().fill("Luc en Amina");
      await coach.getByRole("button", { name: "Bewaar de afspraak" }).click();
      await coach.locator("a[href*='/visit/']").click();
      const toTalk = coach.locator("section").filter({ has: coach.getByRole("heading", { name: "Om over te praten" }) });
      await expect(toTalk.getByRole("link", { name: "Bekijk het hele dossier" }), "prepared from the dossier").toBeVisible();
      await coach.getByRole("button", { name: "Gaat niet door" }).click();
      await expect(coach.getByText("Deze afspraak gaat niet door.")).toBeVisible();
      await coach.getByRole("button", { name: "Toch wel" }).click();
      await open(coach, "Verzet de afspraak");
      await coach.getByLabel("Wie is erbij?").last().fill("Luc, Amina en Karin");
      await coach.getByRole("button", { name: "Bewaar de afspraak" }).click();
      await expect(coach.locator("article")).toContainText("Luc, Amina en Karin");
      await coach.getByRole("button", { name: "Bewaar het verslag" }).click();
      await expect(coach.getByRole("alert")).toContainText("schrijf wat je zag");
      // Of today: yesterday may be of the school year before.
      await coach.getByLabel("Wanneer?").first().fill(day(0));
      await coach.getByLabel("Wat zag en hoorde je?").fill("Werkt veilig aan de kade.");
      await coach.getByLabel("Wat is afgesproken?").fill("Volgende week de scanner.");
      await coach.getByRole("button", { name: "Bewaar het verslag" }).click();
      await expect(coach.getByText("Verslag gemaakt")).toBeVisible();
      await expect(coach.getByText("1 van 3 bezoeken dit schooljaar")).toBeVisible();
    });
    await test.step("notes something for those who guide", async () => {
      await open(coach, "Notitie voor wie begeleidt");
      await coach.locator("textarea#note").fill("Thuis is het moeilijk.");
      await coach.getByRole("button", { name: "Bewaar de notitie" }).click();
      await expect(coach.getByText("Thuis is het moeilijk.", { exact: true }).first()).toBeVisible();
    });
    await test.step("puts no signal off without a reason", async () => {
      await open(coach, "Stel een signaal uit");
      await coach.getByRole("button", { name: "Stel een signaal uit" }).click();
      await expect(coach.getByRole("alert").first()).toContainText("schrijf waarom");
    });
    await test.step("pauses it without an end, and starts again", async () => {
      await open(coach, "Onderbreek het leertraject");
      const form = coach.locator("form").filter({ has: coach.locator("#pause-why") });
      await form.getByRole("button", { name: "Onderbreek het leertraject" }).click();
      await expect(form.getByRole("alert")).toContainText("schrijf waarom");
      await form.locator("#pause-why").fill("Zorgt drie maanden voor haar vader.");
      await form.getByRole("button", { name: "Onderbreek het leertraject" }).click();
      await expect(coach.getByRole("heading", { name: /^Onderbroken sinds/ })).toBeVisible();
      await look(coach, "paused");
      await open(coach, "Herstart het leertraject");
      await coach.locator("#restart-words").fill("Terug van thuis.");
      await coach.locator("form").getByRole("button", { name: "Herstart het leertraject" }).click();
      await expect(coach.getByText("Terug van thuis.")).toBeVisible();
      await expect(coach.getByRole("heading", { name: /^Onderbroken sinds/ })).toHaveCount(0);
    });
    await test.step("ends it after a mediation, and starts again", async () => {
      await open(coach, "Stop het leertraject");
      await expect(coach.getByText("Er is nog geen bemiddeling genoteerd.")).toBeVisible();
      await open(coach, "Noteer een bemiddeling");
      await coach.locator("#mediation-present").fill("alle drie");
      await coach.getByRole("button", { name: "Verder op een andere werkplek" }).click();
      await coach.locator("form").getByRole("button", { name: "Noteer een bemiddeling" }).click();
      await expect(coach.getByRole("heading", { name: "Verder op een andere werkplek" })).toBeVisible();
      await expect(coach.getByText("Er is nog geen bemiddeling genoteerd.")).toHaveCount(0);
      await coach.locator("#end-day").fill(day(1));
      await coach.getByRole("button", { name: "De werkplek stopt of heeft geen werk" }).click();
      await coach.locator("form").getByRole("button", { name: "Stop het leertraject" }).click();
      await expect(coach.getByRole("heading", { name: /^Gestopt op .*: De werkplek stopt/ })).toBeVisible();
      await coach.locator("#restart-words").fill("Bij De Kaai, zelfde mentor.");
      await coach.locator("form").getByRole("button", { name: "Herstart het leertraject" }).click();
      await expect(coach.getByRole("heading", { name: /^Herstart op/ })).toBeVisible();
    });
    await three.together();
    await test.step("cursist and mentor read what was reported and decided, and of the mediation only the cursist", async () => {
      await learner.getByRole("navigation", { name: "Onderdelen" }).getByRole("link", { name: "Meer" }).click();
      await learner.getByRole("link", { name: /^Begeleiding/ }).click();
      await expect(learner.getByRole("heading", { name: "Verder op een andere werkplek" })).toBeVisible();
      await mentor.goto(three.at("learner"));
      await mentor.getByRole("link", { name: /^Begeleiding/ }).click();
      await expect(mentor.getByRole("heading", { name: /^Herstart op/ })).toBeVisible();
      await expect(mentor.getByRole("heading", { name: "Verder op een andere werkplek" })).toHaveCount(0);
      for (const page of [learner, mentor]) {
        await expect(page.locator("main form"), "and write nothing").toHaveCount(0);
        await page.locator("a[href*='/visit/']").click();
        await expect(page.locator("article")).toContainText("Volgende week de scanner.");
        await expect(page.locator("main form")).toHaveCount(0);
        await expect(page.getByRole("button", { name: "Gaat niet door" })).toHaveCount(0);
      }
    });
    await test.step("and see on their first screens that it stands still", async () => {
      await coach.locator("#pause-why").fill("Geen opvang voor de kinderen.");
      await coach.locator("form").getByRole("button", { name: "Onderbreek het leertraject" }).click();
      await learner.goto(new URL("/", learner.url()).href);
      await mentor.goto(three.at("learner"));
      for (const page of [learner, mentor]) {
        await expect(page.getByText(/^Dit leertraject staat stil sinds/)).toBeVisible();
        await page.getByRole("link", { name: "Lees waarom" }).click();
        await expect(page.getByText("Geen opvang voor de kinderen.")).toBeVisible();
      }
      await coach.getByRole("navigation", { name: "Onderdelen" }).getByRole("link", { name: "Cursisten" }).click();
      await expect(coach.getByText(/^Staat stil sinds/)).toBeVisible();
    });
    await test.step("neither cursist nor mentor has the note on their device", async () => {
      for (const page of [learner, mentor]) {
        await expect.poll(() => keptTexts(page)).toContain("Werkt veilig aan de kade.");
        expect(await keptTexts(page)).not.toContain("Thuis is het moeilijk.");
      }
    });
  } finally {
    await three.end();
  }
});
