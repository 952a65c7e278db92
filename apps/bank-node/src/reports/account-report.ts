import { saoPauloInstant } from "@pacto/banking";
import { findMember, type AccountReport } from "@pacto/contract";
import { oneAccount } from "../accounts/read-accounts.ts";
import type { Bank, StaffContext } from "../context.ts";
import { readDays } from "./days.ts";
import { selectAccountKinds, selectSumBefore, type KindRow } from "./sql.ts";
import { sayable } from "./sayable.ts";

export function bankNameOf(bank: Bank): string {
  return findMember(bank.manifest, bank.id)?.name ?? bank.id;
}

export function viewKind({ kind, count, credits, debits }: KindRow) {
  return { kind, count, creditsCentavos: sayable(credits), debitsCentavos: sayable(debits) };
}

interface Asked {
  readonly number: string;
  readonly from: string;
  readonly to: string;
}

/**
 * What the entries of an account's days sum to, the newest ones included or up to a version of the
 * account. Throws RefusalError `account-not-found` or `period-backwards`.
 */
export async function reportAccount(
  ctx: StaffContext,
  input: Asked,
  through?: bigint,
): Promise<AccountReport> {
  const { from, to } = readDays(input);
  const row = await oneAccount(ctx, input.number);
  const span = {
    from: saoPauloInstant(from),
    to: saoPauloInstant(to, 24),
    through: through ?? row.version,
  };
  const { api } = ctx.bank.pools;
  const [opening, kinds] = await Promise.all([
    selectSumBefore(api, row.id, span.from),
    selectAccountKinds(api, row.id, span),
  ]);
  const credits = kinds.reduce((sum, one) => sum + one.credits, 0n);
  const debits = kinds.reduce((sum, one) => sum + one.debits, 0n);
  return {
    bank: ctx.bank.id,
    bankName: bankNameOf(ctx.bank),
    agency: row.agency,
    number: row.number,
    kind: row.kind,
    holders: row.holders.map(({ name }) => name),
    from,
    to,
    openingCentavos: sayable(opening),
    creditsCentavos: sayable(credits),
    debitsCentavos: sayable(debits),
    closingCentavos: sayable(opening + credits + debits),
    entries: kinds.reduce((sum, one) => sum + one.count, 0),
    byKind: kinds.map(viewKind),
  };
}
