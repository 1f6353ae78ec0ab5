// The real server in a process of its own: started, asked to end, killed, started again on the same port and data.

import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { freePort, newFolder, remove, root } from "./folders.ts";

const run = promisify(execFile);
const binary = process.env.DUBBELSPOOR_SERVER ?? join(root, "target/debug/dubbelspoor-server");

export type Database = "sqlite" | "postgres";

export interface Centre {
  url?: string;
  database?: Database;
  centre?: "empty" | "demo";
  /** In the demo: how many invitations for each role. */
  links?: number;
  /** In the demo: how many more entries for the cursist. */
  entries?: number;
  /** A demo of so many cursisten with a full year behind them, instead of the nine. */
  years?: number;
  /** Whether it knows a mail server. Nothing is sent there by day or by night: a journey is shorter than its next look. */
  mails?: boolean;
}

export interface Invitation {
  person: string;
  dossier: string;
  link: string;
  code: string;
}

/** Somebody of the demo centre, with a link to become them. */
export interface Player {
  role: string;
  name: string;
  link: string;
}

export class Server {
  /** Everything that the server said, over all its lives. */
  log = "";
  #process: ChildProcess | undefined;
  readonly #environment: NodeJS.ProcessEnv;

  private constructor(
    readonly port: number,
    readonly data: string,
    readonly url: string,
    databaseUrl: string | undefined,
    mails: boolean,
    /** What it serves: an empty centre, or the demo with what was asked of it. */
    readonly words: string[],
  ) {
    this.#environment = {
      ...process.env,
      DUBBELSPOOR_DATA: data,
      DUBBELSPOOR_LISTEN: `127.0.0.1:${port}`,
      DUBBELSPOOR_URL: url,
      ...(databaseUrl && { DATABASE_URL: databaseUrl }),
      ...(mails && { DUBBELSPOOR_MAIL: "smtp://127.0.0.1:9", DUBBELSPOOR_MAIL_FROM: "Dubbelspoor <d@cvo.example>" }),
    };
  }

  /** A centre of its own, not started yet. `url` is what people type, when something stands in front. */
  static async prepare(options: Centre = {}): Promise<Server> {
    if (!existsSync(binary)) throw new Error(`${binary} is not built: run cargo xtask test`);
    const port = await freePort();
    const databaseUrl = options.database === "postgres" ? await newDatabase() : undefined;
    const url = options.url ?? `http://localhost:${port}`;
    const data = await newFolder("server");
    const { links = 1, entries = 0, years = 0 } = options;
    const demo = ["demo", "--keep", "--links", `${links}`, "--entries", `${entries}`, "--years", `${years}`];
    const words = options.centre === "demo" ? demo : ["serve"];
    return new Server(port, data, url, databaseUrl, options.mails ?? false, words);
  }

  /** Starts, or starts again, and waits until it listens. */
  async start(): Promise<void> {
    // The kernel ends the server when the test's process dies without saying so.
    const child = spawn("setpriv", ["--pdeathsig=KILL", binary, ...this.words], {
      env: this.#environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#process = child;
    const keep = (text: Buffer) => (this.log += text.toString());
    child.stderr.on("data", keep);
    await new Promise<void>((started, failed) => {
      child.stdout.on("data", (text: Buffer) => {
        keep(text);
        if (text.toString().includes("listening on")) started();
      });
      child.once("error", failed);
      child.once("exit", () => failed(new Error(`the server ended while starting:\n${this.log}`)));
    });
  }

  /** Starts again, and the phones have reception again: they need not find it out for themselves. */
  async startFor(...pages: Page[]): Promise<void> {
    await this.start();
    for (const page of pages) await page.evaluate(() => void dispatchEvent(new Event("online")));
  }

  /** Asks it to end, as a system does, and waits until it has. */
  stop(): Promise<void> {
    return this.#end("SIGTERM");
  }

  /** Ends it in the middle of whatever it does. */
  kill(): Promise<void> {
    return this.#end("SIGKILL");
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((done) => child.once("exit", () => done()));
    child.kill(signal);
    await ended;
  }

  /** Ends it and removes its data. */
  async dispose(): Promise<void> {
    await this.kill();
    await remove(this.data);
  }

  /** One person of each role, as the demo centre introduces them when it starts. */
  players(): Player[] {
    const lines = this.log.matchAll(/^(\S+) {2,}(.+?) {2,}(http\S+)/gm);
    return [...lines].map(([, role = "", name = "", link = ""]) => ({ role, name, link }));
  }

  /** The one of a role. */
  player(role: string): Player {
    const found = this.players().find((it) => it.role === role);
    if (!found) throw new Error(`the demo has no ${role}:\n${this.log}`);
    return found;
  }

  /** A learner without `dossier` begins a new one. */
  async invite(name: string, role: string, dossier?: string): Promise<Invitation> {
    const where = dossier ? ["--dossier", dossier] : [];
    return invitation(await this.command("invite", "--name", name, "--role", role, ...where), dossier);
  }

  /** One more device for somebody who is known. */
  async inviteAgain(known: Invitation): Promise<Invitation> {
    return invitation(await this.command("invite", "--person", known.person), known.dossier);
  }

  /** One more role for somebody who is known. */
  async inviteAs(known: Invitation, role: string, dossier: string): Promise<Invitation> {
    const asked = ["--person", known.person, "--role", role, "--dossier", dossier];
    return invitation(await this.command("invite", ...asked), dossier);
  }

  /** Another command of the same program, on the same data: `backup`, `restore`, `check`. */
  async command(...words: string[]): Promise<string> {
    const { stdout, stderr } = await run(binary, words, { env: this.#environment });
    this.log += stderr;
    return stdout;
  }
}

function invitation(said: string, dossier?: string): Invitation {
  const field = (name: string) => new RegExp(`^${name} +(\\S+)`, "m").exec(said)?.[1];
  const found = { person: field("person"), link: field("link"), code: field("short code") };
  const where = field("dossier") ?? dossier;
  if (!found.person || !found.link || !found.code || !where) {
    throw new Error(`an invitation looks different:\n${said}`);
  }
  return { person: found.person, dossier: where, link: found.link, code: found.code };
}

/** A database of its own in the PostgreSQL that the test command started. */
async function newDatabase(): Promise<string> {
  const given = process.env.DUBBELSPOOR_TEST_POSTGRES;
  if (!given) throw new Error("DUBBELSPOOR_TEST_POSTGRES is not set: run cargo xtask test");
  const name = `journey_${crypto.randomUUID().replaceAll("-", "")}`;
  await run("psql", [given, "--quiet", "--command", `CREATE DATABASE ${name}`]);
  const url = new URL(given);
  url.pathname = `/${name}`;
  return url.href;
}
