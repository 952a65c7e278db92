import { setMaxListeners } from "node:events";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { checkLaws } from "../laws/index.ts";
import { waitUntil } from "../processes/wait-until.ts";
import { breakByRestore, isNormal } from "./break-by-restore.ts";
import { breakServer, cutSessions } from "./break-database.ts";
import { breakDisk, diskFaults } from "./break-disk.ts";
import { breakNamespace, namespaceFaults } from "./break-namespace.ts";
import { breakNetwork } from "./break-network.ts";
import { breakProcess, pause, startAgain } from "./break-processes.ts";
import { askForTheRest, checkAtRest } from "./check-at-rest.ts";
import { openJournal } from "./journal.ts";
import { counterOf, type Run } from "./run.ts";
import { sentencesOf, untilSettled } from "./settle.ts";
import { workAsTeller } from "./teller.ts";
import { CALM, networkFaults } from "./weather.ts";

/** After the last fault everything must be settled within this (I3). */
const HEALS_WITHIN_MS = 20_000;
const CHECK_EVERY_MS = 4_000;

/** One round of a run. */
interface Spell {
  readonly round: number;
  /** The bank that wakes up in a backup during this round. */
  readonly restored: string | undefined;
  /** No more faults after that. */
  readonly signal: AbortSignal;
}

/** Breaks for `ms`, heals, and checks all; returns how long the settling took. */
export async function runRound(run: Run, round: number, ms: number): Promise<number> {
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
