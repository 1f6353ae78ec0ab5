// What people tell each other beside the diary: a question and its answer, a problem, an intention, how one feels. Each
// is written without a server, and reaches those whom it concerns and nobody else.

import { expect, type Page, test } from "@playwright/test";
import { newActivity } from "./support/diary.ts";
import { Person } from "./support/people.ts";
import { type Invitation, Server } from "./support/server.ts";

let server: Server;
let amina: Person;
let luc: Person;
let els: Person;
const people: Person[] = [];
let invited: Record<"amina" | "luc" | "els" | "tine", Invitation>;

test.beforeEach(async () => {
  server = await Server.prepare();
  const own = await server.invite("Amina Haddad", "cursist");
  invited = {
    amina: own,
    luc: await server.invite("Luc Peeters", "mentor", own.dossier),
    els: await server.invite("Els Maes", "trajectbegeleider", own.dossier),
    tine: await server.invite("Tine Smets", "leraar", own.dossier),
  };
  for (const name of ["Amina", "Luc", "Els"]) people.push(await Person.withPhone(name, server.url));
  [amina, luc, els] = people as [Person, Person, Person];
});

test.afterEach(async () => {
  for (const person of people.splice(0)) await person.dispose();
  await server.dispose();
});

const tab = (page: Page, name: string | RegExp) =>
  page.getByRole("navigation", { name: "Onderdelen" }).getByRole("link", { name });
const atSchool = (page: Page) => expect(page.getByText("Alles is bij de school").first()).toBeVisible();
const kept = (page: Page) => expect(page.getByText(/bewaard op dit toestel/i).first()).toBeVisible();

/** Everybody on their own phone, with the dossier on it. */
async function allJoin(): Promise<[Page, Page, Page]> {
  await server.start();
  const pages = [
    await amina.join(invited.amina.link),
    await luc.join(invited.luc.link),
    await els.join(invited.els.link),
  ] as [Page, Page, Page];
  for (const page of pages) await atSchool(page);
  return pages;
}

async function more(page: Page, name: RegExp): Promise<void> {
  await tab(page, "Meer").click();
  await page.getByRole("link", { name }).click();
}

test("C4 a learning question waits until it is answered, and is over when it is clear", async () => {
  const [learner, mentor] = await allJoin();
  const tine = await Person.withPhone("Tine", server.url);
  people.push(tine);
  const teacher = await tine.join(invited.tine.link);
  await atSchool(teacher);
  await server.stop();
  await more(learner, /^Mijn vragen/);
  await learner.getByLabel("Wat wil je weten?").fill("Waarom stapelen we kruiselings?");
  await learner.reload();
  await expect(learner.getByLabel("Wat wil je weten?")).toHaveValue("Waarom stapelen we kruiselings?");
  await learner.getByRole("button", { name: "Stel deze vraag" }).click();
  await kept(learner);
  await expect(learner.getByText("Wacht op antwoord")).toBeVisible();

  await server.startFor(learner, mentor, teacher);
  await tab(teacher, /Vragen/).click();
  await teacher.getByRole("link", { name: /Waarom stapelen we kruiselings/ }).click();
  await teacher.getByRole("button", { name: "Neem mee naar de les" }).click();
  await expect(teacher.getByText("Komt in de les").first()).toBeVisible();
  await atSchool(teacher);
  await teacher.goto(`${server.url}/class`);
  const forClass = teacher.locator("section", { hasText: "Vragen die mee naar de les gaan" });
  await expect(forClass.getByText("Waarom stapelen we kruiselings?")).toBeVisible();
  await expect(forClass.getByText("Amina Haddad"), "without a name").toHaveCount(0);
  await expect(tab(teacher, /Vragen/), "it was not answered yet").toContainText("1");
  await forClass.getByRole("link", { name: "Schrijf het antwoord" }).click();
  await server.stop();
  await teacher.getByLabel("Jouw antwoord").fill("Dan kan de stapel niet schuiven.");
  await teacher.getByRole("button", { name: "Geef antwoord" }).click();
  await expect(teacher.getByText("Beantwoord", { exact: true })).toBeVisible();
  await expect(tab(teacher, /Vragen/)).not.toContainText("1");

  await server.startFor(learner, mentor, teacher);
  await tab(learner, "Vandaag").click();
  await expect(learner.getByText("Je vraag is beantwoord.")).toBeVisible();
  await learner.getByRole("link", { name: "Bekijk", exact: true }).click();
  await expect(learner.getByText("Dan kan de stapel niet schuiven.")).toBeVisible();
  await expect(learner.getByText("Komt in de les")).toBeVisible();
  await learner.getByRole("button", { name: "Duidelijk, bedankt" }).click();
  await expect(learner.getByText("Afgesloten")).toBeVisible();
  await expect(tab(mentor, /Vragen/)).not.toContainText("1");
  await tab(mentor, /Vragen/).click();
  await expect(mentor.getByText("Geen open vragen")).toBeVisible();
});

test("D7 a mentor reports a problem to the coaches, who answer and close it; the cursist reads nothing of it", async () => {
  const [learner, mentor, coach] = await allJoin();
  await server.stop();
  await tab(mentor, /Cursisten/).click();
  await mentor.getByRole("link", { name: /Amina Haddad/ }).click();
  await mentor.getByRole("link", { name: "Meld een probleem" }).click();
  await mentor.getByLabel("Wat is er aan de hand?").fill("Komt al drie dagen te laat.");
  await mentor.getByRole("button", { name: "Het kan niet wachten" }).click();
  await mentor.getByRole("button", { name: "Meld dit" }).click();
  await kept(mentor);
  await expect(mentor.getByText(/^Dringend probleem/)).toBeVisible();

  await server.startFor(learner, mentor, coach);
  await expect(coach.getByText("Een probleem gemeld, vandaag")).toBeVisible();
  await tab(coach, /Vragen/).click();
  await coach.getByRole("link", { name: /Komt al drie dagen te laat/ }).click();
  await coach.getByLabel("Jouw antwoord").fill("Ik kom morgen langs.");
  await coach.getByRole("button", { name: "Geef antwoord" }).click();
  await expect(mentor.getByText("Ik kom morgen langs.")).toBeVisible();
  await coach.getByRole("button", { name: "Het probleem is opgelost" }).click();
  await expect(mentor.getByText("Afgesloten")).toBeVisible();
  await expect(coach.getByText("Afgesloten")).toBeVisible();

  // Something that comes later is here, so all of it would be.
  await tab(coach, "Cursisten").click();
  await coach.getByRole("link", { name: /Amina Haddad/ }).click();
  await coach.getByLabel("Schrijf een bericht").fill("Tot morgen!");
  await coach.getByRole("button", { name: "Plaats" }).click();
  await atSchool(coach);
  await more(learner, /^Verbinding met de school/);
  await atSchool(learner);
  expect(await texts(learner, invited.amina)).not.toContain("te laat");
  expect(await texts(learner, invited.amina)).toContain("Tot morgen!");
});

test("G3 a message to everybody is read where each of them looks, answered, and becomes an intention", async () => {
  const [learner, mentor, coach] = await allJoin();
  const tine = await Person.withPhone("Tine", server.url);
  people.push(tine);
  const teacher = await tine.join(invited.tine.link);
  await atSchool(teacher);
  await server.stop();
  await coach.getByRole("link", { name: /Amina Haddad/ }).click();
  await coach.getByLabel("Schrijf een bericht").fill("Donderdag komt de heftruck.");
  await coach.getByRole("button", { name: "Plaats" }).click();
  await kept(coach);
  const messages = (page: Page) => page.locator("section", { has: page.getByRole("heading", { name: "Berichten" }) });
  await expect(messages(coach).getByText("Donderdag komt de heftruck.")).toBeVisible();

  await server.startFor(learner, mentor, coach, teacher);
  await messages(learner).getByRole("link", { name: /Donderdag komt de heftruck/ }).click();
  await expect(learner.getByRole("heading", { name: "Els Maes" })).toBeVisible();
  await learner.getByLabel("Schrijf een bericht").fill("Mag ik ermee rijden?");
  await learner.getByRole("button", { name: "Plaats" }).click();
  await expect(learner.getByRole("listitem").first()).toContainText("Mag ik ermee rijden?");
  await expect(learner.getByRole("link", { name: "Maak er een voornemen van" }), "not of one's own").toHaveCount(1);
  await learner.getByRole("link", { name: "Maak er een voornemen van" }).click();
  await expect(learner.getByText("Donderdag komt de heftruck.")).toBeVisible();

  for (const page of [mentor, teacher]) {
    await tab(page, /Cursisten/).click();
    await page.getByRole("link", { name: /Amina Haddad/ }).click();
    await expect(messages(page).getByText("Donderdag komt de heftruck.")).toBeVisible();
    await expect(messages(page).getByText("Mag ik ermee rijden?")).toBeVisible();
  }
  await tab(teacher, /Cursisten/).click();
  await teacher.getByRole("link", { name: "Bekijk de hele groep" }).click();
  await expect(teacher.getByText("Amina Haddad"), "G5 a teacher has a group too").toBeVisible();
});

test("C11 how one feels is one tap, and reaches the coach, and the mentor only when one wants it", async () => {
  const [learner, mentor, coach] = await allJoin();
  await server.stop();
  await learner.getByRole("button", { name: "Niet zo goed" }).click();
  await expect(learner.getByRole("button", { name: "Niet zo goed", pressed: true })).toBeVisible();
  await learner.getByText("Vertel erbij").click();
  await learner.getByLabel("Wat speelt er?").fill("Slecht geslapen");
  await learner.getByRole("button", { name: "Bewaar" }).click();
  await kept(learner);
  await expect(learner.getByText("Je trajectbegeleider ziet dit. Je mentor niet.").first()).toBeVisible();

  await server.startFor(learner, mentor, coach);
  await coach.getByRole("link", { name: /Amina Haddad/ }).click();
  await expect(coach.getByText(/Niet zo goed/)).toBeVisible();
  await expect(coach.getByText("Slecht geslapen")).toBeVisible();
  await tab(mentor, /Cursisten/).click();
  await mentor.getByRole("link", { name: /Amina Haddad/ }).click();
  await atSchool(mentor);
  expect(await texts(mentor, invited.luc)).not.toContain("Slecht geslapen");

  await learner.getByRole("button", { name: "Ook mijn mentor" }).click();
  await learner.getByLabel("Wat speelt er?").fill("Slecht geslapen, gaat al beter");
  await learner.getByRole("button", { name: "Bewaar" }).click();
  await expect(learner.getByText("Je trajectbegeleider en je mentor zien dit.")).toBeVisible();
  await expect(mentor.getByText("Slecht geslapen, gaat al beter")).toBeVisible();
});

test("E4 feedback becomes an intention, is asked after the next day, and others see what came of it", async () => {
  const [learner, mentor, coach] = await allJoin();
  await newActivity(learner).click();
  await learner.getByLabel("Wat heb je gedaan?").fill("Dozen gestapeld");
  await learner.getByRole("button", { name: "Bewaar", exact: true }).click();
  await atSchool(learner);
  await tab(mentor, /Cursisten/).click();
  await mentor.getByRole("link", { name: /Amina Haddad/ }).click();
  await mentor.getByRole("link", { name: /Dozen gestapeld/ }).click();
  await mentor.getByLabel("Schrijf feedback").fill("Buig door je knieën.");
  await mentor.getByRole("button", { name: "Plaats" }).click();
  await learner.getByRole("link", { name: /Dozen gestapeld/ }).first().click();
  await learner.getByRole("link", { name: "Maak er een voornemen van" }).click();
  await expect(learner.getByText("Buig door je knieën.")).toBeVisible();
  await learner.getByLabel("Wat probeer je de volgende keer?").fill("Door mijn knieën buigen");
  await learner.getByRole("button", { name: "Dit neem ik mee" }).click();
  await expect(learner.getByText("Probeert het nu")).toBeVisible();
  await expect(mentor.getByText("Door mijn knieën buigen")).toBeVisible();
  await tab(learner, "Vandaag").click();
  await expect(learner.getByText("Probeer het bij je volgende dienst.")).toBeVisible();

  await learner.clock.setSystemTime(Date.now() + 24 * 3_600_000);
  await learner.reload();
  await server.stop();
  await learner.getByRole("button", { name: "Gelukt", exact: true }).click();
  await expect(learner.getByText("Je voornemen")).toHaveCount(0);
  await server.startFor(learner, mentor, coach);
  await coach.getByRole("link", { name: /Amina Haddad/ }).click();
  await expect(coach.getByRole("listitem").filter({ hasText: "Door mijn knieën buigen" })).toContainText("Gelukt");
});

/** Every text that this device holds of its dossiers, as far as letters go. */
function texts(page: Page, who: Invitation): Promise<string> {
  return page.evaluate(async (name) => {
    const asked = <T>(it: IDBRequest<T>) => new Promise<T>((done) => (it.onsuccess = () => done(it.result)));
    const database = await asked(indexedDB.open(name));
    const stores = [...database.objectStoreNames];
    const reading = database.transaction(stores);
    const all = await Promise.all(stores.map((it) => asked(reading.objectStore(it).getAll())));
    database.close();
    const words: string[] = [];
    const see = (it: unknown): void => {
      if (it instanceof ArrayBuffer) words.push(new TextDecoder().decode(it));
      else if (ArrayBuffer.isView(it)) words.push(new TextDecoder().decode(it));
      else if (typeof it === "string") words.push(it);
      else if (typeof it === "object" && it !== null) Object.values(it).forEach(see);
    };
    see(all);
    return words.join("\n");
  }, `dubbelspoor-${who.person}`);
}
