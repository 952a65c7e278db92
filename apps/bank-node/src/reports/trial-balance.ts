import type { TrialBalance } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { bankNameOf } from "./account-report.ts";
import { selectTrial } from "./sql.ts";
import { sayable } from "./sayable.ts";

/** All balances of the bank's books at an instant, now unless one is named. */
export async function readTrialBalance(
  ctx: StaffContext,
  input: { readonly at?: string | undefined },
): Promise<TrialBalance> {
  const at = input.at === undefined ? new Date() : new Date(input.at);
  const rows = await selectTrial(ctx.bank.pools.api, at);
  const lines = rows.map(({ account, accounts, debit, credit }) => ({
    account,
    accounts,
    debitCentavos: sayable(debit),
    creditCentavos: sayable(credit),
  }));
  return {
    bank: ctx.bank.id,
    bankName: bankNameOf(ctx.bank),
    at: at.toISOString(),
    lines,
    debitCentavos: sayable(rows.reduce((sum, { debit }) => sum + debit, 0n)),
    creditCentavos: sayable(rows.reduce((sum, { credit }) => sum + credit, 0n)),
  };
}
