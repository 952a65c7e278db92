import { MAX_CENTAVOS } from "../money/centavos.ts";
import type { AccountId } from "./account.ts";
import type { Direction, Leg } from "./leg.ts";
import type { LedgerRefusal } from "./refusal.ts";

export interface Sum {
  readonly account: AccountId;
  readonly direction: Direction;
  amount: bigint;
}

/** Up to this many accounts a linear search beats a map. */
export const FEW = 12;

/**
 * Appends one sum per account to `sums`, in the order in which the legs name them (R37), or says
 * why the legs are no balanced posting. An account on both sides is refused, not netted: netting
 * would hide who paid whom.
 */
export function sumLegs(legs: readonly Leg[], sums: Sum[]): LedgerRefusal | null {
  if (legs.length === 0) return { code: "no-legs" };
  const seen = legs.length > FEW ? new Map<AccountId, Sum>() : null;
  let difference = 0n;
  for (const leg of legs) {
    if (leg.amount <= 0n) return { code: "amount-not-positive" };
    if (leg.amount > MAX_CENTAVOS) return tooLarge();
    difference += leg.direction === "debit" ? leg.amount : -leg.amount;
    const sum = seen === null ? find(sums, leg.account) : seen.get(leg.account);
    if (sum === undefined) {
      const first = { account: leg.account, direction: leg.direction, amount: leg.amount };
      sums.push(first);
      seen?.set(leg.account, first);
      continue;
    }
    if (sum.direction !== leg.direction) {
      return { code: "same-account-both-sides", account: leg.account };
    }
    sum.amount += leg.amount;
    if (sum.amount > MAX_CENTAVOS) return tooLarge();
  }
  return difference === 0n ? null : { code: "unbalanced", differenceCentavos: difference };
}

function find(sums: readonly Sum[], account: AccountId): Sum | undefined {
  for (const sum of sums) if (sum.account === account) return sum;
  return undefined;
}

function tooLarge(): LedgerRefusal {
  return { code: "amount-too-large", maximumCentavos: MAX_CENTAVOS };
}
