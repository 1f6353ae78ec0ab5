// A bad line between the phones and the server: delivers twice, loses answers, cuts them off, or says nothing at all.

import { Agent, createServer, type IncomingMessage, request, type Server as Http, type ServerResponse } from "node:http";
import { freePort } from "./folders.ts";

export interface Faults {
  /** Every request arrives at the server a second time, right after it was answered. */
  twice?: boolean;
  /** The server answers, but the answer to each nth request does not come back. */
  loseEvery?: number;
  /** The answer to each nth request breaks off in the middle. */
  cutEvery?: number;
  /** Requests of more bytes than this break off before the server has them. */
  loseLarger?: number;
  /** Nothing is answered, and nothing breaks either. */
  stall?: boolean;
}

interface Answer {
  status: number;
  headers: IncomingMessage["headers"];
  body: Buffer;
}

export class BadLine {
  faults: Faults = {};
  /** What happened, so that a test can see that its faults were real. */
  readonly seen = { requests: 0, twice: 0, lost: 0, cut: 0, stalled: 0 };
  #target = 0;
  readonly #listening: Http;
  // Each request has a connection of its own: a server that was started again is never spoken to over an old one.
  readonly #agent = new Agent({ keepAlive: false });

  private constructor(readonly port: number) {
    this.#listening = createServer((asked, reply) => {
      this.#serve(asked, reply).catch(() => reply.destroy());
    });
  }

  static async listen(): Promise<BadLine> {
    const line = new BadLine(await freePort());
    await new Promise<void>((done) => line.#listening.listen(line.port, "127.0.0.1", done));
    return line;
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** To which port of this machine it leads. */
  leadTo(port: number): void {
    this.#target = port;
  }

  async close(): Promise<void> {
    this.#listening.closeAllConnections();
    await new Promise((done) => this.#listening.close(done));
  }

  async #serve(asked: IncomingMessage, reply: ServerResponse): Promise<void> {
    const isStream = asked.headers.accept?.includes("text/event-stream") ?? false;
    if (isStream || !asked.url?.startsWith("/v1/")) return this.#stream(asked, reply);
    const { twice, loseEvery, loseLarger = Infinity, cutEvery, stall } = this.faults;
    const number = ++this.seen.requests;
    if (stall) {
      this.seen.stalled++;
      return;
    }
    const body = await bytes(asked);
    if (body.length > loseLarger) {
      this.seen.lost++;
      reply.destroy();
      return;
    }
    let answer = await this.#ask(asked, body);
    if (twice) {
      this.seen.twice++;
      answer = await this.#ask(asked, body);
    }
    if (loseEvery && number % loseEvery === 0) {
      this.seen.lost++;
      reply.destroy();
      return;
    }
    reply.writeHead(answer.status, answer.headers);
    if (cutEvery && number % cutEvery === 0 && answer.body.length > 1) {
      this.seen.cut++;
      reply.write(answer.body.subarray(0, answer.body.length / 2), () => reply.destroy());
      return;
    }
    reply.end(answer.body);
  }

  /** Passed on as it comes, piece by piece. */
  #stream(asked: IncomingMessage, reply: ServerResponse): Promise<void> {
    return new Promise((done, failed) => {
      const onward = this.#onward(asked, (answer) => {
        reply.writeHead(answer.statusCode ?? 502, answer.headers);
        reply.flushHeaders();
        answer.pipe(reply);
        answer.once("error", failed).once("close", done);
      });
      onward.once("error", failed);
      reply.once("close", () => onward.destroy());
      asked.pipe(onward);
    });
  }

  #ask(asked: IncomingMessage, body: Buffer): Promise<Answer> {
    return new Promise((done, failed) => {
      const onward = this.#onward(asked, (answer) => {
        const { statusCode: status = 502, headers } = answer;
        bytes(answer).then((body) => done({ status, headers, body }), failed);
      });
      onward.once("error", failed);
      onward.end(body);
    });
  }

  #onward(asked: IncomingMessage, answered: (answer: IncomingMessage) => void) {
    const { method, url, headers } = asked;
    const there = { host: "127.0.0.1", port: this.#target, path: url, agent: this.#agent };
    return request({ ...there, method, headers }, answered);
  }
}

async function bytes(message: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of message) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
