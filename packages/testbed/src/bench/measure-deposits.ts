import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { engineOutput } from "@pacto/contract";
import { z } from "zod";
import { readDatabaseUrls } from "../consortium/database-urls.ts";
import { startConsortium } from "../consortium/start-consortium.ts";
import { repositoryFolder } from "../repository.ts";
import { type BankUnderLoad, type LoadResult, runDepositCallers } from "./deposit-callers.ts";
import { findPgbench, preparePgbench } from "./pgbench.ts";
import { type Spread, spreadOf } from "./spread.ts";
import { openBenchAccounts } from "./open-bench-accounts.ts";

export interface DepositBench {
  readonly callers: number;
  readonly secondsPerRound: number;
  readonly accounts: number;
  readonly pgbenchVersion: string;
  readonly rounds: readonly DepositRound[];
  readonly pacto: Spread;
  readonly pgbench: Spread;
  /** Pacto's rate over pgbench's, round by round. */
  readonly ratio: Spread;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** The statements of a batch must not grow with the batch. */
  readonly engine: readonly EngineUse[];
}

export interface DepositRound {
  readonly pacto: number;
  readonly pgbench: number;
  readonly ratio: number;
}

export interface EngineUse {
  readonly callers: number;
  readonly commandsPerBatch: number;
  readonly statementsPerBatch: number;
}

export interface MeasureOptions {
  readonly callers: number;
  readonly rounds: number;
  readonly secondsPerRound: number;
  /** A server to use instead of the embedded one, as superuser. */
  readonly databaseUrl?: string;
  /** Ends the measurement between two rounds. */
  readonly signal: AbortSignal;
  readonly progress: (step: MeasureStep) => void;
}

export type MeasureStep =
  | { readonly kind: "starting" }
  | { readonly kind: "warming-up"; readonly seconds: number }
  | { readonly kind: "round"; readonly number: number; readonly round: DepositRound };

const ACCOUNTS = 200;
/** A Node process is 1.5 to 3 times slower until its code has been compiled. */
const WARM_UP_SECONDS = 6;
const ALONE_SECONDS = 2;

/**
 * Measures deposits on one bank through the public wire, beside pgbench with the same double entry
 * on the same server, in turns, so that whatever else the machine does slows both. The bank is a
 * consortium of its own that is removed afterwards: nobody's books are touched.
 * @throws PgbenchMissing, TooBusy
 */
export async function measureDeposits(options: MeasureOptions): Promise<DepositBench> {
  const pgbenchVersion = await findPgbench();
  options.progress({ kind: "starting" });
  const dataDir = await mkdtemp(join(tmpdir(), "pacto-bench-"));
  try {
    const consortium = await startConsortium({
      manifest: join(repositoryFolder(), "consortium/branches.json"),
      dataDir,
      banks: ["arizona"],
      signal: options.signal,
      ...(options.databaseUrl === undefined ? {} : { postgres: { url: options.databaseUrl } }),
    });
    try {
      const { url } = consortium.bank("arizona");
      const token = consortium.demoToken;
      const accounts = await openBenchAccounts({ url, token }, ACCOUNTS);
      const database = await readDatabaseUrls(dataDir, "arizona");
      if (database === undefined) throw new Error("The bank was started without a database");
      const pgbench = await preparePgbench(database.migrationUrl, ACCOUNTS);
      try {
        return { pgbenchVersion, ...(await measure({ url, token, accounts }, pgbench, options)) };
      } finally {
        await pgbench.close();
      }
    } finally {
      await consortium.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function measure(
  bank: BankUnderLoad,
  pgbench: Awaited<ReturnType<typeof preparePgbench>>,
  { callers, rounds: wanted, secondsPerRound: seconds, signal, progress }: MeasureOptions,
): Promise<Omit<DepositBench, "pgbenchVersion">> {
  progress({ kind: "warming-up", seconds: WARM_UP_SECONDS });
  await runDepositCallers(bank, { callers, seconds: WARM_UP_SECONDS });
  await pgbench.round({ clients: callers, seconds: WARM_UP_SECONDS });
  const alone = await engineUse(bank, 1, () =>
    runDepositCallers(bank, { callers: 1, seconds: ALONE_SECONDS }),
  );
  const rounds: DepositRound[] = [];
  const loads: LoadResult[] = [];
  const together = await engineUse(bank, callers, async () => {
    for (let number = 1; number <= wanted; number += 1) {
      signal.throwIfAborted();
      const load = await runDepositCallers(bank, { callers, seconds });
      const rate = await pgbench.round({ clients: callers, seconds });
      const round = { pacto: load.perSecond, pgbench: rate, ratio: load.perSecond / rate };
      loads.push(load);
      rounds.push(round);
      progress({ kind: "round", number, round });
    }
  });
  return {
    callers,
    secondsPerRound: seconds,
    accounts: bank.accounts.length,
    rounds,
    pacto: spreadOf(rounds.map(({ pacto }) => pacto)),
    pgbench: spreadOf(rounds.map((round) => round.pgbench)),
    ratio: spreadOf(rounds.map(({ ratio }) => ratio)),
    p50Ms: spreadOf(loads.map(({ p50Ms }) => p50Ms)).median,
    p99Ms: spreadOf(loads.map(({ p99Ms }) => p99Ms)).median,
    engine: [alone, together],
  };
}

const engineAnswer = z.object({ result: z.object({ data: engineOutput }) });

/** How the posting engine batched the work, from its own counters before and after. */
async function engineUse(
  bank: BankUnderLoad,
  callers: number,
  work: () => Promise<unknown>,
): Promise<EngineUse> {
  const before = await readEngine(bank);
  await work();
  const after = await readEngine(bank);
  const batches = Math.max(1, after.batches - before.batches);
  return {
    callers,
    commandsPerBatch: (after.commands - before.commands) / batches,
    statementsPerBatch: (after.statements - before.statements) / batches,
  };
}

async function readEngine({ url, token }: BankUnderLoad): Promise<z.infer<typeof engineOutput>> {
  const response = await fetch(`${url}/trpc/status.engine`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(10_000),
  });
  return engineAnswer.parse(await response.json()).result.data;
}
