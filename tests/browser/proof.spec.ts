// Proof of an absence by photo (F4): taken without reception, sent by itself over a line that loses answers, seen by who
// may see it and by nobody else, without the place where it was taken.

import { expect, type Page, test } from "@playwright/test";
import { BadLine } from "./support/proxy.ts";
import { Three } from "./support/three.ts";

/** A photo of 3,000 by 2,000 pixels, too rough to become small, with the place where it was taken beside the picture. */
async function photo(page: Page): Promise<Buffer> {
  const drawn = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(3_000, 2_000);
    const pen = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
    let seed = 1;
    for (let at = 0; at < 30_000; at++) {
      seed = (seed * 48_271) % 2_147_483_647;
      pen.fillStyle = `hsl(${seed % 360} 60% ${30 + (seed % 50)}%)`;
      pen.fillRect(seed % 3_000, (seed >> 9) % 2_000, 24, 24);
    }
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  const place = Buffer.from("Exif\0\0 Gent 51.0543 N");
  const segment = Buffer.from([0xff, 0xe1, 0, place.length + 2, ...place]);
  return Buffer.concat([Buffer.from(drawn.slice(0, 2)), segment, Buffer.from(drawn.slice(2))]);
}

async function add(page: Page, name: string, buffer: Buffer): Promise<void> {
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Voeg een foto toe" }).click();
  await (await choosing).setFiles({ name, mimeType: "image/jpeg", buffer });
}

/** The photo on this screen as this device keeps it: its width, and whether it tells where it was taken. */
function shown(page: Page): Promise<{ width: number; tells: boolean; large: boolean }> {
  return page.getByRole("img", { name: "Foto van het bewijs" }).evaluate(async (it: HTMLImageElement) => {
    await it.decode();
    const asked = <T>(it: IDBRequest<T>) => new Promise<T>((done) => (it.onsuccess = () => done(it.result)));
    let bytes = new Uint8Array();
    for (const { name = "" } of await indexedDB.databases()) {
      const database = await asked(indexedDB.open(name));
      const [kept] = await asked(database.transaction("photos").objectStore("photos").getAll());
      bytes = kept ?? bytes;
      database.close();
    }
    const text = new TextDecoder("latin1").decode(bytes);
    return { width: it.naturalWidth, tells: text.includes("Gent"), large: bytes.length > 128 * 1024 };
  });
}

test("F4 a photo proves an absence: kept without a server, sent by itself, seen by those who guide", async () => {
  test.slow();
  const line = await BadLine.listen();
  const three = await Three.meet(line);
  const [learner, mentor, coach] = three.pages;
  try {
    const taken = await photo(learner);
    await three.apart();
    await test.step("the cursist reports an absence and adds a photo", async () => {
      await learner.goto(`${three.server.url}/hours`);
      await learner.getByText("Meld een afwezigheid").click();
      await learner.getByRole("button", { name: "Ziek" }).click();
      await learner.getByRole("button", { name: "Meld dit" }).click();
      await add(learner, "brief.jpg", Buffer.from("Geen foto maar een brief."));
      await expect(learner.getByText("Je toestel kan dit bestand niet als foto lezen.")).toBeVisible();
      await add(learner, "attest.jpg", taken);
      await learner.getByRole("button", { name: "Toon de foto" }).click();
      expect(await shown(learner)).toEqual({ width: 1_600, tells: false, large: true });
      await expect(learner.getByText("Alleen op dit toestel", { exact: true })).toBeVisible();
    });

    await test.step("a killed browser still has it, and sends it over a line that loses answers", async () => {
      await three.people[0]?.kill();
      line.faults = { loseEvery: 2 };
      await three.server.start();
      const again = (await three.people[0]?.open("/hours")) as Page;
      await expect(again.getByRole("button", { name: "Toon de foto" })).toBeVisible();
      await expect.poll(() => line.seen.lost).toBeGreaterThan(1);
      await expect(again.getByText("Alleen op dit toestel", { exact: true })).toBeHidden();
      line.faults = {};
    });

    await test.step("the coach sees it and still does without a server; the mentor has nothing of it", async () => {
      await coach.goto(three.at("hours"));
      await coach.getByRole("button", { name: "Toon de foto" }).click();
      expect(await shown(coach)).toEqual({ width: 1_600, tells: false, large: true });
      await mentor.goto(three.at("hours"));
      await expect(mentor.getByText("Wacht op de trajectbegeleider")).toBeVisible();
      await expect(mentor.getByRole("button", { name: "Toon de foto" })).toHaveCount(0);
      await three.apart();
      await coach.reload();
      await coach.getByRole("button", { name: "Toon de foto" }).click();
      expect((await shown(coach)).width).toBe(1_600);
      await coach.getByRole("button", { name: "Aanvaard", exact: true }).click();
      await expect(coach.getByText("Aanvaard", { exact: true })).toBeVisible();
    });

    await test.step("taken away it is gone for all, and undone it is back", async () => {
      const page = three.people[0]?.page as Page;
      await page.getByRole("button", { name: "Verwijder de foto" }).click();
      await expect(page.getByRole("button", { name: "Toon de foto" })).toHaveCount(0);
      await page.getByRole("button", { name: "Ongedaan maken" }).click();
      await expect(page.getByRole("button", { name: "Toon de foto" })).toBeVisible();
      await page.getByRole("button", { name: "Verwijder de foto" }).click();
      await expect(page.getByRole("button", { name: "Toon de foto" })).toHaveCount(0);
      await three.server.startFor(page, coach);
      await expect(coach.getByRole("button", { name: "Toon de foto" })).toHaveCount(0);
      await expect(page.getByText("Aanvaard", { exact: true })).toBeVisible();
    });

    await test.step("one certificate proves two absences, and taking one back leaves the other its photo", async () => {
      const page = three.people[0]?.page as Page;
      await three.apart();
      await add(page, "attest.jpg", taken);
      await expect(page.getByRole("button", { name: "Toon de foto" })).toHaveCount(1);
      await page.getByText("Meld een afwezigheid").click();
      await page.getByRole("button", { name: "Ziek" }).click();
      await page.getByRole("button", { name: "Meld dit" }).click();
      await expect(page.getByRole("button", { name: "Voeg een foto toe" })).toHaveCount(2);
      const second = page.getByRole("listitem").filter({ hasText: "Wacht op de trajectbegeleider" });
      const choosing = page.waitForEvent("filechooser");
      await second.getByRole("button", { name: "Voeg een foto toe" }).click();
      await (await choosing).setFiles({ name: "attest.jpg", mimeType: "image/jpeg", buffer: taken });
      await expect(page.getByRole("button", { name: "Toon de foto" })).toHaveCount(2);
      await second.getByRole("button", { name: "Trek in" }).click();
      await expect(page.getByRole("button", { name: "Toon de foto" })).toHaveCount(1);
      await three.server.startFor(page, coach);
      // The coach had it open, and so has it open again.
      await expect(coach.getByRole("button", { name: "Verberg de foto" })).toHaveCount(1);
      expect((await shown(coach)).width).toBe(1_600);
      await expect(page.getByText("Alleen op dit toestel", { exact: true })).toBeHidden();
    });
  } finally {
    await three.end();
    await line.close();
  }
});

test("F4 a photo that is still on its way is told of on both sides", async () => {
  test.slow();
  const line = await BadLine.listen();
  const three = await Three.meet(line);
  const [learner, , coach] = three.pages;
  try {
    // Messages of events are small, pieces of a photo are not: those never arrive.
    line.faults = { loseLarger: 20_000 };
    await learner.goto(`${three.server.url}/hours`);
    await learner.getByText("Meld een afwezigheid").click();
    await learner.getByRole("button", { name: "Ziek" }).click();
    await learner.getByRole("button", { name: "Meld dit" }).click();
    await add(learner, "attest.jpg", await photo(learner));
    await coach.goto(three.at("hours"));
    await coach.getByRole("button", { name: "Toon de foto" }).click();
    await expect(coach.getByText("De foto is nog niet bij de school.")).toBeVisible();
    await expect(learner.getByText("Alleen op dit toestel", { exact: true })).toBeVisible();
    await learner.goto(`${three.server.url}/sync`);
    await expect(learner.getByText("Nog 1 foto wacht.")).toBeVisible();
    line.faults = {};
    await learner.evaluate(() => void dispatchEvent(new Event("online")));
    await expect(learner.getByText("Nog 1 foto wacht.")).toBeHidden();
    await coach.reload();
    await coach.getByRole("button", { name: "Toon de foto" }).click();
    expect((await shown(coach)).width).toBe(1_600);
  } finally {
    await three.end();
    await line.close();
  }
});
