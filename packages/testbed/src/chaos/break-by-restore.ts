import { setTimeout as delay } from "node:timers/promises";
import type { Client } from "pg";
import { withClient } from "../postgres/bank-database.ts";
import { copyDatabase, dropDatabase, swapDatabases } from "../postgres/copy-database.ts";
import { waitUntil } from "../processes/wait-until.ts";
import type { BankProcess } from "./bank-process.ts";
import { pause } from "./break-processes.ts";
import type { Random } from "./random.ts";
import type { Tally } from "./tally.ts";
import type { World } from "./world.ts";

export interface RestoreOptions {
  readonly world: World;
  /**
   * A bank whose counter is closed meanwhile: what it does alone stands in no other bank's books,
   * and no restore can bring it back.
   */
  readonly bank: string;
  readonly random: Random;
  readonly tally: Tally;
  readonly signal: AbortSignal;
  /** Told when the bank forgets, and again when it has learned everything. */
  readonly onForgetful: (isForgetful: boolean) => void;
}

const BEFORE_BACKUP_MS = [1_000, 4_000] as const;
const BEFORE_RESTORE_MS = [2_000, 12_000] as const;
const BETWEEN_MS = [5_000, 30_000] as const;
const LEARNS_WITHIN_MS = 60_000;

/**
 * P9: under load the bank dies and wakes up in a backup of some seconds ago (R48, R49). Happens at
 * least once, however short the run; what was begun is finished after the signal.
 */
export async function breakByRestore(options: RestoreOptions): Promise<void> {
  const { random, signal } = options;
  await pause(random.between(...BEFORE_BACKUP_MS), signal);
  do {
    await restoreOnce(options);
    await pause(random.between(...BETWEEN_MS), signal);
  } while (!signal.aborted);
}

async function restoreOnce(options: RestoreOptions): Promise<void> {
  const { world, bank, random, tally, signal, onForgetful } = options;
  const processes = world.processesOf(bank);
  const current = `pacto_${bank}`;
  const backup = `${current}_backup`;
  await offline(options, async (client) => {
    await dropDatabase(client, backup);
    await copyDatabase(client, { from: current, to: backup }, current);
  });
  await Promise.all(processes.map((process) => startUntilReady(process, {})));
  tally.add("backup made");
  await pause(random.between(...BEFORE_RESTORE_MS), signal);

  onForgetful(true);
  await offline(options, async (client) => {
    const lost = `${current}_lost`;
    // The server may have died between the swap and its answer.
    if (await hasDatabase(client, backup)) {
      await dropDatabase(client, lost);
      await swapDatabases(client, { current, aside: lost, next: backup });
    }
    await dropDatabase(client, lost);
  });
  const environment = { PACTO_RESTORED: `chaos-${random.between(1, 999_999_999)}` };
  const start = () =>
    Promise.all(processes.map((process) => startUntilReady(process, environment)));
  await start();
  // Dies while it learns, too.
  if (random.chance(0.3)) {
    await Promise.all(processes.map((process) => process.kill()));
    await start();
  }
  tally.add("bank restored");
  // The weather may keep its peers from it until the run heals; then nobody waits for this.
  const hasLearned = async () => signal.aborted || (await isNormal(world, bank));
  await waitUntil(hasLearned, { timeoutMs: LEARNS_WITHIN_MS, everyMs: 250 });
  if (await isNormal(world, bank)) onForgetful(false);
}

/** Whether the bank has learned what it forgot; `no` while its database does not answer. */
export async function isNormal(world: World, bank: string): Promise<boolean> {
  const read = withClient(world.booksOf(bank), async (client) => {
    const { rows } = await client.query<{ mode: string }>("SELECT mode FROM bank_state");
    return rows[0]?.mode === "normal";
  });
  return read.catch(() => false);
}

/** Kills the bank's processes and works on its database, however often the server dies meanwhile. */
async function offline(
  { world, bank }: RestoreOptions,
  work: (client: Client) => Promise<void>,
): Promise<void> {
  for (;;) {
    await Promise.all(world.processesOf(bank).map((process) => process.kill()));
    try {
      await withClient(world.postgres.url, work);
      return;
    } catch {
      await delay(200);
    }
  }
}

async function hasDatabase(client: Client, name: string): Promise<boolean> {
  const { rows } = await client.query("select from pg_database where datname = $1", [name]);
  return rows.length > 0;
}

/** Every attempt is told that the database was restored: the first may die before it is noted. */
async function startUntilReady(
  process: BankProcess,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  while (process.state !== "ready") {
    await process.start({ environment }).catch(() => delay(200));
  }
}
