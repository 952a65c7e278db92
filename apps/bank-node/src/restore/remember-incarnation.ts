import type { Pool } from "../database/pools.ts";

/** Keeps the highest incarnation heard of a peer, and returns it (R49). */
export async function rememberIncarnation(
  pool: Pool,
  bank: string,
  incarnation: number,
): Promise<number> {
  const { rows } = await pool.query<{ incarnation: number }>(
    `INSERT INTO peer (bank, incarnation) VALUES ($1, $2)
     ON CONFLICT (bank) DO UPDATE
        SET incarnation = greatest(peer.incarnation, excluded.incarnation)
     RETURNING incarnation`,
    [bank, incarnation],
  );
  return rows[0]?.incarnation ?? incarnation;
}
