import type { Pool } from "../database/pools.ts";
import { readWhereToBegin } from "./where-to-begin.ts";

/** 2026-01-01T00:00:00Z in seconds since 1970. */
const FIRST_SECOND = 1_767_225_600;

/**
 * A database that was put back from a backup (R48): the bank gets a higher incarnation, votes NO
 * and remembers of no peer that it has caught up. Once for each name of a restore, however often the
 * bank starts. The incarnation is higher than
 * that of any earlier life too, which this database may know nothing of when its backup is older
 * than another restore: the seconds since 2026 tell (R49). Where to begin to learn is noted before
 * anything is learned; a backup of a bank that was still learning keeps its earlier beginning.
 */
export async function enterRecovery(pool: Pool, restoredAs: string): Promise<void> {
  const begin = await readWhereToBegin(pool);
  await pool.query(
    `WITH raised AS (
       UPDATE bank_state
          SET mode = 'recovering', restored_as = $1,
              relearn_after = CASE WHEN mode = 'recovering' THEN relearn_after ELSE $2 END,
              incarnation = greatest(incarnation + 1,
                (extract(epoch FROM clock_timestamp()) - ${FIRST_SECOND})::int)
        WHERE restored_as IS DISTINCT FROM $1
       RETURNING *
     ), forgotten AS (
       UPDATE peer SET caught_up_at = NULL WHERE EXISTS (SELECT FROM raised)
     )
     INSERT INTO audit_event (actor, actor_bank, action, subject, details)
     SELECT 'node', bank, 'restore.begun', bank, jsonb_build_object('incarnation', incarnation)
       FROM raised`,
    [restoredAs, begin],
  );
}
