import type { Pool } from "../database/pools.ts";

/**
 * A database that was put back from a backup (R48): the bank gets a higher incarnation, votes NO
 * and remembers of no peer that it has caught up. Safe to repeat.
 */
export async function enterRecovery(pool: Pool): Promise<void> {
  await pool.query(
    `WITH raised AS (
       UPDATE bank_state SET incarnation = incarnation + 1, mode = 'recovering' RETURNING *
     ), forgotten AS (
       UPDATE peer SET caught_up_at = NULL
     )
     INSERT INTO audit_event (actor, actor_bank, action, subject, details)
     SELECT 'node', bank, 'restore.begun', bank, jsonb_build_object('incarnation', incarnation)
       FROM raised`,
  );
}
