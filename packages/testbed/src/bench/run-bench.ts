import type { Comparison } from "./comparison.ts";
import { findPgbench } from "./references/pgbench.ts";
import { openStage } from "./stage.ts";
import { composites } from "./works/composites.ts";
import { history, tenMinutes } from "./works/long.ts";
import { memory } from "./works/memory.ts";
import { manyAccounts, postings, skew, waiting } from "./works/one-bank.ts";
import { references } from "./works/references.ts";
import type { Pace, Work } from "./works/work.ts";

/** In the order in which they are measured. */
const works: readonly Work[] = [
  memory,
  postings,
  skew,
  waiting,
  composites,
  manyAccounts,
  references,
  history,
  tenMinutes,
];

export const workNames: readonly string[] = works.map(({ name }) => name);

const FULL: Pace = { rounds: 5, seconds: 5, warmUpSeconds: 8 };
/** Under three minutes in all. */
const QUICK: Pace = { rounds: 3, seconds: 1, warmUpSeconds: 3 };

export interface BenchOptions {
  readonly isQuick: boolean;
  /** Names of works; all of the suite unless given. */
  readonly works?: readonly string[];
  readonly rounds?: number;
  readonly signal: AbortSignal;
  readonly progress: (step: BenchStep) => void;
}

export type BenchStep =
  | { readonly kind: "work"; readonly name: string }
  | { readonly kind: "progress"; readonly text: string }
  | { readonly kind: "measured"; readonly comparison: Comparison };

export interface BenchReport {
  readonly at: string;
  readonly seconds: number;
  readonly pgbenchVersion: string;
  readonly pace: Pace;
  readonly comparisons: readonly Comparison[];
}

/**
 * Measures the works one after the other, each beside its reference in turns, on one PostgreSQL
 * with default durability and books of its own, which are removed afterwards.
 * @throws PgbenchMissing, TooBusy, or the signal's reason
 */
export async function runBench(options: BenchOptions): Promise<BenchReport> {
  const { isQuick, signal, progress } = options;
  const pgbenchVersion = await findPgbench();
  const chosen = works.filter(({ name, isLong }) =>
    options.works === undefined ? !(isQuick && isLong) : options.works.includes(name),
  );
  const base = isQuick ? QUICK : FULL;
  const pace = options.rounds === undefined ? base : { ...base, rounds: options.rounds };
  const startedAt = performance.now();
  const stage = await openStage(signal);
  const comparisons: Comparison[] = [];
  try {
    for (const { name, run } of chosen) {
      progress({ kind: "work", name });
      const tell = (text: string) => progress({ kind: "progress", text });
      for (const comparison of await run({ stage, pace, signal, progress: tell })) {
        comparisons.push(comparison);
        progress({ kind: "measured", comparison });
      }
    }
  } finally {
    await stage.close();
  }
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  return { at: new Date().toISOString(), seconds, pgbenchVersion, pace, comparisons };
}
