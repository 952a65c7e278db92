import { once, setMaxListeners } from "node:events";
import {
  Agent,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as sendRequest,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Random } from "./random.ts";
import { CALM, type NetworkFault, type Weather } from "./weather.ts";

/** A bank's address as other banks see it: it balances over the bank's processes, and breaks. */
export interface BankProxy {
  readonly bank: string;
  readonly url: string;
  /** How often each fault was done. */
  readonly counts: ReadonlyMap<NetworkFault | "passed", number>;
  setWeather(weather: Weather): void;
  close(): Promise<void>;
}

export interface ProxyOptions {
  readonly bank: string;
  readonly random: Random;
  /** Ports of 127.0.0.1 of the bank's processes that may be tried, now. */
  readonly targets: () => readonly number[];
  /** 0 or absent: a free one. */
  readonly port?: number;
}

interface Passage {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A bank that takes longer has lost the sender's patience already. */
const FORWARD_TIMEOUT_MS = 8_000;
/** Requests kept for replays. */
const REMEMBERED_MAX = 200;
const REPLAY_AFTER_MAX_MS = 20_000;
/** A swallowed request: the connection stays open and silent, then it is cut. */
const SWALLOW_MS = 10_000;
const HOP_BY_HOP = new Set(["connection", "keep-alive", "transfer-encoding", "content-length"]);

/**
 * Starts a proxy before one bank. It reads whole requests, so that it can repeat, swap and damage
 * them; who sends is told by the message's own header, so that links break one by one.
 */
export async function startProxy(options: ProxyOptions): Promise<BankProxy> {
  const state = new ProxyState(options);
  const server = createServer((incoming, outgoing) => {
    state.pass(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.keepAliveTimeout = 65_000;
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    bank: options.bank,
    url: `http://127.0.0.1:${port}`,
    counts: state.counts,
    setWeather: (weather) => {
      state.weather = weather;
    },
    async close() {
      state.close();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

class ProxyState {
  weather: Weather = CALM;
  readonly counts = new Map<NetworkFault | "passed", number>();
  readonly #options: ProxyOptions;
  readonly #closing = new AbortController();
  readonly #agent = new Agent({ keepAlive: true, maxFreeSockets: 16, timeout: 60_000 });
  readonly #remembered: Passage[] = [];
  readonly #unwell = new Map<number, number>();
  #turn = 0;

  constructor(options: ProxyOptions) {
    this.#options = options;
    // Every message that is being held listens.
    setMaxListeners(0, this.#closing.signal);
  }

  close(): void {
    this.#closing.abort();
    this.#agent.destroy();
  }

  async pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const passage = await readPassage(incoming);
    const { random } = this.#options;
    const sender = String(passage.headers["pacto-sender"] ?? "");
    if (this.weather.cutRequests.has(sender)) return this.#swallow("partition", outgoing);
    if (this.#happens("drop-request")) return this.#swallow("drop-request", outgoing);
    if (this.#happens("delay")) await this.#pause("delay", random.between(...this.weather.delayMs));
    // Held while others overtake it.
    if (this.#happens("reorder")) await this.#pause("reorder", random.between(20, 400));
    this.#remember(passage);
    if (this.#happens("replay")) this.#replayLater();
    const sent = this.#happens("corrupt-request")
      ? { ...passage, body: this.#damaged("corrupt-request", passage.body) }
      : passage;
    if (this.#happens("duplicate")) {
      this.#count("duplicate");
      this.#forward(passage).catch(() => undefined);
    }
    const answer = await this.#forward(sent).catch(() => undefined);
    if (answer === undefined) {
      outgoing.destroy();
      return;
    }
    if (this.weather.cutAnswers.has(sender)) return this.#swallow("partition", outgoing);
    if (this.#happens("drop-answer")) return this.#swallow("drop-answer", outgoing);
    this.#answer(answer, outgoing);
  }

  #answer(answer: Answer, outgoing: ServerResponse): void {
    if (this.#happens("reset")) {
      this.#count("reset");
      outgoing.socket?.resetAndDestroy();
      return;
    }
    const headers = { ...answer.headers, "content-length": String(answer.body.length) };
    for (const name of HOP_BY_HOP) {
      if (name !== "content-length") Reflect.deleteProperty(headers, name);
    }
    outgoing.writeHead(answer.status, headers);
    if (this.#happens("truncate")) {
      this.#count("truncate");
      const part = answer.body.subarray(0, Math.floor(answer.body.length * 0.6));
      outgoing.write(part, () => outgoing.destroy());
      return;
    }
    const isCorrupt = this.#happens("corrupt-answer");
    outgoing.end(isCorrupt ? this.#damaged("corrupt-answer", answer.body) : answer.body);
    this.#count("passed");
  }

  /** The first process that answers; one that is silent or refuses is left alone for a while. */
  async #forward(passage: Passage): Promise<Answer> {
    const now = performance.now();
    const all = this.#options.targets();
    const well = all.filter((port) => (this.#unwell.get(port) ?? 0) <= now);
    const order = well.length > 0 ? well : all;
    this.#turn += 1;
    let failure: unknown = new Error("no process of this bank runs");
    for (let at = 0; at < order.length; at += 1) {
      const port = order[(this.#turn + at) % order.length];
      if (port === undefined) break;
      try {
        return await exchange(port, passage, this.#agent);
      } catch (error) {
        failure = error;
        this.#unwell.set(port, performance.now() + 1_000);
        // Only a connection that was never made may be tried elsewhere at once.
        if (!isRefusedConnection(error)) break;
      }
    }
    throw failure;
  }

  #happens(fault: Exclude<NetworkFault, "partition">): boolean {
    const probability = this.weather.faults[fault] ?? 0;
    return probability > 0 && this.#options.random.chance(probability);
  }

  #count(what: NetworkFault | "passed"): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  async #pause(fault: NetworkFault, ms: number): Promise<void> {
    this.#count(fault);
    await delay(ms, undefined, { signal: this.#closing.signal });
  }

  async #swallow(fault: NetworkFault, outgoing: ServerResponse): Promise<void> {
    await this.#pause(fault, SWALLOW_MS);
    outgoing.destroy();
  }

  #damaged(fault: NetworkFault, body: Buffer): Buffer {
    this.#count(fault);
    const damaged = Buffer.from(body);
    const at = this.#options.random.between(0, Math.max(0, damaged.length - 1));
    const byte = damaged[at];
    if (byte !== undefined) damaged[at] = byte ^ (1 << this.#options.random.between(0, 6));
    return damaged;
  }

  #remember(passage: Passage): void {
    this.#remembered.push(passage);
    if (this.#remembered.length > REMEMBERED_MAX) this.#remembered.shift();
  }

  #replayLater(): void {
    const { random } = this.#options;
    const passage = random.pick(this.#remembered);
    delay(random.between(1, REPLAY_AFTER_MAX_MS), undefined, { signal: this.#closing.signal })
      .then(() => {
        this.#count("replay");
        return this.#forward(passage);
      })
      .catch(() => undefined);
  }
}

async function readPassage(incoming: IncomingMessage): Promise<Passage> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return {
    method: incoming.method ?? "GET",
    path: incoming.url ?? "/",
    headers: incoming.headers,
    body: Buffer.concat(chunks),
  };
}

function exchange(port: number, passage: Passage, agent: Agent): Promise<Answer> {
  const headers: IncomingHttpHeaders = { ...passage.headers };
  for (const name of HOP_BY_HOP) Reflect.deleteProperty(headers, name);
  headers["content-length"] = String(passage.body.length);
  return new Promise((resolve, reject) => {
    const sent = sendRequest(
      {
        host: "127.0.0.1",
        port,
        method: passage.method,
        path: passage.path,
        headers,
        agent,
        signal: AbortSignal.timeout(FORWARD_TIMEOUT_MS),
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.once("error", reject);
        response.once("end", () => {
          const { statusCode = 502, headers: answered } = response;
          resolve({ status: statusCode, headers: answered, body: Buffer.concat(chunks) });
        });
      },
    );
    sent.once("error", reject);
    sent.end(passage.body);
  });
}

function isRefusedConnection(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ECONNREFUSED";
}
