import type { Pool } from "../database/pools.ts";

/** Notes and coins, against which cash operations are posted; debit-normal, never below zero. */
export const CASH = "cash";
/** This bank's position against all the other banks of the consortium. */
export const CLEARING = "clearing";
/** What drawers lacked or had too much when they were counted. */
export const OVER_SHORT = "over-short";
/** The bank's money outside its own house, from which the vault is supplied. */
export const RESERVES = "reserves";

/**
 * Makes the bank's own row and internal accounts where they are missing: safe to run at every
 * start, by several replicas at once.
 */
export async function ensureInternalAccounts(pool: Pool, bank: string): Promise<void> {
  await pool.query("INSERT INTO bank_state (bank) VALUES ($1) ON CONFLICT (only_row) DO NOTHING", [
    bank,
  ]);
  // Balances are credit-positive, so a cash account that cannot run out has the ceiling zero.
  await pool.query(
    `INSERT INTO account (kind, agency, number, normal_side, ceiling)
     VALUES ('cash', '0001', $1, 'debit', 0), ('clearing', '0001', $2, 'credit', NULL),
            ('over-short', '0001', $3, 'debit', NULL), ('reserves', '0001', $4, 'debit', NULL)
     ON CONFLICT (number) DO NOTHING`,
    [CASH, CLEARING, OVER_SHORT, RESERVES],
  );
  const { rows } = await pool.query<{ bank: string }>("SELECT bank FROM bank_state");
  const owner = rows[0]?.bank;
  if (owner !== bank) {
    throw new Error(`This database belongs to bank ${owner}, not to ${bank}: check DATABASE_URL.`);
  }
}
