import type { LoanReport } from "@pacto/contract";
import { oneAccount, viewEntry } from "../accounts/read-accounts.ts";
import { selectEntries, type EntryRow } from "../accounts/sql.ts";
import type { StaffContext } from "../context.ts";
import { getLoan } from "../loans/read-loans.ts";
import { sayable } from "./sayable.ts";

/** 480 installments with their charges, payments and a year of late interest each fit. */
const ENTRIES_MAX = 5_000;

/** A loan with its plan and all that happened to its debt. Throws RefusalError `not-a-loan`. */
export async function reportLoan(
  ctx: StaffContext,
  input: { readonly number: string },
): Promise<LoanReport> {
  const { loan, installments } = await getLoan(ctx, input);
  const { id } = await oneAccount(ctx, input.number);
  const rows = await selectEntries(ctx.bank.pools.api, id, { limit: ENTRIES_MAX });
  const interest = charged(rows, "loan-interest", "loan-late-interest");
  const penalties = charged(rows, "loan-penalty");
  const paid = rows.reduce((sum, { amount }) => (amount > 0n ? sum + amount : sum), 0n);
  return {
    loan,
    installments,
    entries: rows.toReversed().map(viewEntry),
    interestCentavos: sayable(interest),
    penaltiesCentavos: sayable(penalties),
    paidCentavos: sayable(paid),
  };
}

function charged(rows: readonly EntryRow[], ...kinds: readonly string[]): bigint {
  return rows.reduce((sum, { kind, amount }) => (kinds.includes(kind) ? sum - amount : sum), 0n);
}
