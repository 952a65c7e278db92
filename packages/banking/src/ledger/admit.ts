import { MAX_CENTAVOS } from "../money/centavos.ts";
import type { AccountState } from "./account.ts";
import type { Direction } from "./leg.ts";
import type { LedgerRefusal } from "./refusal.ts";

/**
 * Says why an account cannot take a debit or credit of `amount` centavos, or null when it can.
 * Holds count as if they had happened, on the side where they hurt: debits on hold lower what is
 * available, credits on hold use up room under the ceiling (R34). So whatever was admitted can be
 * captured later in any order.
 */
export function admit(
  account: AccountState,
  direction: Direction,
  amount: bigint,
): LedgerRefusal | null {
  if (account.status === "closed") return { code: "account-closed", account: account.id };
  return direction === "debit" ? admitDebit(account, amount) : admitCredit(account, amount);
}

function admitDebit(account: AccountState, amount: bigint): LedgerRefusal | null {
  if (account.debitsBlocked) return { code: "debits-blocked", account: account.id };
  const lowest = account.ledger - account.held - amount;
  if (account.floor !== null && lowest < account.floor) {
    return {
      code: "insufficient-funds",
      account: account.id,
      availableCentavos: lowest + amount - account.floor,
      missingCentavos: account.floor - lowest,
    };
  }
  return lowest < -MAX_CENTAVOS ? tooLarge() : null;
}

function admitCredit(account: AccountState, amount: bigint): LedgerRefusal | null {
  if (account.creditsBlocked) return { code: "credits-blocked", account: account.id };
  const highest = account.ledger + account.incoming + amount;
  if (account.ceiling !== null && highest > account.ceiling) {
    return {
      code: "ceiling-exceeded",
      account: account.id,
      roomCentavos: account.ceiling - highest + amount,
      excessCentavos: highest - account.ceiling,
    };
  }
  return highest > MAX_CENTAVOS ? tooLarge() : null;
}

function tooLarge(): LedgerRefusal {
  return { code: "amount-too-large", maximumCentavos: MAX_CENTAVOS };
}
