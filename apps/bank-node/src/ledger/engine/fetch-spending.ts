import type { AccountId, SpendingTerms } from "@pacto/banking";
import type { QueryResult, QueryResultRow } from "pg";
import type { Statement } from "./session.ts";
import type { SpendingFacts } from "./spending.ts";

interface Queries {
  query<Row extends QueryResultRow>(statement: Statement): Promise<QueryResult<Row>>;
}

interface StoredTerms {
  readonly perTransaction: number | null;
  readonly perDay: number | null;
  readonly perNight: number | null;
}

interface LimitRow extends SpendingTerms {
  readonly id: bigint;
  readonly nextTerms: StoredTerms | null;
  readonly nextAt: number | null;
  readonly periodStart: number | null;
  readonly used: bigint;
  readonly accounts: readonly string[];
}

const LIMITS = `SELECT l.id, l.per_transaction AS "perTransaction", l.per_day AS "perDay",
       l.per_night AS "perNight", l.next_terms AS "nextTerms",
       (extract(epoch FROM l.next_at) * 1000)::float8 AS "nextAt",
       (extract(epoch FROM l.period_start) * 1000)::float8 AS "periodStart", l.used,
       CASE WHEN l.account_id IS NOT NULL THEN ARRAY[l.account_id::text]
            ELSE (SELECT array_agg(h.account_id::text) FROM account_holder h
                   WHERE h.client_id = l.client_id AND h.account_id = ANY($1::bigint[])) END
         AS accounts
  FROM spending_limit l
 WHERE l.account_id = ANY($1::bigint[])
    OR l.client_id IN (SELECT client_id FROM account_holder WHERE account_id = ANY($1::bigint[]))
 ORDER BY l.id`;

const PLACED = `SELECT transaction_id AS id, (extract(epoch FROM min(placed_at)) * 1000)::float8 AS at
  FROM hold WHERE transaction_id = ANY($1::uuid[]) GROUP BY transaction_id`;

/** The limits on these accounts and their holders, locked by id: after the accounts themselves. */
export async function lockSpending(
  session: Queries,
  accounts: readonly AccountId[],
  transactions: readonly string[],
): Promise<SpendingFacts> {
  const [limits, placed] = await Promise.all([
    session.query<LimitRow>({
      name: "engine-limits",
      text: `${LIMITS} FOR UPDATE OF l`,
      values: [accounts],
    }),
    session.query<{ id: string; at: number }>({
      name: "engine-placed",
      text: PLACED,
      values: [transactions],
    }),
  ]);
  return {
    limits: limits.rows.map(limitOf),
    placedAt: new Map(placed.rows.map(({ id, at }) => [id, Math.round(at)])),
  };
}

/** The same as they stand, for a preview: nothing is locked. */
export async function readSpending(
  session: Queries,
  accounts: readonly AccountId[],
): Promise<SpendingFacts> {
  const { rows } = await session.query<LimitRow>({
    name: "preview-limits",
    text: LIMITS,
    values: [accounts],
  });
  return { limits: rows.map(limitOf), placedAt: new Map() };
}

function limitOf(row: LimitRow): SpendingFacts["limits"][number] {
  const { id, perTransaction, perDay, perNight, used, nextTerms, nextAt, periodStart } = row;
  return {
    id,
    accounts: row.accounts.map((account) => BigInt(account)),
    terms: { perTransaction, perDay, perNight },
    next:
      nextTerms === null || nextAt === null
        ? null
        : { terms: readTerms(nextTerms), at: Math.round(nextAt) },
    periodStart: periodStart === null ? null : Math.round(periodStart),
    used,
  };
}

/** Terms as the database keeps them in JSON: plain integers. */
export function readTerms({ perTransaction, perDay, perNight }: StoredTerms): SpendingTerms {
  const centavos = (value: number | null) => (value === null ? null : BigInt(value));
  return {
    perTransaction: centavos(perTransaction),
    perDay: centavos(perDay),
    perNight: centavos(perNight),
  };
}
