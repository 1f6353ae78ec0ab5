// Who only reads is offered nothing to write, on no screen; who teaches is offered what is theirs.

import { expect, test } from "@playwright/test";
import { Person } from "./support/people.ts";
import { type Screen, visitAll } from "./support/screens.ts";
import { Server } from "./support/server.ts";
import { atSchool } from "./support/three.ts";

type Offered = Record<Screen, string[]>;

/** Where each form is that somebody in a role finds on the screens of who guides, by what its button says. */
async function offered(role: string, name: string): Promise<Offered> {
  const server = await Server.prepare();
  const own = await server.invite("Amina Haddad", "cursist");
  const invitation = await server.invite(name, role, own.dossier);
  await server.start();
  const person = await Person.withPhone(name, server.url);
  const found: Offered = {};
  try {
    const page = await person.join(invitation.link);
    await atSchool(page);
    await visitAll(page, "trajectbegeleider", async (screen) => {
      const forms = await page.locator("main form").all();
      const sends = await Promise.all(forms.map((it) => it.getByRole("button").last().innerText()));
      if (forms.length > 0) found[screen] = sends;
    });
  } finally {
    await person.dispose();
    await server.dispose();
  }
  return found;
}

/** What everybody may fill in for themselves, and what the school itself decides about. */
const own: Offered = {
  "/reminders": ["Bewaar"],
  "/join": ["Doe mee"],
  "/begin": ["Begin het leertraject"],
};

test("A1 who reads is offered nothing to write in a dossier, on no screen", async () => {
  test.slow();
  expect(await offered("lezer", "Ine Spectie")).toEqual(own);
});

test("A1 who teaches is offered what is theirs, and nothing of who guides", async () => {
  test.slow();
  expect(await offered("leraar", "Bo Claes")).toEqual({
    "/dossier/:dossier": ["Plaats"],
    "/messages/:dossier": ["Plaats"],
    // B3, E7, E5: teachers propose, and evaluate attitudes and goals.
    "/plan/:dossier": ["Doe dit voorstel"],
    "/evaluation/:dossier": ["Bewaar"],
    "/evaluate/:dossier/:goal": ["Evalueer dit doel"],
    ...own,
  });
});
