import type { AccountId } from "@pacto/banking";
import type { Refusal } from "@pacto/contract";
import type { WorkingSet } from "../ledger/engine/working-set.ts";
import { CASH } from "../ledger/internal-accounts.ts";

/** Number of a teller's drawer: a ledger account of its own, active while the drawer is open. */
export function drawerNumber(teller: string): string {
  return `drawer:${teller}`;
}

/** The accounts that a cash verb of this teller may post against; a command locks both. */
export function cashAccounts(teller: string): string[] {
  return [CASH, drawerNumber(teller)];
}

type CashSide =
  | { readonly ok: true; readonly account: AccountId; readonly isDrawer: boolean }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * Where this teller's notes and coins lie: in the own open drawer; without one in the vault, unless
 * the bank demands drawers. Nobody posts against another person's drawer.
 */
export function cashSide(set: WorkingSet, teller: string): CashSide {
  const drawer = set.accountId(drawerNumber(teller));
  if (drawer !== undefined && set.account(drawer)?.status === "active") {
    return { ok: true, account: drawer, isDrawer: true };
  }
  if (set.counterRules.drawersRequired) {
    return { ok: false, refusal: { code: "drawer-not-open", details: {} } };
  }
  const vault = set.accountId(CASH);
  if (vault === undefined) throw new Error("the bank has no cash account");
  return { ok: true, account: vault, isDrawer: false };
}
