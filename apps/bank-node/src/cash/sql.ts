import type { DrawerMovement, DrawerSessionView } from "@pacto/contract";
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

interface MovementRow {
  readonly version: bigint;
  readonly at: Date;
  readonly kind: string;
  readonly amount: bigint;
  readonly number: string | null;
  readonly teller: string | null;
  readonly description: string;
  readonly postingId: string;
}

interface MovementsFilter {
  readonly session: string;
  /** The version of the entry before which to read on. */
  readonly before: string | null;
  readonly limit: number;
}

/** A drawer's entries of one day of it, newest first, each with its version. */
export async function selectMovements(
  pool: Pool,
  { session, before, limit }: MovementsFilter,
): Promise<{ readonly version: string; readonly movement: DrawerMovement }[]> {
  const { rows } = await pool.query<MovementRow>(
    `SELECT e.version, p.at, p.kind, -e.amount AS amount, o.number, o.teller, p.description,
            p.id AS "postingId"
       FROM drawer_session s
       -- Read backwards from today, so that earlier years of the drawer cost nothing.
       LEFT JOIN LATERAL (
         SELECT y.version FROM entry y JOIN posting q ON q.id = y.posting_id
          WHERE y.account_id = s.account_id AND q.at < s.opened_at
          ORDER BY y.version DESC LIMIT 1) b ON true
       JOIN entry e ON e.account_id = s.account_id AND e.version > coalesce(b.version, 0)
       JOIN posting p ON p.id = e.posting_id AND p.at >= s.opened_at
                     AND (s.closed_at IS NULL OR p.at <= s.closed_at)
       LEFT JOIN LATERAL (
         SELECT CASE WHEN EXISTS (SELECT FROM account_holder h WHERE h.account_id = a.id)
                     THEN a.number END AS number,
                substring(a.number FROM '^drawer:(.*)$') AS teller
           FROM entry f JOIN account a ON a.id = f.account_id
          WHERE f.posting_id = p.id AND f.account_id <> s.account_id LIMIT 1) o ON true
      WHERE s.id = $1 AND ($2::bigint IS NULL OR e.version < $2)
      ORDER BY e.version DESC LIMIT $3`,
    [session, before, limit],
  );
  return rows.map(({ version, at, amount, ...row }) => ({
    version: String(version),
    movement: { ...row, at: at.toISOString(), amountCentavos: Number(amount) },
  }));
}

/** The teller whose drawer it was. */
export async function selectSessionTeller(pool: Pool, session: string): Promise<string | null> {
  const { rows } = await pool.query<{ teller: string }>(
    "SELECT teller FROM drawer_session WHERE id = $1",
    [session],
  );
  return rows[0]?.teller ?? null;
}

/** Centavos in the vault. */
export async function selectVault(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ ledger: bigint }>(
    "SELECT ledger FROM account WHERE number = $1",
    [CASH],
  );
  return Number(-(rows[0]?.ledger ?? 0n));
}
