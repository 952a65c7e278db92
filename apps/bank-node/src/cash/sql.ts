import type { DrawerSessionView } from "@pacto/contract";
import type { Pool } from "../database/pools.ts";
import { CASH } from "../ledger/internal-accounts.ts";

/** Makes a teller's drawer where it is missing, closed; safe to run at once by several. */
export async function ensureDrawer(pool: Pool, number: string): Promise<void> {
  await pool.query(
    `INSERT INTO account (kind, agency, number, normal_side, ceiling, status)
     VALUES ('cash', '0001', $1, 'debit', 0, 'closed') ON CONFLICT (number) DO NOTHING`,
    [number],
  );
}

interface SessionFilter {
  readonly teller?: string;
  readonly account?: string;
  readonly openOnly?: boolean;
  readonly limit: number;
}

interface SessionRow {
  readonly id: string;
  readonly teller: string;
  readonly openedAt: Date;
  readonly opening: bigint;
  readonly closedAt: Date | null;
  readonly expected: bigint;
  readonly counted: bigint | null;
}

/** Drawers' days, newest first. */
export async function selectSessions(
  pool: Pool,
  { teller, account, openOnly = false, limit }: SessionFilter,
): Promise<DrawerSessionView[]> {
  const { rows } = await pool.query<SessionRow>(
    `SELECT s.id, s.teller, s.opened_at AS "openedAt", s.opening, s.closed_at AS "closedAt",
            coalesce(s.expected, -a.ledger) AS expected, s.counted
       FROM drawer_session s JOIN account a ON a.id = s.account_id
      WHERE ($1::text IS NULL OR s.teller = $1)
        AND ($2::bigint IS NULL OR s.account_id = $2)
        AND (NOT $3::bool OR s.closed_at IS NULL)
      ORDER BY s.id DESC LIMIT $4`,
    [teller ?? null, account ?? null, openOnly, limit],
  );
  return rows.map((row) => ({
    id: row.id,
    teller: row.teller,
    openedAt: row.openedAt.toISOString(),
    openingCentavos: Number(row.opening),
    closedAt: row.closedAt?.toISOString() ?? null,
    expectedCentavos: Number(row.expected),
    countedCentavos: row.counted === null ? null : Number(row.counted),
    differenceCentavos: row.counted === null ? null : Number(row.counted - row.expected),
  }));
}

/** Centavos in the vault. */
export async function selectVault(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ ledger: bigint }>(
    "SELECT ledger FROM account WHERE number = $1",
    [CASH],
  );
  return Number(-(rows[0]?.ledger ?? 0n));
}
