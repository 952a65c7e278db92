import { readFile } from "node:fs/promises";
import { Agent, request as httpRequest } from "node:http";
import { join } from "node:path";
import { appRouter } from "@pacto/bank-node/router";
import { createRandom } from "../chaos/random.ts";
import { readDatabaseUrls } from "../consortium/database-urls.ts";
import type { Consortium } from "../consortium/start-consortium.ts";
import { checkLaws, type LawReport } from "../laws/index.ts";
import { waitUntil } from "../processes/wait-until.ts";
import { type Caller, callersOf } from "./callers.ts";
import { type FuzzAnswer, judge } from "./judge.ts";
import { Learned } from "./learned.ts";
import { openBooks } from "./open-books.ts";
import { createRequests, type FuzzRequest } from "./requests.ts";
import { CANARY } from "./suggestions.ts";

export interface FuzzOptions {
  readonly consortium: Consortium;
  /** The bank whose node is asked, and the one in whose name its messages are made. */
  readonly target: string;
  readonly peer: string;
  readonly requests: number;
  readonly seed: number;
  readonly parallel?: number;
  readonly onProgress?: (sent: number, residentBytes: number) => void;
  readonly signal?: AbortSignal;
}

/** One answer that must not be, with what led to it. */
export interface FuzzFinding {
  readonly problem: string;
  readonly request: FuzzRequest;
  readonly answer: FuzzAnswer;
  /** What the node wrote of it, which is not for the caller. */
  readonly logged: string;
}

export interface FuzzReport {
  readonly seed: number;
  readonly requests: number;
  readonly seconds: number;
  /** Answers by status: `2xx`, `4xx`, `5xx`, and `none` where the node closed the connection. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly procedures: number;
  /** Procedures that did what was asked at least once. */
  readonly reached: readonly string[];
  /** The first of each kind. */
  readonly findings: readonly FuzzFinding[];
  readonly laws: readonly LawReport[];
  readonly residentBytes: { readonly warm: number; readonly end: number; readonly peak: number };
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Personal data found in the node's log. */
  readonly logged: readonly string[];
}

const FINDINGS_MAX = 40;
const PARALLEL = 16;
const KEEP_EVERY = 250;

/**
 * Sends requests over every procedure of a live node (valid, nearly valid, hostile, of people and of
 * a member bank with a valid key) and holds each answer against the oracle: no 5xx, nothing of the
 * node's insides, no personal data in errors or logs; at the end every law must hold.
 */
export async function runFuzz(options: FuzzOptions): Promise<FuzzReport> {
  const run = await openRun(options);
  const startedAt = performance.now();
  const workers = Array.from({ length: options.parallel ?? PARALLEL }, () => work(run));
  await Promise.all(workers);
  const seconds = (performance.now() - startedAt) / 1_000;
  run.agent.destroy();
  await run.keep();
  const laws = await settledLaws(options);
  const end = await residentBytes(run.url);
  const { folder } = options.consortium.files.bank(options.target);
  const log = (await readFile(join(folder, "node.log"), "utf8")).split("\n");
  const sorted = run.latencies.toSorted((a, b) => a - b);
  return {
    seed: options.seed,
    requests: run.sent,
    seconds,
    statuses: Object.fromEntries(run.statuses),
    procedures: Object.keys(appRouter._def.procedures).length,
    reached: [...run.reached].toSorted(),
    findings: [...run.findings.values()].map((found) => explain(found, log)),
    laws,
    residentBytes: { warm: run.warmBytes, end, peak: Math.max(run.peakBytes, end) },
    p50Ms: sorted[Math.floor(sorted.length * 0.5)] ?? 0,
    p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
    logged: personalDataIn(log),
  };
}

interface Run extends FuzzOptions {
  readonly url: string;
  readonly agent: Agent;
  readonly next: () => FuzzRequest;
  /** Renewed in place, because tokens expire. */
  readonly callers: Caller[];
  readonly learned: Learned;
  readonly keep: () => Promise<void>;
  readonly statuses: Map<string, number>;
  readonly reached: Set<string>;
  readonly findings: Map<string, FuzzFinding>;
  readonly latencies: number[];
  sent: number;
  warmBytes: number;
  peakBytes: number;
}

async function openRun(options: FuzzOptions): Promise<Run> {
  const { consortium, target, peer, seed } = options;
  const random = createRandom(seed);
  const learned = new Learned();
  const { url } = consortium.bank(target);
  const keep = await openBooks({ consortium, banks: [target, peer], learned });
  const callers = await callersOf(consortium, options);
  const next = await createRequests({
    router: appRouter,
    banks: consortium.manifest.members.map(({ id }) => id),
    learned,
    random,
    callers: () => callers,
    peer: { bank: peer, receiver: target, keyFile: consortium.files.bank(peer).privateKey },
  });
  return {
    ...options,
    url,
    next,
    callers,
    learned,
    keep,
    agent: new Agent({ keepAlive: true, maxSockets: 64 }),
    statuses: new Map(),
    reached: new Set(),
    findings: new Map(),
    latencies: [],
    sent: 0,
    warmBytes: 0,
    peakBytes: 0,
  };
}

async function work(run: Run): Promise<void> {
  while (run.sent < run.requests && run.signal?.aborted !== true) {
    run.sent += 1;
    if (run.sent % KEEP_EVERY === 0) await look(run, run.sent);
    const request = run.next();
    const sentAt = performance.now();
    const answer = await send(run.url, request, run.agent);
    run.latencies.push(performance.now() - sentAt);
    take(run, request, answer);
  }
}

/** Keeps the bank open, so that later requests reach more than its closed door, and its memory known. */
async function look(run: Run, sent: number): Promise<void> {
  await run.keep();
  run.callers.splice(0, run.callers.length, ...(await callersOf(run.consortium, run)));
  const bytes = await residentBytes(run.url);
  run.peakBytes = Math.max(run.peakBytes, bytes);
  if (run.warmBytes === 0 && sent >= run.requests / 4) run.warmBytes = bytes;
  run.onProgress?.(sent, bytes);
}

function take(run: Run, request: FuzzRequest, answer: FuzzAnswer | undefined): void {
  const status = answer === undefined ? "none" : `${Math.floor(answer.status / 100)}xx`;
  run.statuses.set(status, (run.statuses.get(status) ?? 0) + 1);
  if (answer === undefined) return;
  if (answer.status === 200) {
    run.reached.add(request.procedure);
    if (request.kind === "valid" && answer.text.length < 20_000) {
      run.learned.learn(JSON.parse(answer.text));
    }
  }
  const problem = judge(request, answer);
  const kind = `${problem} ${request.procedure}`;
  if (problem === undefined || run.findings.has(kind) || run.findings.size >= FINDINGS_MAX) return;
  run.findings.set(kind, { problem, request, answer, logged: "" });
}

/** The answer, or undefined when the node closed the connection over it. */
function send(url: string, asked: FuzzRequest, agent: Agent): Promise<FuzzAnswer | undefined> {
  const { method, path, headers, body } = asked;
  const { hostname, port } = new URL(url);
  const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
  return new Promise((resolve) => {
    const sent = httpRequest(
      { agent, hostname, port, method, path, headers: { ...headers, ...length } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", () => resolve(undefined));
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            text: Buffer.concat(chunks).toString("utf8"),
          }),
        );
      },
    );
    sent.on("error", () => resolve(undefined));
    sent.setTimeout(60_000, () => sent.destroy());
    sent.end(body);
  });
}

async function residentBytes(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\d+)/m.exec(metrics)?.[1] ?? 0);
}

/** Every law, once what the hostile bank left open was given up. */
async function settledLaws({ consortium, target, peer }: FuzzOptions): Promise<LawReport[]> {
  const addresses = await Promise.all(
    [target, peer].map(async (bank) => {
      const urls = await readDatabaseUrls(consortium.files.folder, bank);
      return { bank, url: urls?.serviceUrl ?? "" };
    }),
  );
  const isSettled = async () =>
    (await checkLaws(addresses, { atRest: true })).every(({ holds }) => holds);
  await waitUntil(isSettled, { timeoutMs: 60_000, everyMs: 500 });
  return checkLaws(addresses, { atRest: true });
}

function explain(finding: FuzzFinding, log: readonly string[]): FuzzFinding {
  const id = /"correlationId":"([^"]+)"/.exec(finding.answer.text)?.[1] ?? "no id";
  const logged = log.find((line) => line.includes(id)) ?? "";
  return { ...finding, logged: logged.slice(0, 1_500) };
}

/** Lines of a node's log with what no log may hold. */
function personalDataIn(log: readonly string[]): string[] {
  const lines = log.filter((line) => line.toLowerCase().includes(CANARY));
  return lines.slice(0, 5).map((line) => line.slice(0, 400));
}
