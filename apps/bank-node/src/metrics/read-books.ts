import type { Pool } from "../database/pools.ts";

/** What alerts need to know of a bank's books, read by keys and by what is open. */
export interface BooksFigures {
  /** The bank's position; over all banks these sum to zero whenever nothing is open. */
  readonly clearing: bigint;
  /** Global transactions that are open here, as coordinator or as participant. */
  readonly open: number;
  /** What the drawers' counts of the last 24 hours lacked or had too much, without signs. */
  readonly drawerVariance: bigint;
}

/** Undefined when the database does not answer. */
export async function readBooks(pool: Pool): Promise<BooksFigures | undefined> {
  try {
    const { rows } = await pool.query<BooksFigures>({
      name: "metrics-books",
      text: `SELECT (SELECT ledger FROM account WHERE number = 'clearing') AS clearing,
                    ((SELECT count(*) FROM global_transaction WHERE wake_at IS NOT NULL)
                   + (SELECT count(*) FROM branch WHERE wake_at IS NOT NULL))::int AS open,
                    (SELECT coalesce(sum(abs(counted - expected)), 0)::bigint FROM drawer_session
                      WHERE closed_at > now() - interval '24 hours') AS "drawerVariance"`,
    });
    return rows[0];
  } catch {
    return undefined;
  }
}
