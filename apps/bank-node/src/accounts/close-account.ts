import type { AccountState } from "@pacto/banking";
import type { CloseAccountInput, Refusal } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import type { WorkingSet } from "../ledger/engine/working-set.ts";
import { ledgerRefusal } from "../ledger/ledger-refusal.ts";
import { newId } from "../new-id.ts";
import { actorScope } from "../staff/actor.ts";
import { changeAccount } from "./change-account.ts";

/**
 * Closes an account at zero and without holds; what is left can be paid out to another account of
 * the bank in the same posting batch. Throws RefusalError `account-not-empty`,
 * `account-has-holds`, `account-closed`, `approval-needed` for a payout that takes two persons, or
 * what the ledger says of it.
 */
export function closeAccount(ctx: StaffContext, input: CloseAccountInput): Promise<void> {
  return changeAccount(ctx, input, {
    operation: "accounts.close",
    others: input.payoutTo === undefined ? [] : [input.payoutTo],
    takesTwo: ({ ledger }) => (input.payoutTo === undefined ? 0n : ledger),
    decide: (account, set) => decideClose(ctx, input, account, set),
  });
}

function decideClose(
  ctx: StaffContext,
  { number, payoutTo }: CloseAccountInput,
  account: AccountState,
  set: WorkingSet,
): AccountState | Refusal {
  const details = { bank: ctx.bank.id, account: number };
  if (account.status === "closed") return { code: "account-closed", details };
  if (account.held > 0n || account.incoming > 0n) return { code: "account-has-holds", details };
  if (account.ledger === 0n) return { ...account, status: "closed" };
  if (payoutTo === undefined || account.ledger < 0n) {
    const balanceCentavos = Number(account.ledger);
    return { code: "account-not-empty", details: { ...details, balanceCentavos } };
  }
  const to = set.accountId(payoutTo);
  if (to === undefined) {
    return { code: "account-not-found", details: { bank: ctx.bank.id, account: payoutTo } };
  }
  const posting = {
    id: newId(set.now),
    kind: "closing-payout",
    description: number,
    transactionId: null,
    actor: actorScope(ctx.actor),
  };
  const amount = account.ledger;
  const decision = set.post(posting, [
    { account: account.id, direction: "debit", amount },
    { account: to, direction: "credit", amount },
  ]);
  if (!decision.ok) return ledgerRefusal(ctx.bank.id, set, decision.refusal);
  const emptied = set.account(account.id);
  if (emptied === undefined) throw new Error(`account ${number} left its batch`);
  return { ...emptied, status: "closed" };
}
