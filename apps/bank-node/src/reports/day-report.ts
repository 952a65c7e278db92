import { saoPauloInstant } from "@pacto/banking";
import type { DayReport } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { bankNameOf, viewKind } from "./account-report.ts";
import { readDay } from "./days.ts";
import { selectCustomerKinds, selectDay } from "./sql.ts";
import { sayable } from "./sayable.ts";

/** One day of the whole bank. Throws RefusalError `period-backwards` for a day that is none. */
export async function reportDay(
  ctx: StaffContext,
  input: { readonly on: string },
): Promise<DayReport> {
  const on = readDay(input.on);
  const span = { from: saoPauloInstant(on), to: saoPauloInstant(on, 24) };
  const { api } = ctx.bank.pools;
  const [day, kinds] = await Promise.all([selectDay(api, span), selectCustomerKinds(api, span)]);
  return {
    bank: ctx.bank.id,
    bankName: bankNameOf(ctx.bank),
    on,
    postings: day.postings,
    accountsOpened: day.accountsOpened,
    clientsRegistered: day.clientsRegistered,
    customersOpeningCentavos: sayable(day.customersOpening),
    customersClosingCentavos: sayable(day.customersClosing),
    // Cash reads as positive on the debit side.
    cashCentavos: sayable(-day.cash),
    clearingCentavos: sayable(day.clearing),
    byKind: kinds.map(viewKind),
  };
}
