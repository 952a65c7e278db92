import type { PostingKind } from "@pacto/contract";
import type { Pool } from "../database/pools.ts";

export interface AccountRow {
  readonly id: bigint;
  readonly kind: string;
  readonly agency: string;
  readonly number: string;
  readonly status: string;
  readonly blocked: boolean;
  readonly floor: bigint | null;
  readonly ceiling: bigint | null;
  readonly ledger: bigint;
  readonly held: bigint;
  readonly incoming: bigint;
  readonly version: bigint;
  readonly openedAt: Date;
  readonly debitsBlocked: boolean;
  readonly creditsBlocked: boolean;
  readonly signing: string;
  readonly statusReason: string | null;
  readonly holders: readonly {
    readonly clientId: string;
    readonly name: string;
    readonly taxId: string;
  }[];
}

interface AccountFilter {
  readonly number?: string | undefined;
  readonly clientId?: string | undefined;
  readonly search?: string | undefined;
  /** Only accounts with a smaller id: the page after this one. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Customers' accounts with their holders, newest first. Takes no lock. */
export async function selectAccounts(pool: Pool, filter: AccountFilter): Promise<AccountRow[]> {
  const { rows } = await pool.query<AccountRow>(
    `SELECT a.id, a.kind, a.agency, a.number, a.status,
            a.debits_blocked OR a.credits_blocked AS blocked,
            a.debits_blocked AS "debitsBlocked", a.credits_blocked AS "creditsBlocked",
            a.signing, a.status_reason AS "statusReason",
            a.floor, a.ceiling, a.ledger, a.held, a.incoming, a.version, a.opened_at AS "openedAt",
            (SELECT jsonb_agg(jsonb_build_object('clientId', c.id, 'name', c.name,
                                                 'taxId', c.tax_id) ORDER BY h.position)
               FROM account_holder h JOIN client c ON c.id = h.client_id
              WHERE h.account_id = a.id) AS holders
       FROM account a
      WHERE EXISTS (SELECT FROM account_holder h WHERE h.account_id = a.id)
        AND ($1::text IS NULL OR a.number = $1)
        AND ($2::uuid IS NULL OR EXISTS (SELECT FROM account_holder h
                                          WHERE h.account_id = a.id AND h.client_id = $2))
        AND ($3::text IS NULL OR starts_with(a.number, $3)
             OR EXISTS (SELECT FROM account_holder h JOIN client c ON c.id = h.client_id
                         WHERE h.account_id = a.id
                           AND strpos(lower(c.name), lower($3)) > 0))
        AND ($4::bigint IS NULL OR a.id < $4)
      ORDER BY a.id DESC
      LIMIT $5`,
    [
      filter.number ?? null,
      filter.clientId ?? null,
      filter.search ?? null,
      filter.before ?? null,
      filter.limit,
    ],
  );
  return rows;
}

interface HoldRow {
  readonly transactionId: string;
  /** Null when this bank coordinates. */
  readonly coordinator: string | null;
  readonly direction: "debit" | "credit";
  readonly amount: bigint;
  readonly placedAt: Date;
}

/** Open holds of one account, oldest first. */
export async function selectHolds(pool: Pool, account: bigint): Promise<HoldRow[]> {
  const { rows } = await pool.query<HoldRow>(
    `SELECT h.transaction_id AS "transactionId", b.coordinator, h.direction, h.amount,
            h.placed_at AS "placedAt"
       FROM hold h LEFT JOIN branch b USING (transaction_id)
      WHERE h.account_id = $1 AND h.status = 'placed'
      ORDER BY h.placed_at, h.transaction_id`,
    [account],
  );
  return rows;
}

export interface EntryRow {
  readonly version: bigint;
  readonly at: Date;
  readonly kind: PostingKind;
  readonly amount: bigint;
  readonly balanceAfter: bigint;
  readonly description: string;
  readonly transactionId: string | null;
}

export interface EntryFilter {
  readonly kind?: string | undefined;
  readonly from?: Date | undefined;
  /** The first instant that no longer counts. */
  readonly to?: Date | undefined;
  readonly minimumCentavos?: number | undefined;
  readonly maximumCentavos?: number | undefined;
  readonly text?: string | undefined;
  /** Only smaller versions: the page after this one. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** One page of an account's entries, newest first, by its primary key. */
export async function selectEntries(
  pool: Pool,
  account: bigint,
  filter: EntryFilter,
): Promise<EntryRow[]> {
  const { rows } = await pool.query<EntryRow>(
    `SELECT e.version, p.at, p.kind, e.amount, e.balance_after AS "balanceAfter",
            p.description, p.transaction_id AS "transactionId"
       FROM entry e JOIN posting p ON p.id = e.posting_id
      WHERE e.account_id = $1 AND ($2::bigint IS NULL OR e.version < $2)
        AND ($4::text IS NULL OR p.kind = $4)
        AND ($5::timestamptz IS NULL OR p.at >= $5)
        AND ($6::timestamptz IS NULL OR p.at < $6)
        AND ($7::bigint IS NULL OR abs(e.amount) >= $7)
        AND ($8::bigint IS NULL OR abs(e.amount) <= $8)
        AND ($9::text IS NULL OR strpos(lower(p.description), lower($9)) > 0)
      ORDER BY e.version DESC
      LIMIT $3`,
    [
      ...[account, filter.before ?? null, filter.limit, filter.kind ?? null],
      ...[filter.from ?? null, filter.to ?? null],
      ...[filter.minimumCentavos ?? null, filter.maximumCentavos ?? null, filter.text ?? null],
    ],
  );
  return rows;
}

interface EntriesAfter {
  readonly from: Date;
  /** The first instant that no longer counts. */
  readonly to: Date;
  /** Only larger versions: what follows the page before. */
  readonly after: bigint;
  /** The last version that counts. */
  readonly through: bigint;
  readonly limit: number;
}

/** One page of an account's entries, oldest first, by its primary key. */
export async function selectEntriesAfter(
  pool: Pool,
  account: bigint,
  { from, to, after, through, limit }: EntriesAfter,
): Promise<EntryRow[]> {
  const { rows } = await pool.query<EntryRow>(
    `SELECT e.version, p.at, p.kind, e.amount, e.balance_after AS "balanceAfter",
            p.description, p.transaction_id AS "transactionId"
       FROM entry e JOIN posting p ON p.id = e.posting_id
      WHERE e.account_id = $1 AND e.version > $2 AND e.version <= $3
        AND p.at >= $4 AND p.at < $5
      ORDER BY e.version
      LIMIT $6`,
    [account, after, through, from, to, limit],
  );
  return rows;
}

interface BalanceRow {
  readonly ledger: bigint;
  readonly held: bigint;
  readonly incoming: bigint;
}

/** Balances as they stood at an instant: from the entries and holds of that time. */
export async function selectBalanceAt(pool: Pool, account: bigint, at: Date): Promise<BalanceRow> {
  const { rows } = await pool.query<BalanceRow>(
    `SELECT coalesce((SELECT e.balance_after FROM entry e JOIN posting p ON p.id = e.posting_id
                       WHERE e.account_id = $1 AND p.at <= $2
                       ORDER BY e.version DESC LIMIT 1), 0)::bigint AS ledger,
            coalesce(sum(h.amount) FILTER (WHERE h.direction = 'debit'), 0)::bigint AS held,
            coalesce(sum(h.amount) FILTER (WHERE h.direction = 'credit'), 0)::bigint AS incoming
       FROM (SELECT direction, amount FROM hold
              WHERE account_id = $1 AND placed_at <= $2
                AND (resolved_at IS NULL OR resolved_at > $2)) h`,
    [account, at],
  );
  const [row] = rows;
  if (row === undefined) throw new Error("a sum gave no row");
  return row;
}
