import { setMaxListeners } from "node:events";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { consortiumFiles } from "../consortium/layout.ts";
import { checkLaws } from "../laws/index.ts";
import type { ProgramEnd } from "../processes/supervised.ts";
import type { BankProcess } from "./bank-process.ts";
import { breakServer, cutSessions } from "./break-database.ts";
import { breakDisk, type DiskFault, diskFaults, mountSmallDisk } from "./break-disk.ts";
import { breakNamespace, type NamespaceFault, namespaceFaults } from "./break-namespace.ts";
import { breakNetwork } from "./break-network.ts";
import { breakByRestore, isNormal } from "./break-by-restore.ts";
import { breakProcess, pause, startAgain } from "./break-processes.ts";
import { checkCertificates } from "./check-certificates.ts";
import { checkJournals, checkSums, lastWord, readTold, type Told } from "./check-journals.ts";
import { crashPlans } from "./failpoints.ts";
import { openJournal, readJournal, type Reply } from "./journal.ts";
import { checkLinearizable } from "./linearizable.ts";
import { type Account, type AccountPlan, openAccounts } from "./open-accounts.ts";
import { getTransfer, perform, resultOf } from "./perform.ts";
import { createRandom, type Random } from "./random.ts";
import { reachable, type Reachable, readAlarms, readReached } from "./reached.ts";
import { readFacts } from "./read-facts.ts";
import { sentencesOf, untilSettled } from "./settle.ts";
import { waitUntil } from "../processes/wait-until.ts";
import { Tally } from "./tally.ts";
import { type Counter, workAsTeller } from "./teller.ts";
import { CALM, networkFaults } from "./weather.ts";
import { startWorld, type World } from "./world.ts";

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

/** What a long run must have reached, or it proves less than it claims. */
export const mustBeReached: readonly string[] = [
  ...crashPlans.map(({ id }) => id),
  ...reachable,
  ...networkFaults.map((fault) => `network: ${fault}`),
];

const ROUND_MS = 120_000;
/** After the last fault everything must be settled within this (I3). */
const HEALS_WITHIN_MS = 20_000;
const CHECK_EVERY_MS = 4_000;
const OPENING_DEPOSIT = 10_000_000;
const ACCOUNTS_PER_BANK = 4;
const VIOLATIONS_MAX = 50;

/** Everything of one run. */
interface Run {
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

/**
 * Real processes and a real PostgreSQL, broken from a seed while tellers with durable journals
 * work, in rounds: break, heal, settle, hold every law and every journal against the books.
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const random = createRandom(options.seed);
  const tally = new Tally();
  const violations: string[] = [];
  const onEnd = (process: BankProcess, end: ProgramEnd, plan: string | undefined) =>
    recordEnd({ tally, violations }, { process, end, plan });
  const endings: Array<() => Promise<void>> = [];
  try {
    if (options.faults?.includes("full-disk")) {
      endings.push(await mountSmallDisk(consortiumFiles(options.dataDir).postgres));
    }
    const world = await startWorld({
      dataDir: options.dataDir,
      manifest: options.manifest,
      random: random.fork("world"),
      replicas: { azul: 2, verde: 2 },
      bundle: options.bundle,
      environment: { PACTO_LOG_LEVEL: "warn" },
      onEnd,
    });
    endings.push(() => world.stop());
    const plans = world.banks.flatMap((bank, at) => accountPlans(bank, at));
    const opened = await openAccounts(world, `chaos-${options.seed}`, plans);
    const accounts = opened.map((account, at) => ({
      ...account,
      depositCentavos: plans[at]?.depositCentavos ?? 0,
    }));
    const startedAt = performance.now();
    const run: Run = {
      options,
      world,
      random,
      tally,
      faults: new Set<string>(options.faults ?? chaosFaults),
      accounts,
      violations,
      journals: [],
      now: () => performance.now() - startedAt,
      forgetful: { isNow: false, times: 0 },
    };
    return await runRounds(run);
  } finally {
    while (endings.length > 0) await endings.pop()?.();
  }
}

function accountPlans(bank: string, at: number): AccountPlan[] {
  return Array.from({ length: ACCOUNTS_PER_BANK }, (_, number) => ({
    bank,
    depositCentavos: OPENING_DEPOSIT,
    // One account in each bank is nearly full, so that ceilings refuse.
    ...(number === 3 ? { ceilingCentavos: OPENING_DEPOSIT + 10_000 * (at + 1) } : {}),
  }));
}

async function runRounds(run: Run): Promise<ChaosReport> {
  const { options, violations } = run;
  let leftMs = options.seconds * 1_000;
  let rounds = 0;
  let slowestHealingMs = 0;
  const isOver = () => violations.length > 0 || options.signal?.aborted === true;
  while (leftMs > 0 && !isOver()) {
    const ms = leftMs < ROUND_MS * 1.5 ? leftMs : ROUND_MS;
    leftMs -= ms;
    rounds += 1;
    const healingMs = await runRound(run, rounds, ms);
    slowestHealingMs = Math.max(slowestHealingMs, healingMs);
    options.onRound?.(roundReport(run, rounds, healingMs));
  }
  const reached = await readReached(run.world);
  const counts = allReached(run, reached);
  const missing = (options.mustReach ?? []).filter((name) => !((counts.get(name) ?? 0) > 0));
  return {
    seed: options.seed,
    passed: violations.length === 0 && missing.length === 0,
    violations: violations.slice(0, VIOLATIONS_MAX),
    done: run.tally.entries.filter(([name]) => !name.startsWith("reached ")),
    reached: [...counts],
    notReached: [...counts].filter(([, count]) => count === 0).map(([name]) => name),
    rounds,
    slowestHealingMs,
    dataDir: options.dataDir,
  };
}

/** Breaks for `ms`, heals, and checks all; returns how long the settling took. */
async function runRound(run: Run, round: number, ms: number): Promise<number> {
  const { world, violations, tally } = run;
  const ending = new AbortController();
  // Everything that pauses listens.
  setMaxListeners(0, ending.signal);
  const restored = bankToRestore(run, round);
  const spell: Spell = { round, restored, signal: ending.signal };
  const tellers = await startTellers(run, spell);
  const breaking = startBreaking(run, spell);
  const checking = checkWhileRunning(run, ending.signal);
  await pause(ms, run.options.signal ?? ending.signal);
  ending.abort();
  await Promise.all([...breaking, checking]);
  for (const proxy of world.proxies) proxy.setWeather(CALM);
  await world.postgres.start();
  for (const process of world.processes) {
    process.resume();
    await startAgain(process, tally);
  }
  await tellers.done;
  // What was planted and not reached yet would still kill.
  await Promise.all(
    world.processes.map(async (process) => {
      if (!process.isPlanted) return;
      await process.kill();
      await startAgain(process, tally);
    }),
  );
  const healedAt = run.now();
  await untilLearned(run, restored);
  const open = await untilSettled(world, { withinMs: HEALS_WITHIN_MS });
  const healingMs = Math.round(run.now() - healedAt);
  if (open.length > 0) {
    violations.push(`I3: still open ${HEALS_WITHIN_MS} ms after healing: ${JSON.stringify(open)}`);
  }
  await askForTheRest(run);
  await untilSettled(world, { withinMs: HEALS_WITHIN_MS });
  await checkAtRest(run);
  return healingMs;
}

/** One round of a run. */
interface Spell {
  readonly round: number;
  /** The bank that wakes up in a backup during this round. */
  readonly restored: string | undefined;
  /** No more faults after that. */
  readonly signal: AbortSignal;
}

/** Another one in each round, of those with one process. */
function bankToRestore({ world, faults }: Run, round: number): string | undefined {
  if (!faults.has("restore")) return undefined;
  const single = world.banks.filter((bank) => world.processesOf(bank).length === 1);
  return single[round % single.length];
}

/** R48: with all its peers back, a restored bank learns what it forgot and votes again. */
async function untilLearned(run: Run, bank: string | undefined): Promise<void> {
  if (bank === undefined) return;
  const hasLearned = () => isNormal(run.world, bank);
  const learned = await waitUntil(hasLearned, { timeoutMs: HEALS_WITHIN_MS, everyMs: 100 });
  run.forgetful.isNow = false;
  if (learned === true) run.tally.add("reached P9");
  else run.violations.push(`I3: ${bank} has not learned what its backup did not know`);
}

async function startTellers(
  run: Run,
  { round, restored, signal }: Spell,
): Promise<{ readonly done: Promise<unknown> }> {
  const { options, world, tally } = run;
  const folder = join(options.dataDir, "journals");
  await mkdir(folder, { recursive: true });
  const counter = counterOf(world, restored);
  const working: Promise<void>[] = [];
  for (let number = 1; number <= (options.tellers ?? 24); number += 1) {
    const name = `t${options.seed}:${round}:${number}`;
    const path = join(folder, `${round}-${number}.jsonl`);
    const journal = await openJournal(path);
    run.journals.push(path);
    const teller = workAsTeller({
      name,
      counter,
      accounts: run.accounts,
      random: run.random.fork(name),
      journal,
      signal,
      now: run.now,
      onLie: (sentence) => run.violations.push(`I5: ${sentence}`),
      onReply: ({ outcome }) => tally.add(`told ${outcome}`),
    });
    working.push(teller.then(() => journal.close()));
  }
  return { done: Promise.all(working) };
}

function counterOf(world: World, closed?: string): Counter {
  return {
    tokenOf: world.tokenOf,
    banks: world.banks.filter((bank) => bank !== closed),
    urlsOf: (bank) => world.processesOf(bank).map(({ url }) => url),
  };
}

function startBreaking(run: Run, { round, restored, signal }: Spell): Promise<void>[] {
  const { world, tally, faults, options } = run;
  const random = run.random.fork(`round ${round}`);
  const breaking: Promise<void>[] = [];
  if (faults.has("kill") || faults.has("pause")) {
    for (const process of world.processes) {
      if (process.bank === restored) continue;
      breaking.push(
        breakProcess({
          process,
          siblings: world.processesOf(process.bank).filter((other) => other !== process),
          random: random.fork(process.name),
          tally,
          signal,
          faults,
          lifeMs: options.lifeMs ?? 10_000,
        }),
      );
    }
  }
  const shared = { world, tally, signal };
  if (restored !== undefined) {
    const onForgetful = (isNow: boolean) => {
      run.forgetful.isNow = isNow;
      run.forgetful.times += 1;
    };
    breaking.push(
      breakByRestore({ ...shared, bank: restored, onForgetful, random: random.fork("restore") }),
    );
  }
  if (faults.has("postgres")) {
    breaking.push(breakServer({ ...shared, random: random.fork("server") }));
  }
  if (faults.has("sessions")) {
    breaking.push(cutSessions({ ...shared, random: random.fork("sessions") }));
  }
  if (diskFaults.some((fault) => faults.has(fault))) {
    const postgresFolder = world.consortium.files.postgres;
    breaking.push(breakDisk({ ...shared, faults, postgresFolder, random: random.fork("disk") }));
  }
  if (namespaceFaults.some((fault) => faults.has(fault))) {
    breaking.push(breakNamespace({ ...shared, random: random.fork("namespace") }));
  }
  if (networkFaults.some((fault) => faults.has(fault))) {
    breaking.push(breakNetwork({ ...shared, faults, random: random.fork("network") }));
  }
  return breaking;
}

/** The laws that hold at any instant, again and again; a server that is down is asked later. */
async function checkWhileRunning(run: Run, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await pause(CHECK_EVERY_MS, signal);
    if (signal.aborted) return;
    const startedAt = run.now();
    const { times } = run.forgetful;
    if (run.forgetful.isNow) continue;
    try {
      const broken = sentencesOf(await checkLaws(run.world.books));
      // A bank that has forgotten is at odds with the others until it has learned.
      if (run.forgetful.times !== times) continue;
      run.violations.push(...broken);
      run.tally.add("laws checked while running");
    } catch {
      run.tally.add("laws not checked: PostgreSQL was down");
    }
    // As the books grow, checking may not take the machine from what it checks.
    await pause((run.now() - startedAt) * 4, signal);
  }
}

/** Keys without an outcome are asked again, as their client would: unknown becomes known (I4). */
async function askForTheRest(run: Run): Promise<void> {
  const told = await tellAll(run);
  const path = join(run.options.dataDir, "journals", `rest-${run.journals.length}.jsonl`);
  const journal = await openJournal(path);
  run.journals.push(path);
  const counter = counterOf(run.world);
  const unknown = [...told.values()].filter((one) => {
    const word = lastWord(one);
    const isOver = word !== undefined && word.outcome !== "open";
    return !isOver && one.operation.kind !== "read";
  });
  await eachOf(unknown, async (one) => {
    const reply = await askAgain(one, counter, run);
    if (reply !== undefined) await journal.append(reply);
  });
  await journal.close();
}

async function askAgain(one: Told, counter: Counter, run: Run): Promise<Reply | undefined> {
  const { key, operation } = one;
  const url = run.random.pick(counter.urlsOf(operation.bank));
  const door = { url, token: counter.tokenOf(operation.bank) };
  const asked = await perform(door, operation, { key, waitMs: 10_000, timeoutMs: 20_000 });
  run.tally.add("unknown outcome asked again");
  const base = { event: "replied", key, at: run.now() } as const;
  if (asked.kind === "refused") return { ...base, outcome: "refused", code: asked.code };
  if (asked.kind === "answer") return { ...base, ...asked.value };
  run.violations.push(`I4: at rest ${operation.bank} gives no outcome for ${key}: ${asked.why}`);
  return undefined;
}

async function checkAtRest(run: Run): Promise<void> {
  const { world, violations, options, tally } = run;
  violations.push(...sentencesOf(await checkLaws(world.books, { atRest: true })));
  tally.add("laws checked at rest");
  const told = await tellAll(run);
  const facts = await readFacts(world);
  const isOurs = (key: string) => key.startsWith(`t${options.seed}:`);
  violations.push(...checkJournals(told, facts, isOurs));
  violations.push(...checkSums(told, facts, run.accounts));
  violations.push(...checkLinearizable(told, facts));
  violations.push(...(await checkCertificates(world)));
  violations.push(...(await readAlarms(world)).map((alarm) => `alarm: ${alarm}`));
  await checkStatuses(run, told);
}

/** I5: what was told decided is still told so, by whichever process is asked. */
async function checkStatuses(run: Run, told: ReadonlyMap<string, Told>): Promise<void> {
  const decided = [...told.values()].filter((one) => lastWord(one)?.transaction !== undefined);
  const counter = counterOf(run.world);
  await eachOf(run.random.sample(decided, 100), async (one) => {
    const word = lastWord(one);
    if (word?.transaction === undefined) return;
    const url = run.random.pick(counter.urlsOf(one.operation.bank));
    const seen = await getTransfer(
      { url, token: counter.tokenOf(one.operation.bank) },
      word.transaction,
    );
    const state = seen.kind === "answer" ? resultOf(seen.value).outcome : seen.kind;
    if (state !== word.outcome) {
      run.violations.push(`I5: ${one.key} was told ${word.outcome} and is now ${state}`);
    }
  });
}

/** A few at once: at rest nothing is in their way. */
async function eachOf<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const worker = async () => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: 16 }, worker));
}

async function tellAll(run: Run): Promise<Map<string, Told>> {
  const records = [];
  for (const path of run.journals) records.push(...(await readJournal(path)));
  return readTold(records);
}

/** A process may die where it was told to; any other death is a defect of ours. */
function recordEnd(
  { tally, violations }: Pick<Run, "tally" | "violations">,
  { process, end, plan }: { process: BankProcess; end: ProgramEnd; plan: string | undefined },
): void {
  if (end.asked) return;
  if (end.signal === "SIGKILL" && plan !== undefined) {
    tally.add("node killed by its failpoint");
    tally.add(`reached ${plan}`);
    return;
  }
  // One that cannot open because the database is down says so, and is started again.
  if (!process.hasBeenReady) return;
  const how = end.signal ?? `exit ${end.code}`;
  violations.push(`${process.name} ended by itself (${how}): ${process.lastLines(3)}`);
}

function allReached(run: Run, reached: ReadonlyMap<Reachable, number>): Map<string, number> {
  const counts = new Map<string, number>(reached);
  for (const { id } of crashPlans) counts.set(id, run.tally.of(`reached ${id}`));
  for (const proxy of run.world.proxies) {
    for (const [what, count] of proxy.counts) {
      const name = `network: ${what}`;
      counts.set(name, (counts.get(name) ?? 0) + count);
    }
  }
  return counts;
}

function roundReport({ tally, violations }: Run, round: number, settledMs: number): RoundReport {
  return {
    round,
    nodeKills: tally.of("node killed") + tally.of("node killed by its failpoint"),
    serverKills: tally.of("PostgreSQL killed"),
    committed: tally.of("told committed"),
    aborted: tally.of("told aborted"),
    settledMs,
    violations: violations.length,
  };
}
