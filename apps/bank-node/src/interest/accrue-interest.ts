import { accrueDaily, type AccountState } from "@pacto/banking";
import type { InterestKind, Refusal } from "@pacto/contract";
import type { Bank, StaffContext } from "../context.ts";
import { once, recall, refused, type Answer } from "../idempotency/once.ts";
import type { ItemOutcome } from "../jobs/job-kinds.ts";
import type { Command } from "../ledger/engine/command.ts";
import { idempotencyMapKey } from "../ledger/engine/fetch.ts";
import type { NewPosting, WorkingSet } from "../ledger/engine/working-set.ts";
import { INTEREST_EXPENSE, INTEREST_INCOME } from "../ledger/internal-accounts.ts";
import { ledgerRefusal } from "../ledger/ledger-refusal.ts";
import { newId } from "../new-id.ts";
import { actorScope } from "../staff/actor.ts";
import { keepPosting } from "./keep-posting.ts";
import { daysOfMonth } from "./period.ts";
import { selectDayBalances, selectRates } from "./sql.ts";

/** Owner of the keys: an account and a month have interest once, whoever asks, however often. */
const SCOPE = "interest";

/** One account's interest of one kind for one month: an item of a run. */
export interface Accrual {
  readonly number: string;
  readonly kind: InterestKind;
  /** `2026-10` */
  readonly month: string;
}

interface Accrued {
  /** Null when the month bore nothing. */
  readonly postingId: string | null;
}

/**
 * Posts what an account's balances of a month bore, at most once for account, kind and month. A
 * refusal (say, a blocked account) is not kept: the next run tries again.
 */
export async function accrueInterest(ctx: StaffContext, accrual: Accrual): Promise<ItemOutcome> {
  const amount = await amountOf(ctx.bank, accrual);
  const answer = await ctx.bank.engine.run(accrueCommand(ctx, accrual, amount));
  if (answer.ok) return { status: "done", subject: answer.value.postingId };
  return { status: "failed", refusal: answer.refusal, subject: null };
}

/** The month is over, so its entries, and with them this sum, stay as they are. */
async function amountOf({ pools }: Bank, { number, kind, month }: Accrual): Promise<bigint> {
  const days = daysOfMonth(month);
  const [rates, balances] = await Promise.all([
    selectRates(pools.api, kind),
    selectDayBalances(pools.api, number, days),
  ]);
  return accrueDaily({ ...days, ...balances, rates, side: kind });
}

function accrueCommand(
  ctx: StaffContext,
  accrual: Accrual,
  amount: bigint,
): Command<Answer<Accrued>> {
  const { number, kind, month } = accrual;
  const key = `${number}/${kind}/${month}`;
  const asked = { scope: SCOPE, key, operation: "interest.accrue", request: {} };
  return {
    name: asked.operation,
    priority: "begin",
    idempotency: { scope: SCOPE, key },
    accounts: () => [number, INTEREST_EXPENSE, INTEREST_INCOME],
    decide(set) {
      const stored = set.idempotency.get(idempotencyMapKey(asked));
      if (stored !== undefined) return recall<Accrued>(stored, asked);
      if (set.recovering) return refused("bank-recovering", { bank: set.bank });
      const id = set.accountId(number);
      const account = id === undefined ? undefined : set.account(id);
      if (account === undefined) {
        return refused("account-not-found", { bank: set.bank, account: number });
      }
      const posting = {
        id: newId(set.now),
        kind: kind === "savings" ? "savings-interest" : "overdraft-interest",
        description: month,
        transactionId: null,
        actor: actorScope(ctx.actor),
      };
      const refusal = amount > 0n ? post(set, accrual, account, { posting, amount }) : undefined;
      if (refusal !== undefined) return { ok: false, refusal };
      return once<Accrued>(set, asked, () => ({
        ok: true,
        value: { postingId: amount > 0n ? posting.id : null },
      }));
    },
  };
}

interface Posted {
  readonly posting: NewPosting;
  readonly amount: bigint;
}

function post(
  set: WorkingSet,
  { kind, month }: Accrual,
  account: AccountState,
  { posting, amount }: Posted,
): Refusal | undefined {
  const income = set.accountId(INTEREST_INCOME);
  const expense = set.accountId(INTEREST_EXPENSE);
  if (income === undefined || expense === undefined) {
    throw new Error("the bank has no accounts for interest");
  }
  if (kind === "overdraft") makeRoom(set, account, amount);
  const decision = set.post(
    posting,
    kind === "savings"
      ? [
          { account: expense, direction: "debit", amount },
          { account: account.id, direction: "credit", amount },
        ]
      : [
          { account: account.id, direction: "debit", amount },
          { account: income, direction: "credit", amount },
        ],
  );
  if (!decision.ok) {
    if (kind === "overdraft") set.changeTerms(account);
    return ledgerRefusal(set.bank, set, decision.refusal);
  }
  keepPosting(set, { account: account.id, kind, days: daysOfMonth(month), amount, posting });
  return undefined;
}

/** Interest is owed even where the overdraft is used up: it grows by as much as is lacking. */
function makeRoom(set: WorkingSet, account: AccountState, amount: bigint): void {
  const lowest = account.ledger - account.held - amount;
  if (account.floor === null || lowest >= account.floor) return;
  set.changeTerms({ ...account, floor: lowest });
}
