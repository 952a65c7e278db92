import {
  installmentState,
  overdueOn,
  saoPauloDate,
  type LocalDate,
  type PlannedInstallment,
} from "@pacto/banking";
import type { InstallmentView, LoanView, SimulateLoanInput } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { RefusalError } from "../trpc.ts";
import { planLoan } from "./plan-loan.ts";
import { selectLoans, type LoanRow } from "./sql.ts";

export function viewInstallment(
  one: PlannedInstallment,
  debtCentavos: bigint,
  today: LocalDate,
): InstallmentView {
  return {
    number: one.number,
    dueOn: one.dueOn,
    paymentCentavos: Number(one.interestCentavos + one.amortizationCentavos),
    interestCentavos: Number(one.interestCentavos),
    amortizationCentavos: Number(one.amortizationCentavos),
    balanceCentavos: Number(one.balanceCentavos),
    state: installmentState(one, debtCentavos, today),
  };
}

function viewLoan(bank: string, row: LoanRow, today: LocalDate): LoanView {
  const debt = -row.ledger;
  const overdue = overdueOn(row.plan, debt, today);
  const next = row.plan.find((one) => installmentState(one, debt, today) !== "paid");
  return {
    bank,
    number: row.number,
    borrowers: [...row.borrowers],
    system: row.system,
    principalCentavos: Number(row.principal),
    monthlyRatePpm: Number(row.monthlyRatePpm),
    lateMonthlyRatePpm: Number(row.lateMonthlyRatePpm),
    penaltyPpm: Number(row.penaltyPpm),
    disbursedTo: row.disbursedTo,
    createdAt: row.createdAt.toISOString(),
    debtCentavos: Number(debt),
    overdueCentavos: Number(overdue),
    nextDueOn: debt === 0n ? null : (next?.dueOn ?? null),
    state: debt === 0n ? "paid" : overdue > 0n ? "late" : "open",
  };
}

/** Throws RefusalError `not-a-loan`. */
export async function oneLoan(ctx: StaffContext, number: string): Promise<LoanRow> {
  const [row] = await selectLoans(ctx.bank.pools.api, { number, limit: 1 });
  if (row !== undefined) return row;
  const details = { bank: ctx.bank.id, account: number };
  throw new RefusalError({ code: "not-a-loan", details });
}

/** The loan with its installments. Throws RefusalError `not-a-loan`. */
export async function getLoan(ctx: StaffContext, { number }: { readonly number: string }) {
  const row = await oneLoan(ctx, number);
  const today = saoPauloDate(new Date());
  return {
    loan: viewLoan(ctx.bank.id, row, today),
    installments: row.plan.map((one) => viewInstallment(one, -row.ledger, today)),
  };
}

interface ListLoans {
  readonly lateOnly: boolean;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Loans, newest first. With `lateOnly` a page may be short: the cursor still leads on. */
export async function listLoans(ctx: StaffContext, input: ListLoans) {
  const rows = await selectLoans(ctx.bank.pools.api, {
    before: input.cursor,
    openOnly: input.lateOnly,
    limit: input.limit + 1,
  });
  const page = rows.slice(0, input.limit);
  const today = saoPauloDate(new Date());
  const loans = page.map((row) => viewLoan(ctx.bank.id, row, today));
  const last = page.at(-1);
  return {
    loans: input.lateOnly ? loans.filter(({ state }) => state === "late") : loans,
    nextCursor: rows.length > input.limit && last !== undefined ? String(last.id) : null,
  };
}

/** What a loan would cost. Throws RefusalError as `planLoan` does. */
export function simulateLoan(input: SimulateLoanInput) {
  const { monthlyRatePpm, installments } = planLoan(input, new Date());
  const interest = installments.reduce((sum, one) => sum + one.interestCentavos, 0n);
  const today = saoPauloDate(new Date());
  return {
    monthlyRatePpm: Number(monthlyRatePpm),
    totalInterestCentavos: Number(interest),
    totalPaidCentavos: Number(interest) + input.principalCentavos,
    installments: installments.map((one) =>
      viewInstallment(one, BigInt(input.principalCentavos), today),
    ),
  };
}
