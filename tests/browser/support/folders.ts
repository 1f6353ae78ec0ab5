// Folders and ports for one test, and the end of whatever it started.

import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "../../..");

/** A new folder, for one server or one browser. */
export function newFolder(name: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `dubbelspoor-${name}-`));
}

export async function remove(folder: string): Promise<void> {
  // A browser that was killed may still be writing for a moment.
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
}

/**
 * A port that stays ours while the server behind it is down: below the range from which the system takes ports for
 * outgoing connections.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    if (await isFree(port)) return port;
  }
  throw new Error("no free port between 20000 and 30000");
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const trial = createServer();
    trial.once("error", () => done(false));
    trial.listen(port, "127.0.0.1", () => trial.close(() => done(true)));
  });
}
