import type pg from "pg";
import { STAFF_TOKEN_SECONDS_MAX } from "@pacto/contract/signing";
import type { Tx } from "../database/transaction.ts";

/** How soon a session that was ended by way of another process is out here too. */
const LOOK_EVERY_MS = 2_000;

/** The sessions whose tokens may still be in time but count no more. */
export interface EndedSessions {
  readonly has: (sessionId: string) => boolean;
  /** Heard at once, before the database is asked again. */
  readonly add: (ids: readonly string[]) => void;
  readonly start: (pool: pg.Pool, onError: (error: unknown) => void) => Promise<void>;
  readonly stop: () => void;
}

export function createEndedSessions(): EndedSessions {
  let ended = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  return {
    has: (id) => ended.has(id),
    add(ids) {
      for (const id of ids) ended.add(id);
    },
    async start(pool, onError) {
      const look = async () => {
        ended = await readEnded(pool);
      };
      await look();
      const again = () => {
        look().catch(onError);
      };
      timer = setInterval(again, LOOK_EVERY_MS).unref();
    },
    stop: () => clearInterval(timer),
  };
}

async function readEnded(pool: pg.Pool): Promise<Set<string>> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM staff_ended_session
     WHERE ended_at > now() - make_interval(secs => $1)`,
    [STAFF_TOKEN_SECONDS_MAX],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Ends sessions in a transaction: they are removed, and their tokens are refused. */
export async function endSessions(
  tx: Tx,
  which: { readonly memberId: string; readonly only?: string; readonly except?: string },
): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `WITH gone AS (
       DELETE FROM staff_session
       WHERE user_id = $1 AND ($2::text IS NULL OR id = $2) AND ($3::text IS NULL OR id <> $3)
       RETURNING id)
     INSERT INTO staff_ended_session (id) SELECT id FROM gone
     ON CONFLICT (id) DO NOTHING RETURNING id`,
    [which.memberId, which.only ?? null, which.except ?? null],
  );
  return rows.map(({ id }) => id);
}
