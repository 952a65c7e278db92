import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { compare, type Comparison } from "../comparison.ts";
import { type Load, runCallers } from "../load/callers.ts";
import { single, transfer } from "../load/requests.ts";
import { durableCommitMs } from "../references/durable-commit.ts";
import { openPreparedCommit, type PreparedCommit } from "../references/prepared-commit.ts";
import { prepareTpcb } from "../references/tpcb.ts";
import type { BankOnStage, Stage } from "../stage.ts";
import type { Work, WorkOptions } from "./work.ts";

const CALLERS = 256;
const ACCOUNTS = 1_000;
/** As many as use it best on two cores; more of them only wait for one another. */
const PREPARED_WORKERS = 16;
const LOOK_AGAIN_MS = 2;

/** Composite transfers from three banks to the fourth, all sent to the first. */
interface Composites {
  round(options: { readonly callers: number; readonly seconds: number }): Promise<Load>;
  close(): Promise<void>;
}

async function openComposites(banks: readonly BankOnStage[]): Promise<Composites> {
  const [coordinator] = banks;
  const target = banks.at(-1);
  if (coordinator === undefined || target === undefined) throw new Error("no banks on the stage");
  const sources = banks.slice(0, -1);
  const wire = coordinator.wire(CALLERS);
  const books = banks.map(({ migrationUrl }) => new Client(migrationUrl));
  await Promise.all(books.map((client) => client.connect()));
  const side = (bank: BankOnStage, at: number) => ({
    bank: bank.id,
    account: bank.accounts[(at * 7919) % bank.accounts.length] ?? "",
  });
  return {
    round: ({ callers, seconds }) =>
      runCallers(
        (at) => {
          const from = sources.map((bank) => side(bank, at));
          return wire.send(single(transfer(from, side(target, at))));
        },
        // An answer tells the decision: the round ends when every bank has applied the last one.
        { callers, seconds, settle: () => untilApplied(books) },
      ),
    async close() {
      await wire.close();
      await Promise.all(books.map((client) => client.end()));
    },
  };
}

const UNDECIDED = {
  name: "undecided",
  text: "SELECT FROM branch WHERE wake_at IS NOT NULL AND state = 'prepared' LIMIT 1",
};

async function untilApplied(books: readonly Client[]): Promise<void> {
  for (const client of books) {
    for (;;) {
      const { rowCount } = await client.query(UNDECIDED);
      if (rowCount === 0) break;
      await delay(LOOK_AGAIN_MS);
    }
  }
}

async function preparedCommit(stage: Stage): Promise<PreparedCommit> {
  const urls = await Promise.all([1, 2, 3, 4].map((n) => stage.newDatabase(`prepared_${n}`)));
  return openPreparedCommit(urls, ACCOUNTS, PREPARED_WORKERS);
}

export const composites: Work = {
  name: "composites",
  isLong: false,
  async run(options) {
    const local = await openComposites(await options.stage.four("local"));
    try {
      const { pace } = options;
      await local.round({ callers: CALLERS, seconds: pace.warmUpSeconds });
      return [
        ...(await besideReferences(options, local)),
        await alone(options, local),
        await byRegister(options, local),
      ];
    } finally {
      await local.close();
    }
  },
};

async function besideReferences(
  { stage, pace, signal }: WorkOptions,
  local: Composites,
): Promise<Comparison[]> {
  const { seconds, rounds } = pace;
  const tpcb = await prepareTpcb(stage);
  const prepared = await preparedCommit(stage);
  const ours = async () => (await local.round({ callers: CALLERS, seconds })).perSecond;
  try {
    return [
      await compare({
        name: "composites over 4 banks, against PREPARE TRANSACTION",
        unit: "per-second",
        target: { kind: "at-least", value: 4 },
        rounds,
        signal,
        ours,
        reference: () => prepared.round({ workers: PREPARED_WORKERS, seconds }),
      }),
      await compare({
        name: "composites over 4 banks, against TPC-B",
        unit: "per-second",
        target: { kind: "at-least", value: 0.8 },
        rounds,
        signal,
        ours,
        reference: () => tpcb.round(seconds),
      }),
    ];
  } finally {
    await prepared.close();
  }
}

async function alone({ stage, pace, signal }: WorkOptions, local: Composites): Promise<Comparison> {
  const durable = await stage.newDatabase("durable");
  const { seconds, rounds } = pace;
  return compare({
    name: "one composite alone, p50, in durable commits",
    unit: "ms",
    target: { kind: "at-most", value: 12 },
    rounds,
    signal,
    ours: async () => (await local.round({ callers: 1, seconds })).p50Ms,
    reference: () => durableCommitMs(durable, Math.min(seconds, 1)),
  });
}

async function byRegister(
  { stage, pace, signal }: WorkOptions,
  local: Composites,
): Promise<Comparison> {
  const register = await openComposites(await stage.four("register"));
  const { seconds, rounds } = pace;
  try {
    await register.round({ callers: CALLERS, seconds: pace.warmUpSeconds });
    return await compare({
      name: "register with 3 witnesses, against local",
      unit: "per-second",
      target: { kind: "at-least", value: 0.6 },
      rounds,
      signal,
      ours: async () => (await register.round({ callers: CALLERS, seconds })).perSecond,
      reference: async () => (await local.round({ callers: CALLERS, seconds })).perSecond,
    });
  } finally {
    await register.close();
  }
}
