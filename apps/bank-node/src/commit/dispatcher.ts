import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "../database/pools.ts";

/** How often due rows are looked for; the usual path never waits for it. */
const POLL_MS = 200;
/** Bounded, so that a thundering restart drains in steps (fault L4). */
const DUE_MAX = 256;
/** While one replica works on a row, no other one takes it. */
const CLAIM_MS = 1_000;

export interface Due {
  readonly id: string;
  readonly role: "coordinator" | "participant";
}

/**
 * Nearly always none is due, and no table may be read whole to find that out. So the statement is
 * planned anew each time (a plan kept from when the tables were empty reads them whole), and the
 * rows are found again by where they lie: by id, a planner that expects as many as the limit allows
 * would choose a join with all of the table.
 */
const CLAIM_DUE = `WITH due_transactions AS (
           SELECT ctid FROM global_transaction WHERE wake_at <= now()
            ORDER BY wake_at LIMIT ${DUE_MAX} FOR UPDATE SKIP LOCKED
         ), due_branches AS (
           SELECT ctid FROM branch WHERE wake_at <= now()
            ORDER BY wake_at LIMIT ${DUE_MAX} FOR UPDATE SKIP LOCKED
         ), transactions AS (
           UPDATE global_transaction SET wake_at = now() + interval '${CLAIM_MS} milliseconds'
            WHERE ctid = ANY (ARRAY(SELECT ctid FROM due_transactions)) RETURNING id
         ), branches AS (
           UPDATE branch SET wake_at = now() + interval '${CLAIM_MS} milliseconds'
            WHERE ctid = ANY (ARRAY(SELECT ctid FROM due_branches))
            RETURNING transaction_id
         )
         SELECT id, 'coordinator' AS role FROM transactions
         UNION ALL SELECT transaction_id, 'participant' FROM branches`;

export interface Dispatcher {
  start(): void;
  stop(): Promise<void>;
}

/**
 * Recovery is this and nothing else (R27): rows say when they want attention, and whoever finds
 * them due gives it, after a crash as in normal operation. Nothing lives in timers of a process.
 */
export function createDispatcher(
  pool: Pool,
  wake: (due: Due) => Promise<void>,
  onError: (error: unknown) => void,
): Dispatcher {
  const stopping = new AbortController();
  let loop: Promise<void> | undefined;

  async function round(): Promise<void> {
    const { rows } = await pool.query<Due>(CLAIM_DUE);
    await Promise.all(rows.map((due) => wake(due)));
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await round();
      } catch (error) {
        onError(error);
      }
      await sleep(POLL_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  return {
    start() {
      loop ??= run();
    },
    async stop() {
      stopping.abort();
      await loop;
    },
  };
}
