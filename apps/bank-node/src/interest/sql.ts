import type { DailyCount, DailyRate, DayBalance, LocalDate } from "@pacto/banking";
import { saoPauloInstant } from "@pacto/banking";
import type { InterestKind } from "@pacto/contract";
import type { Pool } from "../database/pools.ts";

export interface RateRow extends DailyRate {
  readonly kind: InterestKind;
  readonly setBy: string;
  readonly setAt: Date;
}

/** Rates in order of their days. */
export async function selectRates(pool: Pool, kind?: InterestKind): Promise<RateRow[]> {
  const { rows } = await pool.query<RateRow & { readonly dayCount: DailyCount }>(
    `SELECT kind, since::text AS since, yearly_rate_ppm AS "yearlyRatePpm",
            day_count AS "dayCount", set_by AS "setBy", set_at AS "setAt"
       FROM interest_rate WHERE $1::text IS NULL OR kind = $1 ORDER BY since, kind`,
    [kind ?? null],
  );
  return rows;
}

export interface Days {
  /** The first day … */
  readonly from: LocalDate;
  /** … and the first one that no longer counts. */
  readonly to: LocalDate;
}

interface Balances {
  readonly openingCentavos: bigint;
  readonly changes: readonly DayBalance[];
}

/** What stood in an account before the first day, and at the end of each day on which it changed. */
export async function selectDayBalances(
  pool: Pool,
  number: string,
  { from, to }: Days,
): Promise<Balances> {
  const { rows } = await pool.query<{ on: LocalDate; balance: bigint; isBefore: boolean }>(
    `WITH mine AS (SELECT id FROM account WHERE number = $1),
          opening AS (
            SELECT e.version, e.balance_after
              FROM entry e JOIN posting p ON p.id = e.posting_id
             WHERE e.account_id = (SELECT id FROM mine) AND p.at < $2
             ORDER BY e.version DESC LIMIT 1)
     SELECT NULL AS on, balance_after AS balance, true AS "isBefore" FROM opening
     UNION ALL
     SELECT * FROM (
       SELECT DISTINCT ON (day) day, balance, false FROM (
         SELECT ((p.at AT TIME ZONE 'UTC') - interval '3 hours')::date::text AS day,
                e.balance_after AS balance, e.version
           FROM entry e JOIN posting p ON p.id = e.posting_id
          WHERE e.account_id = (SELECT id FROM mine) AND p.at >= $2 AND p.at < $3
            AND e.version > coalesce((SELECT version FROM opening), 0)) AS one
        ORDER BY day, version DESC) AS days
      ORDER BY 1 NULLS FIRST`,
    [number, saoPauloInstant(from), saoPauloInstant(to)],
  );
  return {
    openingCentavos: rows.find(({ isBefore }) => isBefore)?.balance ?? 0n,
    changes: rows
      .filter(({ isBefore }) => !isBefore)
      .map(({ on, balance }) => ({ on, balanceCentavos: balance })),
  };
}

/** Numbers of the accounts that can bear interest of a kind for these days, by their ids. */
export async function selectBearing(pool: Pool, kind: InterestKind, days: Days): Promise<string[]> {
  const savings = `a.kind = 'savings' AND a.ledger >= 0`;
  const overdraft = `a.kind IN ('checking', 'business', 'joint')
    AND (a.floor < 0 OR a.ledger < 0 OR EXISTS (
      SELECT FROM entry e JOIN posting p ON p.id = e.posting_id
       WHERE e.account_id = a.id AND e.balance_after < 0 AND p.at < $2))`;
  const { rows } = await pool.query<{ number: string }>(
    `SELECT a.number FROM account a
      WHERE a.opened_at < $2 AND a.status = 'active'
        AND $1::text IS NOT NULL AND ${kind === "savings" ? savings : overdraft}
      ORDER BY a.id`,
    [kind, saoPauloInstant(days.to)],
  );
  return rows.map(({ number }) => number);
}

/** The day until which interest of a kind was posted, or nothing. */
export async function selectPostedUntil(pool: Pool, kind: InterestKind): Promise<string | null> {
  const { rows } = await pool.query<{ until: string | null }>(
    "SELECT max(to_on)::text AS until FROM interest_posting WHERE kind = $1",
    [kind],
  );
  return rows[0]?.until ?? null;
}
