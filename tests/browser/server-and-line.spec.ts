// What all journeys stand on: the server comes back with its data, and the bad line is really bad.

import { expect, test } from "@playwright/test";
import { type Database, Server } from "./support/server.ts";
import { BadLine } from "./support/proxy.ts";

const databases: Database[] = ["sqlite", "postgres"];

for (const database of databases) {
  test(`a server that was killed comes back with its data, on ${database}`, async () => {
    const server = await Server.prepare({ database });
    try {
      const learner = await server.invite("Amina Haddad", "cursist");
      const mentor = await server.invite("Joris Peeters", "mentor", learner.dossier);
      expect(mentor.dossier).toBe(learner.dossier);
      await server.start();
      expect(await (await fetch(`${server.url}/healthz`)).text()).toBe("ok");
      await server.kill();
      await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
      await server.start();
      expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
      await server.stop();
      expect(await server.command("check")).toContain("1 dossiers");
    } finally {
      await server.dispose();
    }
  });
}

test("the bad line delivers twice, loses, cuts off and keeps silent", async () => {
  const line = await BadLine.listen();
  const server = await Server.prepare({ url: line.url });
  line.leadTo(server.port);
  const ask = () => fetch(`${line.url}/v1/heads`);
  try {
    await server.start();
    expect((await ask()).status).toBe(401);

    line.faults = { twice: true, loseEvery: 3 };
    expect((await ask()).status).toBe(401);
    await expect(ask()).rejects.toThrow();
    expect(line.seen).toMatchObject({ twice: 2, lost: 1 });

    line.faults = { cutEvery: 1 };
    await expect(ask().then((answer) => answer.text())).rejects.toThrow();

    line.faults = { stall: true };
    const silent = await Promise.race([ask().catch(() => "broken"), seen(line, "stalled")]);
    expect(silent).toBe("stalled");

    line.faults = {};
    await server.stop();
    await expect(ask()).rejects.toThrow();
    await server.start();
    expect((await ask()).status).toBe(401);
  } finally {
    await line.close();
    await server.dispose();
  }
});

/** Resolves when the line has done this at least once. */
async function seen(line: BadLine, what: keyof BadLine["seen"]): Promise<string> {
  await expect.poll(() => line.seen[what]).toBeGreaterThan(0);
  return what;
}
