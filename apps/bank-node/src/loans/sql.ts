import type { LocalDate, PlannedInstallment } from "@pacto/banking";
import type { Pool } from "../database/pools.ts";

export interface LoanRow {
  readonly id: bigint;
  readonly number: string;
  readonly system: "price" | "sac";
  readonly principal: bigint;
  readonly monthlyRatePpm: bigint;
  readonly lateMonthlyRatePpm: bigint;
  readonly penaltyPpm: bigint;
  readonly disbursedTo: string;
  readonly createdAt: Date;
  /** Minus what is owed. */
  readonly ledger: bigint;
  readonly borrowers: readonly string[];
  readonly plan: readonly PlannedInstallment[];
}

interface LoanFilter {
  readonly number?: string | undefined;
  readonly before?: string | undefined;
  /** Only those still owing. */
  readonly openOnly?: boolean;
  readonly limit: number;
}

interface PlannedRow {
  readonly number: number;
  readonly dueOn: LocalDate;
  readonly interest: string;
  readonly amortization: string;
  readonly balance: string;
}

/** Loans with their plans, newest first. Takes no lock. */
export async function selectLoans(pool: Pool, filter: LoanFilter): Promise<LoanRow[]> {
  const { rows } = await pool.query<Omit<LoanRow, "plan"> & { plan: PlannedRow[] }>(
    `SELECT a.id, a.number, l.system, l.principal, l.monthly_rate_ppm AS "monthlyRatePpm",
            l.late_monthly_rate_ppm AS "lateMonthlyRatePpm", l.penalty_ppm AS "penaltyPpm",
            l.disbursed_to AS "disbursedTo", l.created_at AS "createdAt", a.ledger,
            (SELECT array_agg(c.name ORDER BY h.position)
               FROM account_holder h JOIN client c ON c.id = h.client_id
              WHERE h.account_id = a.id) AS borrowers,
            (SELECT jsonb_agg(jsonb_build_object(
                      'number', i.number, 'dueOn', i.due_on, 'interest', i.interest::text,
                      'amortization', i.amortization::text, 'balance', i.balance::text)
                      ORDER BY i.number)
               FROM loan_installment i WHERE i.account_id = a.id) AS plan
       FROM loan l JOIN account a ON a.id = l.account_id
      WHERE ($1::text IS NULL OR a.number = $1)
        AND ($2::bigint IS NULL OR a.id < $2)
        AND (NOT $3::boolean OR a.ledger < 0)
      ORDER BY a.id DESC LIMIT $4`,
    [filter.number ?? null, filter.before ?? null, filter.openOnly ?? false, filter.limit],
  );
  return rows.map(({ plan, ...loan }) => ({
    ...loan,
    plan: plan.map((row) => ({
      number: row.number,
      dueOn: row.dueOn,
      interestCentavos: BigInt(row.interest),
      amortizationCentavos: BigInt(row.amortization),
      balanceCentavos: BigInt(row.balance),
    })),
  }));
}

/** Whether a check was handed in before. */
export async function isCheckUsed(pool: Pool, drawer: string, number: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    "SELECT FROM loan_check WHERE drawer = $1 AND number = $2",
    [drawer, number],
  );
  return rowCount === 1;
}

/** Keys of the charges that a loan had already. */
export async function chargesMade(pool: Pool, number: string): Promise<Set<string>> {
  const { rows } = await pool.query<{ key: string }>(
    `SELECT key FROM idempotency_record
      WHERE scope = 'loan-charges' AND starts_with(key, $1)`,
    [`${number}/`],
  );
  return new Set(rows.map(({ key }) => key));
}
