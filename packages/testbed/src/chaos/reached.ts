import { withClient } from "../postgres/bank-database.ts";
import type { World } from "./world.ts";

/** Interesting states that a run's books show, counted over all banks. */
const STATES = {
  "committed transfers": "SELECT count(*) FROM global_transaction WHERE state = 'committed'",
  "aborted transfers": "SELECT count(*) FROM global_transaction WHERE state = 'aborted'",
  "tombstone hit": `SELECT count(*) FROM branch WHERE state = 'aborted'
     AND (record -> 'descriptor' = 'null'
          OR record #>> '{vote,reason,code}' = 'inquired-before-prepare')`,
  "ceiling refusal": `SELECT count(*) FROM branch
     WHERE record #>> '{vote,reason,code}' = 'ceiling-exceeded'`,
  "funds refusal": `SELECT count(*) FROM branch
     WHERE record #>> '{vote,reason,code}' = 'insufficient-funds'`,
  "vote deadline passed": `SELECT count(*) FROM global_transaction
     WHERE record #>> '{refusal,code}' = 'prepare-timeout'`,
  "commit by a recovery ballot": `SELECT count(*) FROM branch
     WHERE state = 'committed' AND (record #>> '{certificate,accepts,0,ballot}')::int > 0`,
  "abort by the register": `SELECT count(*) FROM branch
     WHERE state = 'aborted' AND (record #>> '{certificate,accepts,0,ballot}')::int > 0`,
} as const;

export type Reachable = keyof typeof STATES;
export const reachable = Object.keys(STATES) as readonly Reachable[];

/** How often each state was reached, by what the books keep of it. */
export async function readReached(world: World): Promise<Map<Reachable, number>> {
  const sums = new Map<Reachable, number>();
  for (const bank of world.banks) {
    await withClient(world.booksOf(bank), async (client) => {
      for (const state of reachable) {
        const { rows } = await client.query<{ count: string }>(STATES[state]);
        sums.set(state, (sums.get(state) ?? 0) + Number(rows[0]?.count ?? 0));
      }
    });
  }
  return sums;
}

/** What only a defect or a lie can bring about; none may be raised among honest banks. */
export async function readAlarms(world: World): Promise<string[]> {
  const found: string[] = [];
  for (const bank of world.banks) {
    await withClient(world.booksOf(bank), async (client) => {
      const { rows } = await client.query<{ action: string; count: string; example: string }>(
        `SELECT action, count(*), min(subject) AS example FROM audit_event
          WHERE action LIKE 'protocol.alarm.%' GROUP BY action`,
      );
      for (const { action, count, example } of rows) {
        found.push(`${bank}: ${action} ×${count}, first at ${example}`);
      }
    });
  }
  return found;
}
