import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { withClient } from "../postgres/bank-database.ts";
import { repositoryFolder } from "../repository.ts";
import { startAgain } from "./break-processes.ts";
import { type Account, openAccounts } from "./open-accounts.ts";
import { brokenLaws, untilSettled } from "./settle.ts";
import { Tally } from "./tally.ts";
import { startWorld, type World } from "./world.ts";

/**
 * `sequential`: 20 client processes one after the other, each killed after 1 s. `parallel`: 100 at
 * once, all killed after 10 s, and with them every bank and the PostgreSQL server.
 */
export type MonkeyMode = "sequential" | "parallel";

export interface MonkeyOptions {
  readonly mode: MonkeyMode;
  readonly dataDir: string;
  readonly clients?: number;
  readonly lifeMs?: number;
  readonly bundle?: string;
  readonly say?: (line: string) => void;
}

export interface MonkeyReport {
  readonly mode: MonkeyMode;
  readonly clients: number;
  /** Requests that got an answer, an error, or none, over all clients. */
  readonly answered: number;
  readonly unanswered: number;
  readonly committed: number;
  /** Of every account of every bank, internal ones included: zero, or money was made or lost. */
  readonly sumCentavos: bigint;
  readonly violations: readonly string[];
  readonly passed: boolean;
}

const SETTLES_WITHIN_MS = 60_000;
const DEPOSIT = 1_000_000;
const ACCOUNTS_PER_BANK = 2;

/** The mini chaos monkeys: kill the clients in the middle of their work, then add up all money. */
export async function runMonkeys(options: MonkeyOptions): Promise<MonkeyReport> {
  const { mode, say = () => {} } = options;
  const isParallel = mode === "parallel";
  const clients = options.clients ?? (isParallel ? 100 : 20);
  const lifeMs = options.lifeMs ?? (isParallel ? 10_000 : 1_000);
  const environment = { PACTO_LOG_LEVEL: "warn" };
  const { dataDir, bundle } = options;
  const world = await startWorld({ dataDir, bundle, environment });
  try {
    const plans = world.banks.flatMap((bank) =>
      Array.from({ length: ACCOUNTS_PER_BANK }, () => ({ bank, depositCentavos: DEPOSIT })),
    );
    const accounts = await openAccounts(world, `monkeys-${mode}`, plans);
    const counts = { answered: 0, unanswered: 0 };
    const tokens = Object.fromEntries(
      await Promise.all(
        world.banks.map(async (bank) => [bank, await world.tokenOf(bank)()] as const),
      ),
    );
    const start = () => startMonkey(world, { accounts, tokens }, counts);
    if (isParallel) {
      say(
        `${clients} client processes for ${lifeMs / 1_000} s, then kill -9 of everything at once`,
      );
      await liveAtOnce(world, start, { clients, lifeMs });
    } else {
      say(`${clients} client processes one after the other, each killed after ${lifeMs / 1_000} s`);
      for (let client = 0; client < clients; client += 1) {
        await liveAtOnce(world, start, { clients: 1, lifeMs });
      }
    }
    return { mode, clients, ...counts, ...(await addUp(world)) };
  } finally {
    await world.stop();
  }
}

interface Lives {
  readonly clients: number;
  readonly lifeMs: number;
}

async function liveAtOnce(
  world: World,
  start: () => ChildProcess,
  { clients, lifeMs }: Lives,
): Promise<void> {
  const children = Array.from({ length: clients }, start);
  await delay(lifeMs);
  const ends = children.map((child) => once(child, "exit"));
  for (const child of children) child.kill("SIGKILL");
  if (clients > 1) await killAndRestartAll(world);
  await Promise.all(ends);
}

interface MonkeyWork {
  readonly accounts: readonly Account[];
  /** By bank; good for longer than any client lives. */
  readonly tokens: Readonly<Record<string, string>>;
}

function startMonkey(
  world: World,
  work: MonkeyWork,
  counts: { answered: number; unanswered: number },
): ChildProcess {
  const doors = Object.fromEntries(
    world.banks.map((bank) => [bank, world.processesOf(bank).map(({ url }) => url)]),
  );
  const script = join(repositoryFolder(), "packages/testbed/src/chaos/monkey.mjs");
  const child = spawn(process.execPath, [script], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      PATH: process.env["PATH"] ?? "",
      PACTO_MONKEY: JSON.stringify({ doors, ...work }),
    },
  });
  child.stdout.on("data", (marks: Buffer) => {
    for (const mark of marks.toString()) {
      if (mark === ".") counts.answered += 1;
      else counts.unanswered += 1;
    }
  });
  return child;
}

async function killAndRestartAll(world: World): Promise<void> {
  await Promise.all([...world.processes.map((process) => process.kill()), world.postgres.kill()]);
  await world.postgres.start();
  const tally = new Tally();
  await Promise.all(world.processes.map((process) => startAgain(process, tally)));
}

async function addUp(
  world: World,
): Promise<Pick<MonkeyReport, "committed" | "sumCentavos" | "violations" | "passed">> {
  const open = await untilSettled(world, { withinMs: SETTLES_WITHIN_MS });
  const violations = open.map((work) => `still open: ${JSON.stringify(work)}`);
  violations.push(...(await brokenLaws(world, { atRest: true })));
  let sumCentavos = 0n;
  let committed = 0;
  for (const bank of world.banks) {
    const row = await withClient(world.booksOf(bank), async (client) => {
      const { rows } = await client.query<{ sum: string; committed: number }>(
        `SELECT (SELECT sum(ledger) FROM account)::text AS sum,
                (SELECT count(*) FROM global_transaction WHERE state = 'committed')::int
                  AS committed`,
      );
      return rows[0];
    });
    const sum = BigInt(row?.sum ?? "0");
    if (sum !== 0n) violations.push(`${bank}: its accounts sum to ${sum} centavos`);
    sumCentavos += sum;
    committed += row?.committed ?? 0;
  }
  const passed = violations.length === 0 && sumCentavos === 0n && committed > 0;
  return { committed, sumCentavos, violations, passed };
}
