// What a browser does to storage: it fills up, goes away, loses parts, is upgraded by another tab, or is not there.

import { expect, type Page, test } from "@playwright/test";
import { database, held, installed, join, kept, newActivity, save, type, write } from "./support/diary.ts";
import { Person } from "./support/people.ts";
import { type Invitation, Server } from "./support/server.ts";

let server: Server;
let amina: Person;
let invitation: Invitation;

test.beforeEach(async () => {
  server = await Server.prepare();
  invitation = await server.invite("Amina Haddad", "cursist");
  amina = await Person.withPhone("Amina", server.url);
  await server.start();
});

test.afterEach(async () => {
  await amina.dispose();
  await server.dispose();
});

/** Everything that was written is at the school, and nothing of it came back. */
async function expectDelivered(page: Page, ...texts: string[]): Promise<void> {
  await expect(page.getByText("Alles is bij de school")).toBeVisible();
  expect(await held(page, invitation)).toMatchObject({ refused: 0 });
  await page.goto(`${server.url}/diary`);
  // A diary of many days shows only those near the eye.
  for (const text of texts) {
    await page.getByRole("searchbox").fill(text);
    await expect(page.getByText(text, { exact: true })).toBeVisible();
  }
}

/** Changes the database as another version of the app would, and closes it, unless it is to stay in the way. */
function upgrade(page: Page, how: "add" | "remove", store: string, keepOpen = false): Promise<void> {
  return page.evaluate(
    async ([name, how, store, keepOpen]) => {
      const open = (version?: number) =>
        new Promise<IDBDatabase>((done, failed) => {
          const asked = indexedDB.open(name, version);
          asked.onupgradeneeded = () => {
            if (how === "add") asked.result.createObjectStore(store);
            else asked.result.deleteObjectStore(store);
          };
          asked.onsuccess = () => done(asked.result);
          asked.onerror = () => failed(asked.error);
        });
      const now = await open();
      now.close();
      const changed = await open(now.version + 1);
      if (keepOpen) Object.assign(globalThis, { inTheWay: changed });
      else changed.close();
    },
    [database(invitation), how, store, keepOpen] as const,
  );
}

test("on a full device text still fits, once more", async () => {
  const page = await join(amina, invitation);
  await write(page, "Eerste dag");
  // The first save reserves some room for this day.
  const reserved = () =>
    page.evaluate(async (name) => {
      const asked = indexedDB.open(name);
      await new Promise((done) => (asked.onsuccess = done));
      const key = asked.result.transaction("meta").objectStore("meta").getKey("ballast");
      await new Promise((done) => (key.onsuccess = done));
      asked.result.close();
      return key.result !== undefined;
    }, database(invitation));
  await expect.poll(reserved).toBe(true);
  const devtools = await page.context().newCDPSession(page);
  const used = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
  await devtools.send("Storage.overrideQuotaForOrigin", { origin: server.url, quotaSize: used - 1_000_000 });
  // The browser looks at the room now and then only: every save until it does must be kept as well.
  let saves = 0;
  await expect
    .poll(
      async () => {
        await write(page, `Net vol ${++saves}`);
        return reserved();
      },
      { timeout: 240_000 },
    )
    .toBe(false);
  await devtools.send("Storage.overrideQuotaForOrigin", { origin: server.url });
  await expectDelivered(page, "Eerste dag", `Net vol ${saves}`);
});

test("a device that lost everything reads it again from the school", async () => {
  const page = await join(amina, invitation);
  await write(page, "Eerder geschreven");
  await expect(page.getByText("Alles is bij de school")).toBeVisible();
  await page.goto(`${server.url}/rescue.html`);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Storage.clearDataForOrigin", { origin: server.url, storageTypes: "all" });
  await page.goto(server.url);
  await expect(page.getByLabel("Code van je uitnodiging")).toBeVisible();
  const again = new URL((await server.inviteAgain(invitation)).link);
  await page.goto(again.href);
  await page.getByRole("button", { name: "Doe mee" }).click();
  await expectDelivered(page, "Eerder geschreven");
  await write(page, "Daarna");
  await expectDelivered(page, "Eerder geschreven", "Daarna");
});

test("a device that lost only its key delivers what it had, after a new invitation", async () => {
  const page = await join(amina, invitation);
  await installed(page);
  await server.stop();
  await write(page, "Nog niet verstuurd");
  await page.goto(`${server.url}/rescue.html`);
  await page.evaluate(async (name) => {
    const asked = indexedDB.open(name);
    await new Promise((done) => (asked.onsuccess = done));
    const changing = asked.result.transaction("keys", "readwrite");
    changing.objectStore("keys").clear();
    await new Promise((done) => (changing.oncomplete = done));
    asked.result.close();
  }, database(invitation));
  await server.start();
  await page.goto((await server.inviteAgain(invitation)).link);
  await page.getByRole("button", { name: "Doe mee" }).click();
  await expectDelivered(page, "Nog niet verstuurd");
  await write(page, "Met de nieuwe sleutel");
  await expectDelivered(page, "Nog niet verstuurd", "Met de nieuwe sleutel");
});

test("a browser that keeps no keys says so, and the invitation stays good", async () => {
  const link = new URL(invitation.link);
  const page = await amina.open("/rescue.html");
  await page.addInitScript(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...record) {
      if (this.name === "keys") throw new DOMException("a private window", "DataCloneError");
      return put.apply(this, record);
    };
  });
  await page.goto(link.href);
  await page.getByRole("button", { name: "Doe mee" }).click();
  await expect(page.getByText("Deze browser kan geen sleutel bewaren")).toBeVisible();
  await amina.close();
  await join(amina, invitation);
});

test("a browser without a database says so, and where the app does work", async () => {
  const page = await amina.open("/rescue.html");
  await page.addInitScript(() => Object.defineProperty(window, "indexedDB", { value: undefined }));
  await page.goto(invitation.link);
  await expect(page.getByText("Deze browser bewaart niets")).toBeVisible();
});

test("an old browser without locks and promises of storage works", async () => {
  await (await amina.open("/rescue.html")).context().addInitScript(() => {
    for (const name of ["locks", "storage"]) {
      Object.defineProperty(Navigator.prototype, name, { value: undefined });
    }
    for (const name of ["BroadcastChannel", "CompressionStream"]) {
      Object.defineProperty(window, name, { value: undefined });
    }
  });
  const page = amina.page;
  await page.goto(invitation.link);
  await page.getByRole("button", { name: "Doe mee" }).click();
  await expect(newActivity(page)).toBeVisible();
  await write(page, "Zonder sloten");
  await expectDelivered(page, "Zonder sloten");
});

test("a database that the system cut off is opened again under the same save", async () => {
  const page = await join(amina, invitation);
  await type(page, "Na de pauze");
  await page.evaluate(() => {
    const transaction = IDBDatabase.prototype.transaction;
    const dead = new WeakSet<IDBDatabase>();
    let first: IDBDatabase | undefined;
    IDBDatabase.prototype.transaction = function (...wish) {
      first ??= this;
      if (this === first) dead.add(this);
      if (dead.has(this)) throw new DOMException("The database connection is closing.", "InvalidStateError");
      return transaction.apply(this, wish);
    };
  });
  await save(page);
  await expect(kept(page)).toBeVisible();
  await page.reload();
  await expectDelivered(page, "Na de pauze");
});

test("an upgrade by another tab goes through at once, and this tab goes on", async () => {
  const page = await join(amina, invitation);
  await write(page, "Vooraf");
  const other = await amina.tab("/rescue.html");
  await upgrade(other, "add", "of_a_newer_app");
  await write(page, "Erna");
  await expectDelivered(page, "Vooraf", "Erna");
});

test("a tab that keeps the old database is named, and nothing hangs", async () => {
  const page = await join(amina, invitation);
  await write(page, "Vooraf");
  await expect(page.getByText("Alles is bij de school")).toBeVisible();
  const inTheWay = await amina.tab("/rescue.html");
  await upgrade(inTheWay, "remove", "refused", true);
  const third = await amina.tab("/rescue.html");
  for (const tab of [page, third]) {
    await tab.goto(server.url);
    await expect(tab.getByText("Sluit de andere vensters van Dubbelspoor")).toBeVisible({ timeout: 15_000 });
  }
  await inTheWay.close();
  await page.reload();
  await expectDelivered(page, "Vooraf");
});

test("an upgrade that is killed leaves the old version, and is done again", async () => {
  let page = await join(amina, invitation);
  await write(page, "Blijft");
  await expect(page.getByText("Alles is bij de school")).toBeVisible();
  for (let round = 0; round < 5; round++) {
    await page.goto(`${server.url}/rescue.html`);
    await upgrade(page, "remove", "drafts");
    void page.goto(server.url).catch(() => undefined);
    await new Promise((later) => setTimeout(later, Math.random() * 800));
    await amina.kill();
    page = await amina.open("/rescue.html");
    expect(await held(page, invitation)).toMatchObject({ heads: 1 });
    await page.goto(server.url);
    await expect(newActivity(page)).toBeVisible();
    expect(await held(page, invitation)).toMatchObject({ drafts: 0 });
  }
  await expect(page.getByText("Blijft")).toBeVisible();
});
