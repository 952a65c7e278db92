import type { AccountState } from "@pacto/banking";
import type { BlockAccountInput, ChangeTermsInput, Refusal } from "@pacto/contract";
import { auditedStaff } from "../audit/audited.ts";
import { missingApproval } from "../approvals/missing-approval.ts";
import type { StaffContext } from "../context.ts";
import { once, type Answer } from "../idempotency/once.ts";
import type { Command } from "../ledger/engine/command.ts";
import type { WorkingSet } from "../ledger/engine/working-set.ts";
import { actorScope } from "../staff/actor.ts";
import { RefusalError } from "../trpc.ts";

interface ChangeInput {
  readonly idempotencyKey: string;
  readonly number: string;
  readonly reason: string;
}

/** What an account becomes, or why not. */
type Decide = (account: AccountState, set: WorkingSet) => AccountState | Refusal;

export interface Change {
  /** Stable name of the verb: `accounts.block`. */
  readonly operation: string;
  /** Accounts beside the changed one that the decision posts to. */
  readonly others?: readonly string[];
  readonly decide: Decide;
  readonly signing?: "either" | "both" | undefined;
  /**
   * Where the bank asks for two persons, this change takes them; with a function, from the centavos
   * on that it pays out of the account.
   */
  readonly takesTwo?: true | ((account: AccountState) => bigint);
}

/**
 * Changes what an account may do, under the same lock as its balances, so that no debit slips in
 * between. Throws RefusalError `account-not-found`, or what the decision says.
 */
export async function changeAccount(
  ctx: StaffContext,
  input: ChangeInput,
  change: Change,
): Promise<void> {
  await refuseLoan(ctx, input.number);
  const answer = await ctx.bank.engine.run(changeCommand(ctx, input, change));
  if (!answer.ok) throw new RefusalError(answer.refusal);
}

/** The terms of a loan's account are the loan's: opened to debits, it would lend again. */
async function refuseLoan(ctx: StaffContext, number: string): Promise<void> {
  const isLoan = await ctx.bank.prisma.account.count({ where: { number, kind: "loan" } });
  if (isLoan === 0) return;
  const details = { bank: ctx.bank.id, account: number };
  throw new RefusalError({ code: "loan-account", details });
}

function changeCommand(
  ctx: StaffContext,
  input: ChangeInput,
  { operation, decide, others = [], signing, takesTwo }: Change,
): Command<Answer<{ readonly number: string }>> {
  const { idempotencyKey: key, ...request } = input;
  const scope = actorScope(ctx.actor);
  return {
    name: operation,
    priority: "begin",
    idempotency: { scope, key },
    accounts: () => [input.number, ...others],
    decide(set) {
      const id = set.accountId(input.number);
      const before = id === undefined ? undefined : set.account(id);
      const asked = { scope, key, ...amountOf(takesTwo, before) };
      const missing = takesTwo === undefined ? undefined : missingApproval(ctx, set, asked);
      if (missing !== undefined) return { ok: false, refusal: missing };
      return once(set, { scope, key, operation, request }, () => {
        if (before === undefined) {
          const details = { bank: ctx.bank.id, account: input.number };
          return { ok: false, refusal: { code: "account-not-found", details } };
        }
        const decided = decide(before, set);
        if ("code" in decided) return { ok: false, refusal: decided };
        set.changeTerms(decided);
        set.alsoWrite({
          name: "account-reason",
          text: `UPDATE account SET status_reason = $2, signing = coalesce($3, signing)
                  WHERE id = $1`,
          values: [decided.id, reasonOf(decided, input.reason), signing ?? null],
        });
        set.audit({
          ...auditedStaff(ctx),
          action: operation,
          subject: input.number,
          transactionId: null,
          details: { ...request, before: termsOf(before), after: termsOf(decided) },
        });
        return { ok: true, value: { number: input.number } };
      });
    },
  };
}

function amountOf(takesTwo: Change["takesTwo"], account: AccountState | undefined) {
  if (typeof takesTwo !== "function") return {};
  return { amount: account === undefined ? 0 : Number(takesTwo(account)) };
}

/** The reason stays for as long as there is something to explain. */
function reasonOf(account: AccountState, reason: string): string | null {
  const isPlain = account.status === "active" && !account.debitsBlocked && !account.creditsBlocked;
  return isPlain ? null : reason;
}

function termsOf({ status, debitsBlocked, creditsBlocked, floor, ceiling }: AccountState) {
  return {
    status,
    debitsBlocked,
    creditsBlocked,
    overdraftCentavos: floor === null ? null : Number(-floor),
    ceilingCentavos: ceiling === null ? null : Number(ceiling),
  };
}

/** Blocks debits, credits or both: what is promised already is still kept (law 7). */
export function blockAccount(ctx: StaffContext, input: BlockAccountInput): Promise<void> {
  return changeAccount(ctx, input, {
    operation: "accounts.block",
    decide: (account) => ({
      ...account,
      debitsBlocked: account.debitsBlocked || input.what !== "credits",
      creditsBlocked: account.creditsBlocked || input.what !== "debits",
    }),
  });
}

/** Lets debits and credits through again. */
export function unblockAccount(ctx: StaffContext, input: ChangeInput): Promise<void> {
  return changeAccount(ctx, input, {
    operation: "accounts.unblock",
    takesTwo: true,
    decide: (account) => ({ ...account, debitsBlocked: false, creditsBlocked: false }),
  });
}

/** Makes a closed account active again. Throws RefusalError `account-active`. */
export function reopenAccount(ctx: StaffContext, input: ChangeInput): Promise<void> {
  return changeAccount(ctx, input, {
    operation: "accounts.reopen",
    decide: (account) =>
      account.status === "closed"
        ? { ...account, status: "active" }
        : { code: "account-active", details: { account: input.number } },
  });
}

/**
 * Changes ceiling, overdraft or signing. Throws RefusalError `overdraft-in-use` or
 * `ceiling-below-balance` when the account as it stands would break the new terms.
 */
export function changeTerms(ctx: StaffContext, input: ChangeTermsInput): Promise<void> {
  return changeAccount(ctx, input, {
    operation: "accounts.changeTerms",
    takesTwo: true,
    signing: input.signing,
    decide: (account) => newTerms(account, input),
  });
}

function newTerms(account: AccountState, input: ChangeTermsInput): AccountState | Refusal {
  const { number, ceilingCentavos, overdraftCentavos } = input;
  const floor = overdraftCentavos === undefined ? account.floor : BigInt(-overdraftCentavos);
  const ceiling =
    ceilingCentavos === undefined
      ? account.ceiling
      : ceilingCentavos === null
        ? null
        : BigInt(ceilingCentavos);
  const lowest = account.ledger - account.held;
  if (floor !== null && lowest < floor) {
    return {
      code: "overdraft-in-use",
      details: { account: number, usedCentavos: Number(-lowest) },
    };
  }
  const highest = account.ledger + account.incoming;
  if (ceiling !== null && highest > ceiling) {
    const details = { account: number, balanceCentavos: Number(highest) };
    return { code: "ceiling-below-balance", details };
  }
  return { ...account, floor, ceiling };
}
