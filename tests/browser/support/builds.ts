// A server in front of the server: the same school, but the app that it hands out is of another build, or broken.

import { createServer, request, type IncomingMessage, type Server as Http, type ServerResponse } from "node:http";
import { freePort } from "./folders.ts";

export interface Build {
  /** Under which name the school has this file; `null` when this build has no such file. */
  address(path: string): string | null;
  /** What it looks like in this build. */
  alter(path: string, bytes: Buffer): Buffer | string;
}

/** The school's own build. */
export const asItIs: Build = { address: (path) => path, alter: (_path, bytes) => bytes };

const program = /(learner|mentor|desk)-([0-9a-f]{16})/g;

/** The next one: its page says so, and its programs have other names. What the build before it had is gone. */
export const next: Build = {
  address: (path) => (path.search(program) === 1 ? null : path.replace("-next-", "-")),
  alter: (path, bytes) => {
    const isText = ["/sw.js", "/boot.js"].includes(path) || /id="?shell/.test(bytes.toString("latin1"));
    if (!isText) return bytes;
    const text = bytes.toString().replace(program, "$1-next-$2");
    return text.replace(/"id":"[0-9a-f]+"/, '"id":"next"').replace("<html ", '<html data-build="next" ');
  },
};

/** A build whose program did not arrive on the server. */
export const withoutProgram: Build = {
  ...asItIs,
  address: (path) => (path.endsWith(".wasm") ? null : path),
};

/** A build whose second part does not arrive. */
export const withoutSeldom: Build = {
  ...asItIs,
  address: (path) => (path.endsWith("_seldom.wasm") ? null : path),
};

export class Front {
  build: Build = asItIs;
  #target = 0;
  readonly #listening: Http;

  private constructor(readonly port: number) {
    this.#listening = createServer((asked, reply) => {
      this.#serve(asked, reply).catch(() => reply.destroy());
    });
  }

  static async listen(): Promise<Front> {
    const front = new Front(await freePort());
    await new Promise<void>((done) => front.#listening.listen(front.port, "127.0.0.1", done));
    return front;
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  leadTo(port: number): void {
    this.#target = port;
  }

  async close(): Promise<void> {
    this.#listening.closeAllConnections();
    await new Promise((done) => this.#listening.close(done));
  }

  async #serve(asked: IncomingMessage, reply: ServerResponse): Promise<void> {
    const url = new URL(asked.url ?? "/", this.url);
    const isFile = asked.method === "GET" && !url.pathname.startsWith("/v1/");
    const file = isFile ? this.build.address(url.pathname) : url.pathname;
    if (file === null) {
      reply.writeHead(404).end();
      return;
    }
    const headers = isFile ? { ...asked.headers, "accept-encoding": "identity" } : asked.headers;
    // No connection of its own is kept: one that the server just let go of would fail a request that nobody repeats.
    const where = { host: "127.0.0.1", port: this.#target, path: file + url.search, agent: false };
    const answer = await new Promise<IncomingMessage>((done, failed) => {
      const onward = request({ ...where, method: asked.method, headers }, done);
      onward.once("error", failed);
      reply.once("close", () => onward.destroy());
      asked.pipe(onward);
    });
    if (!isFile) {
      reply.writeHead(answer.statusCode ?? 502, answer.headers);
      reply.flushHeaders();
      answer.pipe(reply);
      return;
    }
    const pieces: Buffer[] = [];
    for await (const piece of answer) pieces.push(piece as Buffer);
    const altered = this.build.alter(url.pathname, Buffer.concat(pieces));
    // The policy names the hashes of the school's own page.
    const { "content-length": _length, etag: _etag, "content-security-policy": _policy, ...kept } = answer.headers;
    reply.writeHead(answer.statusCode ?? 502, kept).end(altered);
  }
}
