import { withClient } from "../../postgres/bank-database.ts";
import { compare, meets, type Target } from "../comparison.ts";
import { runCallers } from "../load/callers.ts";
import { fillHistory } from "../load/fill-history.ts";
import { uniform } from "../load/choose-account.ts";
import { deposit, query, single } from "../load/requests.ts";
import { spreadOf } from "../spread.ts";
import type { BankOnStage } from "../stage.ts";
import type { Work } from "./work.ts";

const LONG_HISTORY = 10_000_000;
const SHORT_HISTORY = 10_000;
const HISTORY_ACCOUNTS = 1_001;
const SHORT_HISTORY_ACCOUNTS = 1_002;
const PAGE = 50;
const atMost = (value: number): Target => ({ kind: "at-most", value });

/** Reads beside the same reads with a thousandth of the entries. */
export const history: Work = {
  name: "history",
  isLong: true,
  async run({ stage, pace, signal, progress }) {
    const long = await stage.bank(HISTORY_ACCOUNTS);
    const short = await stage.bank(SHORT_HISTORY_ACCOUNTS);
    await fillHistory(long.superuserUrl, LONG_HISTORY, (done) => progress(`${done}`));
    await fillHistory(short.superuserUrl, SHORT_HISTORY, () => {});
    const reads = [
      ["balance", (number: string) => query("accounts.get", { number })],
      ["statement of 50", (number: string) => query("accounts.statement", { number, limit: PAGE })],
    ] as const;
    const measured = [];
    for (const [name, read] of reads) {
      const p50 = async (bank: BankOnStage) => {
        const [choose, wire] = [uniform(bank.accounts), bank.wire(1)];
        const options = { callers: 1, seconds: pace.seconds };
        const load = await runCallers((at) => wire.send(read(choose(at))), options);
        await wire.close();
        return load.p50Ms;
      };
      await p50(long);
      measured.push(
        await compare({
          name: `${name}, 10 M entries against 10,000`,
          unit: "ms",
          signal,
          rounds: pace.rounds,
          target: atMost(1.2),
          ours: () => p50(long),
          reference: () => p50(short),
        }),
      );
    }
    return measured;
  },
};

const MINUTES = 10;

/** The tenth minute beside the first, and how much the accounts' table grew. */
export const tenMinutes: Work = {
  name: "minutes",
  isLong: true,
  async run({ stage, signal, progress }) {
    const bank = await stage.bank(1_000);
    const [choose, wire] = [uniform(bank.accounts), bank.wire(64)];
    const minutes: number[] = [];
    const sizes: number[] = [];
    await runCallers((at) => wire.send(single(deposit(choose(at)))), { callers: 64, seconds: 5 });
    for (let minute = 1; minute <= MINUTES; minute += 1) {
      signal.throwIfAborted();
      const options = { callers: 64, seconds: 60 };
      const load = await runCallers((at) => wire.send(single(deposit(choose(at)))), options);
      minutes.push(load.perSecond);
      sizes.push(await accountMegabytes(bank.migrationUrl));
      progress(`${minute} min: ${Math.round(load.perSecond)}/s`);
    }
    const target: Target = { kind: "at-least", value: 0.9 };
    return [
      madeOnce("tenth minute against the first", "per-second", minutes, target),
      madeOnce("accounts' table, tenth minute against the first", "megabytes", sizes, atMost(2)),
    ];
  },
};

function madeOnce(
  name: string,
  unit: "per-second" | "megabytes",
  minutes: readonly number[],
  target: Target,
) {
  const [first = Number.NaN] = minutes;
  const last = minutes.at(-1) ?? Number.NaN;
  const ratio = spreadOf([last / first]);
  return {
    name,
    unit,
    ratio,
    target,
    rounds: 1,
    ours: spreadOf([last]),
    reference: spreadOf([first]),
    isMet: meets(ratio.median, target),
  };
}

async function accountMegabytes(url: string): Promise<number> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ bytes: string }>(
      "SELECT pg_total_relation_size('account') AS bytes",
    );
    return Number(rows[0]?.bytes ?? 0) / 1e6;
  });
}
