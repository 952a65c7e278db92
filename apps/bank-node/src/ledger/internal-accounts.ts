import type { Pool } from "../database/pools.ts";

/** Notes and coins, against which cash operations are posted; debit-normal, never below zero. */
export const CASH = "cash";
/** This bank's position against all the other banks of the consortium. */
export const CLEARING = "clearing";
/** What drawers lacked or had too much when they were counted. */
export const OVER_SHORT = "over-short";
/** The bank's money outside its own house, from which the vault is supplied. */
export const RESERVES = "reserves";
/** Stands in for an account that a restored bank has forgotten, until somebody finds whose it is. */
export const SUSPENSE = "suspense";
/** What borrowers and overdrawn accounts paid for money. */
export const INTEREST_INCOME = "interest-income";
/** What savers were paid. */
export const INTEREST_EXPENSE = "interest-expense";
/** Checks handed in and not yet paid by their drawers' banks; never below zero. */
export const CHECKS = "checks";
/**
 * What was taken back from receivers of a fraud and goes to its payers. It takes part in transfers,
 * so its number has their form; a customer's has five digits at least.
 */
export const SPECIAL_RETURNS = "1-9";

/**
 * Makes the bank's own row and internal accounts where they are missing: safe to run at every
 * start, by several replicas at once. What the bank may owe all the others together (its net debit
 * cap, R47) is the ceiling of clearing; a bank that owes more already may not owe more still.
 */
export async function ensureInternalAccounts(
  pool: Pool,
  bank: string,
  netDebitCentavos?: number,
): Promise<void> {
  await pool.query("INSERT INTO bank_state (bank) VALUES ($1) ON CONFLICT (only_row) DO NOTHING", [
    bank,
  ]);
  // Balances are credit-positive, so a cash account that cannot run out has the ceiling zero.
  await pool.query(
    `INSERT INTO account (kind, agency, number, normal_side, ceiling)
     VALUES ('cash', '0001', $1, 'debit', 0), ('clearing', '0001', $2, 'credit', NULL),
            ('over-short', '0001', $3, 'debit', NULL), ('reserves', '0001', $4, 'debit', NULL),
            ('suspense', '0001', $5, 'credit', NULL),
            ('interest-income', '0001', $6, 'credit', NULL),
            ('interest-expense', '0001', $7, 'debit', NULL), ('checks', '0001', $8, 'debit', 0)
     ON CONFLICT (number) DO NOTHING`,
    [CASH, CLEARING, OVER_SHORT, RESERVES, SUSPENSE, INTEREST_INCOME, INTEREST_EXPENSE, CHECKS],
  );
  await pool.query(
    `INSERT INTO account (kind, agency, number, normal_side, floor)
     VALUES ('special-returns', '0001', $1, 'credit', 0) ON CONFLICT (number) DO NOTHING`,
    [SPECIAL_RETURNS],
  );
  await pool.query(
    `UPDATE account
        SET ceiling = CASE WHEN $2::bigint IS NOT NULL
                           THEN greatest($2::bigint, ledger + incoming) END
      WHERE number = $1 AND ($2::bigint IS NOT NULL OR ceiling IS NOT NULL)`,
    [CLEARING, netDebitCentavos ?? null],
  );
  const { rows } = await pool.query<{ bank: string }>("SELECT bank FROM bank_state");
  const owner = rows[0]?.bank;
  if (owner !== bank) {
    throw new Error(`This database belongs to bank ${owner}, not to ${bank}: check DATABASE_URL.`);
  }
}
