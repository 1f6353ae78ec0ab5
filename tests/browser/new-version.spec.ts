// A new build of the app arrives, or a broken one: whoever is typing goes on typing, and nobody is locked out.

import { expect, test } from "@playwright/test";
import { asItIs, Front, next, withoutProgram } from "./support/builds.ts";
import { held, installed, join, kept, newActivity, type, write } from "./support/diary.ts";
import { Person } from "./support/people.ts";
import { type Invitation, Server } from "./support/server.ts";

let server: Server;
let front: Front;
let amina: Person;
let invitation: Invitation;

test.beforeEach(async () => {
  front = await Front.listen();
  server = await Server.prepare({ url: front.url });
  front.leadTo(server.port);
  invitation = await server.invite("Amina Haddad", "cursist");
  amina = await Person.withPhone("Amina", front.url);
  await server.start();
});

test.afterEach(async () => {
  await amina.dispose();
  await front.close();
  await server.dispose();
});

test("a build that arrives while somebody types waits until all is closed", async () => {
  let page = await join(amina, invitation);
  await installed(page);
  await type(page, "Halverwege een zin");
  await page.evaluate(() => Object.assign(window, { isTheSamePage: true }));

  front.build = next;
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    const waits = () => registration.waiting !== null;
    while (!waits()) await new Promise((later) => setTimeout(later, 50));
  });
  expect(await page.evaluate(() => "isTheSamePage" in window)).toBe(true);
  await expect(page.getByLabel("Wat heb je gedaan?")).toHaveValue("Halverwege een zin");

  // The old page still saves and sends, although its program is no longer on the server.
  await page.getByRole("button", { name: "Bewaar", exact: true }).click();
  await expect(page.getByText("Alles is bij de school")).toBeVisible();
  await expect(kept(page)).toBeVisible();
  await page.reload();
  await expect(newActivity(page)).toBeVisible();

  // All its windows closed, the browser left open.
  await page.context().newPage();
  await page.close();
  const opened = async () => {
    page = await amina.tab();
    const build = await page.locator("html").getAttribute("data-build");
    if (build === null) await page.close();
    return build;
  };
  await expect.poll(opened).toBe("next");
  await expect(page.getByText("Halverwege een zin")).toBeVisible();
});

test("without its program the page offers a way out, and the unsent can be saved there", async () => {
  let page = await join(amina, invitation);
  await installed(page);
  await server.stop();
  await write(page, "Niet verstuurd");
  await page.evaluate(async () => {
    const registrations = await navigator.serviceWorker.getRegistrations();
    await Promise.all(registrations.map((it) => it.unregister()));
    await Promise.all((await caches.keys()).map((it) => caches.delete(it)));
  });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Network.clearBrowserCache");
  await amina.close();

  front.build = withoutProgram;
  await server.start();
  page = await amina.open();
  const rescue = page.getByRole("link", { name: "Noodpagina" });
  await expect(rescue).toBeVisible();
  await rescue.click();
  await expect(page.getByRole("status")).toContainText("Nog niet bij de school: 1");
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Bewaar als bestand" }).click();
  expect(await (await saving).failure()).toBeNull();
  expect(await held(page, invitation)).toMatchObject({ outbox: 1 });

  front.build = asItIs;
  await page.getByRole("button", { name: "Herstel de app" }).click();
  await expect(page.getByText("Niet verstuurd")).toBeVisible();
  await expect(page.getByText("Alles is bij de school")).toBeVisible();
});

test("a program that breaks down starts again with the draft, and twice at most", async () => {
  const page = await join(amina, invitation);
  await type(page, "Midden in een zin");
  await expect.poll(async () => (await held(page, invitation)).drafts).toBe(1);
  const breakDown = () =>
    page.evaluate(() => setTimeout(() => Promise.reject(new WebAssembly.RuntimeError("unreachable"))));
  for (let time = 0; time < 2; time++) {
    await page.evaluate(() => Object.assign(window, { isOld: true }));
    await breakDown();
    await page.waitForFunction(() => !("isOld" in window) && "alive" in document.documentElement.dataset);
    await expect(page.getByLabel("Wat heb je gedaan?")).toHaveValue("Midden in een zin");
  }
  await page.evaluate(() => Object.assign(window, { isOld: true }));
  await breakDown();
  await expect(page.getByRole("link", { name: "Noodpagina" })).toBeVisible();
  expect(await page.evaluate(() => "isOld" in window)).toBe(true);
});
