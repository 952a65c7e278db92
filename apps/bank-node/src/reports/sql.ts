import type { Pool } from "../database/pools.ts";

export interface Span {
  readonly from: Date;
  /** The first instant that no longer counts. */
  readonly to: Date;
}

export interface KindRow {
  readonly kind: string;
  readonly count: number;
  readonly credits: bigint;
  /** Zero or negative. */
  readonly debits: bigint;
}

const TOTALS = `count(*)::int AS count,
  coalesce(sum(e.amount) FILTER (WHERE e.amount > 0), 0)::bigint AS credits,
  coalesce(sum(e.amount) FILTER (WHERE e.amount < 0), 0)::bigint AS debits`;

/** What one account's entries of a time sum to, by kind of posting, up to one of its versions. */
export async function selectAccountKinds(
  pool: Pool,
  account: bigint,
  { from, to, through }: Span & { readonly through: bigint },
): Promise<KindRow[]> {
  const { rows } = await pool.query<KindRow>(
    `SELECT p.kind, ${TOTALS}
       FROM entry e JOIN posting p ON p.id = e.posting_id
      WHERE e.account_id = $1 AND p.at >= $2 AND p.at < $3 AND e.version <= $4
      GROUP BY p.kind ORDER BY p.kind`,
    [account, from, to, through],
  );
  return rows;
}

/** What one account's entries before an instant sum to. */
export async function selectSumBefore(pool: Pool, account: bigint, at: Date): Promise<bigint> {
  const { rows } = await pool.query<{ sum: bigint }>(
    `SELECT coalesce(sum(e.amount), 0)::bigint AS sum
       FROM entry e JOIN posting p ON p.id = e.posting_id WHERE e.account_id = $1 AND p.at < $2`,
    [account, at],
  );
  return rows[0]?.sum ?? 0n;
}

const CUSTOMERS = `EXISTS (SELECT FROM account_holder h WHERE h.account_id = a.id)`;

/** What all customers' entries of a time sum to, by kind of posting. */
export async function selectCustomerKinds(pool: Pool, { from, to }: Span): Promise<KindRow[]> {
  const { rows } = await pool.query<KindRow>(
    `SELECT p.kind, ${TOTALS}
       FROM posting p JOIN entry e ON e.posting_id = p.id JOIN account a ON a.id = e.account_id
      WHERE p.at >= $1 AND p.at < $2 AND ${CUSTOMERS}
      GROUP BY p.kind ORDER BY p.kind`,
    [from, to],
  );
  return rows;
}

export interface DayRow {
  readonly postings: number;
  readonly accountsOpened: number;
  readonly clientsRegistered: number;
  readonly customersOpening: bigint;
  readonly customersClosing: bigint;
  readonly cash: bigint;
  readonly clearing: bigint;
}

/** The bank's figures of one day, each from the entries themselves. */
export async function selectDay(pool: Pool, { from, to }: Span): Promise<DayRow> {
  const { rows } = await pool.query<DayRow>(
    `SELECT
       (SELECT count(*)::int FROM posting WHERE at >= $1 AND at < $2) AS postings,
       (SELECT count(*)::int FROM account a
         WHERE opened_at >= $1 AND opened_at < $2 AND ${CUSTOMERS}) AS "accountsOpened",
       (SELECT count(*)::int FROM client WHERE created_at >= $1 AND created_at < $2)
         AS "clientsRegistered",
       coalesce(sum(amount) FILTER (WHERE customer AND at < $1), 0)::bigint AS "customersOpening",
       coalesce(sum(amount) FILTER (WHERE customer), 0)::bigint AS "customersClosing",
       coalesce(sum(amount) FILTER (WHERE kind = 'cash'), 0)::bigint AS cash,
       coalesce(sum(amount) FILTER (WHERE kind = 'clearing'), 0)::bigint AS clearing
     FROM (SELECT e.amount, p.at, a.kind, ${CUSTOMERS} AS customer
             FROM entry e JOIN posting p ON p.id = e.posting_id JOIN account a ON a.id = e.account_id
            WHERE p.at < $2) AS entries`,
    [from, to],
  );
  const [row] = rows;
  if (row === undefined) throw new Error("an aggregate gave no row");
  return row;
}

export interface TrialRow {
  readonly account: string;
  readonly accounts: number;
  readonly debit: bigint;
  readonly credit: bigint;
}

/** Balances at an instant: each internal account by itself, customers' by their kind. */
export async function selectTrial(pool: Pool, at: Date): Promise<TrialRow[]> {
  const { rows } = await pool.query<TrialRow>(
    `SELECT CASE WHEN customer THEN kind ELSE number END AS account, count(*)::int AS accounts,
            coalesce(-sum(balance) FILTER (WHERE balance < 0), 0)::bigint AS debit,
            coalesce(sum(balance) FILTER (WHERE balance > 0), 0)::bigint AS credit
       FROM (SELECT a.id, a.kind, a.number, ${CUSTOMERS} AS customer,
                    coalesce(sum(e.amount) FILTER (WHERE p.at <= $1), 0) AS balance
               FROM account a
               LEFT JOIN entry e ON e.account_id = a.id
               LEFT JOIN posting p ON p.id = e.posting_id
              WHERE a.opened_at <= $1 OR NOT ${CUSTOMERS}
              GROUP BY a.id) AS balances
      GROUP BY customer, 1 ORDER BY customer, 1`,
    [at],
  );
  return rows;
}
