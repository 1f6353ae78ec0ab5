// A curriculum from a file (V5, B11): what is wrong is named by its line and nothing is half in; a preview before anything
// is written; four hundred goals in three levels; and the others have it.

import { expect, type Page, test } from "@playwright/test";
import { atSchool, Three } from "./support/three.ts";

const head = "goal_code;goal_nl;competence_code;competence_nl;type;where;from_week;to_week;expected_level";

async function choose(page: Page, name: string, text: string): Promise<void> {
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: /^Kies een (ander )?bestand/ }).click();
  const mimeType = name.endsWith("csv") ? "text/csv" : "application/json";
  await (await choosing).setFiles({ name, mimeType, buffer: Buffer.from(text) });
}

/** Ten headings, below each forty goals, below each two competences. */
function package_(): string {
  const item = (identifier: string, code: string, statement: string) => ({
    identifier,
    humanCodingScheme: code,
    fullStatement: statement,
    language: "nl",
  });
  const below = (child: string, parent: string) => ({
    associationType: "isChildOf",
    originNodeURI: { identifier: child },
    destinationNodeURI: { identifier: parent },
  });
  const items = [];
  const associations = [];
  for (let heading = 0; heading < 10; heading++) {
    items.push(item(`h${heading}`, `H${heading}`, `Rubriek ${heading}`));
    associations.push(below(`h${heading}`, "doc"));
    for (let at = heading * 40; at < heading * 40 + 40; at++) {
      items.push(item(`g${at}`, `LP-${at}`, `Énergiek doel à ${at}`));
      associations.push(below(`g${at}`, `h${heading}`));
      for (const own of ["a", "b"]) {
        items.push(item(`g${at}${own}`, `LP-${at}${own}`, `Ik kán ${at}${own}`));
        associations.push(below(`g${at}${own}`, `g${at}`));
      }
    }
  }
  const document = { identifier: "doc", title: "Grote opleiding", language: "nl" };
  return JSON.stringify({ CFDocument: document, CFItems: items, CFAssociations: associations });
}

test("B11 V5 a coach takes a curriculum from a file: faults by line, a preview, all of it or nothing", async () => {
  test.slow();
  const three = await Three.meet();
  const [learner, , coach] = three.pages;
  const goals = (page: Page) => page.locator("main a[href*='/goal/']:not([href$='/new'])");
  try {
    await learner.goto(three.at("plan"));
    await coach.goto(three.at("plan"));
    await expect(goals(coach).first()).toBeVisible();
    const before = await goals(coach).count();
    await coach.getByRole("link", { name: "Haal doelen uit een leerplan" }).click();
    await test.step("without a file: those of the school, looked at before anything is written", async () => {
      const ofSchool = coach.locator("section", { hasText: "Of begin met een leerplan van de school" }).getByRole("button");
      await expect(ofSchool).toHaveCount(3);
      await ofSchool.filter({ hasText: /lektromec/ }).click();
      await expect(coach.getByText(/^\d+ nieuwe doelen, 0 veranderd/)).toBeVisible();
      await coach.reload();
    });
    await expect(coach.getByText("Er verandert niets voor je het zelf zegt.")).toBeVisible();

    await test.step("what is wrong is named by its line, and nothing is in", async () => {
      const lines = [
        head,
        "É-1;Één doel;É-1.1;Ik kan het;skill;workplace;1;8;independent",
        "É-2;Doel;É-2.1;Ik kan het;skil;workplce;1;8;best",
      ];
      await choose(coach, "plan.csv", lines.join("\n"));
      await expect(coach.getByRole("heading", { name: "Er klopt iets niet (3)" })).toBeVisible();
      await expect(coach.getByText("Regel 3: “workplce” is geen plaats")).toBeVisible();
      await expect(coach.getByText("Regel 3: “best” is geen niveau")).toBeVisible();
      await expect(coach.getByText("Regel 3: “skil” is geen soort competentie")).toBeVisible();
      await expect(coach.getByRole("button", { name: "Zet dit in het plan" })).toHaveCount(0);
      await choose(coach, "plan.json", '{ "goals": [');
      await expect(coach.getByText(/^Regel 1: kan niet gelezen worden/)).toBeVisible();
      const bad = package_().replace("Énergiek doel à 1\"", "\"").replaceAll("},{", "},\n{");
      await choose(coach, "case.json", bad);
      await expect(coach.getByText(/^Regel \d+ \(CFItems\[\d+\]\): fullStatement is leeg/)).toBeVisible();
    });
    await test.step("a table with accents is shown before it is written", async () => {
      const line = "É-1;Één doel;É-1.1;Ik kan het;skill;workplace,school;1;8;independent";
      await choose(coach, "plan.csv", [head, line].join("\r\n"));
      await expect(coach.getByText("1 nieuw doel, 0 veranderd, 0 hetzelfde.")).toBeVisible();
      await expect(coach.getByText(`Niet in het bestand: blijft staan (${before})`)).toBeVisible();
      await coach.getByRole("button", { name: "Zet dit in het plan" }).click();
      await expect(coach.getByText("1 doel staat nu in het plan.")).toBeVisible();
      await atSchool(coach);
      await expect(learner.getByRole("link", { name: /Één doel/ })).toBeVisible();
    });
    await test.step("four hundred goals in three levels come in together, also when the line breaks", async () => {
      await choose(coach, "case.json", package_());
      await expect(coach.getByRole("heading", { name: "Grote opleiding" })).toBeVisible();
      await expect(coach.getByText("400 nieuwe doelen, 0 veranderd, 0 hetzelfde.")).toBeVisible();
      await expect(coach.getByText("Week 1 tot 40")).toBeVisible();
      await three.apart();
      await coach.getByRole("button", { name: "Zet dit in het plan" }).click();
      await expect(coach.getByText("400 doelen staan nu in het plan.")).toBeVisible();
      await coach.getByRole("link", { name: "Bekijk het plan" }).click();
      await expect(goals(coach)).toHaveCount(before + 401);
      await three.together();
      await expect(goals(learner)).toHaveCount(before + 401);
    });
    await test.step("the same file again changes nothing, and without a line it says why", async () => {
      await coach.goto(three.at("curriculum"));
      await choose(coach, "case.json", package_());
      await expect(coach.getByText("Het plan is al zoals het bestand.")).toBeVisible();
      await three.apart();
      await choose(coach, "case.json", package_());
      await expect(coach.getByText(/verbinding/).first()).toBeVisible();
      await coach.reload();
      const ofSchool = coach.locator("section", { hasText: "Of begin met een leerplan van de school" }).getByRole("button");
      await expect(ofSchool, "those of the school were seen before").toHaveCount(3);
    });
  } finally {
    await three.end();
  }
});
