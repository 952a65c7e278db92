import { AGE_TOLERANCE_MS, firstIdAt, instantOf } from "../commit/age.ts";
import type { Pool } from "../database/pools.ts";

/**
 * How much older than the newest vote in a backup a transaction may be that the backup lacks: each
 * bank took either for new by its own clock, and the clocks of any two differ by no more than that.
 */
const MARGIN_MS = 3 * AGE_TOLERANCE_MS;

interface Known {
  /** The highest id of another bank's transaction that this bank voted YES on, in the backup. */
  readonly newestVoted: string | null;
  /** The lowest id that waits for an outcome or for somebody to hear of it. */
  readonly oldestOpen: string | null;
}

/**
 * The id after which peers are asked to tell (R48: "since its last sequence"); null for all of
 * their history. What comes before it is in the backup, and over.
 */
export function whereToBegin({ newestVoted, oldestOpen }: Known): string | null {
  const votedAt = newestVoted === null ? undefined : instantOf(newestVoted);
  if (votedAt === undefined) return null;
  const openAt = oldestOpen === null ? votedAt : instantOf(oldestOpen);
  if (openAt === undefined) return null;
  return firstIdAt(Math.min(votedAt, openAt) - MARGIN_MS);
}

/** Only a YES was given to an id of its time: what was voted NO on may be dated as its sender liked. */
export async function readWhereToBegin(pool: Pool): Promise<string | null> {
  const { rows } = await pool.query<Known>(
    `SELECT (SELECT transaction_id FROM branch
              WHERE record -> 'vote' ->> 'vote' = 'yes'
                AND coordinator <> (SELECT bank FROM bank_state)
              ORDER BY transaction_id DESC LIMIT 1) AS "newestVoted",
            (SELECT id FROM (
               (SELECT id FROM global_transaction
                 WHERE wake_at IS NOT NULL ORDER BY id LIMIT 1)
               UNION ALL
               (SELECT transaction_id FROM branch
                 WHERE wake_at IS NOT NULL ORDER BY transaction_id LIMIT 1)) AS open
              ORDER BY id LIMIT 1) AS "oldestOpen"`,
  );
  return whereToBegin(rows[0] ?? { newestVoted: null, oldestOpen: null });
}
