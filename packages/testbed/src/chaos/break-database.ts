import { withClient } from "../postgres/bank-database.ts";
import { pause } from "./break-processes.ts";
import type { Random } from "./random.ts";
import type { Tally } from "./tally.ts";
import type { World } from "./world.ts";

interface BreakOptions {
  readonly world: World;
  readonly random: Random;
  readonly tally: Tally;
  readonly signal: AbortSignal;
}

const BETWEEN_KILLS_MS = [8_000, 26_000] as const;
const BETWEEN_CUTS_MS = [1_000, 6_000] as const;

/** D1, D8: the server's every process killed at once, or frozen for a while. */
export async function breakServer(options: BreakOptions): Promise<void> {
  const { world, random, tally, signal } = options;
  // Soon, so that a short run sees it as well.
  let nextMs = random.between(2_000, 10_000);
  while (!signal.aborted) {
    await pause(nextMs, signal);
    if (signal.aborted) return;
    nextMs = random.between(...BETWEEN_KILLS_MS);
    if (random.chance(0.15)) {
      await world.postgres.pause();
      tally.add("PostgreSQL paused");
      await pause(random.between(300, 6_000), signal);
      await world.postgres.resume();
      continue;
    }
    await world.postgres.kill();
    tally.add("PostgreSQL killed");
    await pause(random.between(0, 1_500), signal);
    await world.postgres.start();
  }
}

/** D2: sessions of the banks ended in the middle of whatever they do. */
export async function cutSessions({ world, random, tally, signal }: BreakOptions): Promise<void> {
  while (!signal.aborted) {
    await pause(random.between(...BETWEEN_CUTS_MS), signal);
    if (signal.aborted) return;
    const cut = await withClient(world.postgres.url, async (client) => {
      const { rows } = await client.query<{ cut: boolean }>(
        `SELECT pg_terminate_backend(pid) AS cut FROM pg_stat_activity
          WHERE datname LIKE 'pacto\\_%' AND application_name LIKE 'pacto-%'
          ORDER BY (state = 'active') DESC, random() LIMIT $1`,
        [random.between(1, 6)],
      );
      return rows.length;
    }).catch(() => 0);
    tally.add("session terminated", cut);
  }
}
