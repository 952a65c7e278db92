import type { DiskFault } from "./break-disk.ts";
import type { NamespaceFault } from "./break-namespace.ts";
import { readJournal } from "./journal.ts";
import { readTold, type Told } from "./check-journals.ts";
import type { Account } from "./open-accounts.ts";
import type { Random } from "./random.ts";
import type { Tally } from "./tally.ts";
import type { Counter } from "./teller.ts";
import { networkFaults } from "./weather.ts";
import type { World } from "./world.ts";

/** What is broken unless told otherwise, by the names that `--faults` takes. */
export const chaosFaults = [
  "kill",
  "pause",
  "failpoints",
  "postgres",
  "sessions",
  "restore",
  ...networkFaults,
] as const;
export type ChaosFault = (typeof chaosFaults)[number] | DiskFault | NamespaceFault;

export interface ChaosOptions {
  readonly dataDir: string;
  readonly seed: number;
  /** How long it breaks things, over all rounds; healing and checking come on top. */
  readonly seconds: number;
  readonly faults?: readonly ChaosFault[];
  /** Tellers working at once; each has one operation under way. */
  readonly tellers?: number;
  /** Mean life of a process between two faults. */
  readonly lifeMs?: number;
  readonly manifest?: string;
  readonly bundle?: string;
  /** States that must have been reached, or the run fails. */
  readonly mustReach?: readonly string[];
  readonly onRound?: (round: RoundReport) => void;
  /** Ends the breaking early; what was broken is healed and checked all the same. */
  readonly signal?: AbortSignal;
}

/** How things stand after a round; counts are of the whole run so far. */
export interface RoundReport {
  readonly round: number;
  readonly nodeKills: number;
  readonly serverKills: number;
  readonly committed: number;
  readonly aborted: number;
  readonly settledMs: number;
  readonly violations: number;
}

export interface ChaosReport {
  readonly seed: number;
  readonly passed: boolean;
  /** Sentences: laws broken, replies gone back on, promises lost. */
  readonly violations: readonly string[];
  readonly done: readonly (readonly [string, number])[];
  readonly reached: readonly (readonly [string, number])[];
  readonly notReached: readonly string[];
  readonly rounds: number;
  /** The longest time from the end of the faults until nothing was open, in milliseconds. */
  readonly slowestHealingMs: number;
  readonly dataDir: string;
}

/** Everything of one run. */
export interface Run {
  readonly options: ChaosOptions;
  readonly world: World;
  readonly random: Random;
  readonly tally: Tally;
  readonly faults: ReadonlySet<string>;
  readonly accounts: readonly (Account & { readonly depositCentavos: number })[];
  readonly violations: string[];
  readonly journals: string[];
  readonly now: () => number;
  /** A restored bank that has not yet learned what the others' books say of it. */
  readonly forgetful: { isNow: boolean; times: number };
}

/** The doors that tellers work at; none at a bank that is `closed`. */
export function counterOf(world: World, closed?: string): Counter {
  return {
    tokenOf: world.tokenOf,
    banks: world.banks.filter((bank) => bank !== closed),
    urlsOf: (bank) => world.processesOf(bank).map(({ url }) => url),
  };
}

/** What the tellers were told so far, read from their durable journals. */
export async function tellAll(run: Run): Promise<Map<string, Told>> {
  const records = [];
  for (const path of run.journals) records.push(...(await readJournal(path)));
  return readTold(records);
}

/** A few at once: at rest nothing is in their way. */
export async function eachOf<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const worker = async () => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: 16 }, worker));
}
