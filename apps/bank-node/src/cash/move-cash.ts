import type { CashInput, CashOutput, Refusal, WithdrawInput } from "@pacto/contract";
import { auditedStaff } from "../audit/audited.ts";
import { demandHolder } from "../accounts/demand-holder.ts";
import { missingApproval } from "../approvals/missing-approval.ts";
import type { StaffContext } from "../context.ts";
import { once, refused, type Answer } from "../idempotency/once.ts";
import type { Command } from "../ledger/engine/command.ts";
import type { Signed, WorkingSet } from "../ledger/engine/working-set.ts";
import { ledgerRefusal } from "../ledger/ledger-refusal.ts";
import { newId } from "../new-id.ts";
import { actorScope } from "../staff/actor.ts";
import { RefusalError } from "../trpc.ts";
import { cashAccounts, cashSide } from "./cash-side.ts";

/** Credits the account with notes and coins handed in. Throws RefusalError with the ledger's code. */
export function deposit(ctx: StaffContext, input: CashInput): Promise<CashOutput> {
  return moveCash(ctx, input, "deposit");
}

/**
 * Debits the account for notes and coins handed out. Throws RefusalError with the ledger's code, or
 * `not-a-holder` when it names a client who is none.
 */
export async function withdraw(
  ctx: StaffContext,
  input: WithdrawInput,
  by?: SignedWithdrawal,
): Promise<CashOutput> {
  await demandHolder(ctx, input.askedBy, [{ bank: ctx.bank.id, account: input.number }]);
  return moveCash(ctx, input, "withdrawal", by);
}

type CashKind = "deposit" | "withdrawal";

/** A withdrawal for which every holder has signed; its key belongs to the debit, not the teller. */
export interface SignedWithdrawal {
  readonly scope: string;
  readonly signed: Signed;
}

async function moveCash(
  ctx: StaffContext,
  input: CashInput,
  kind: CashKind,
  by?: SignedWithdrawal,
): Promise<CashOutput> {
  const answer = await ctx.bank.engine.run(cashCommand(ctx, input, kind, by));
  if (!answer.ok) throw new RefusalError(answer.refusal);
  return answer.value;
}

function cashCommand(
  ctx: StaffContext,
  input: CashInput,
  kind: CashKind,
  by: SignedWithdrawal | undefined,
): Command<Answer<CashOutput>> {
  const { idempotencyKey: key, ...request } = input;
  const teller = actorScope(ctx.actor);
  const scope = by?.scope ?? teller;
  return {
    name: `cash.${kind}`,
    priority: "begin",
    idempotency: { scope, key },
    accounts: () => [input.number, ...cashAccounts(teller)],
    decide(set) {
      const missing =
        kind === "withdrawal"
          ? missingApproval(ctx, set, { scope, key, amount: input.amountCentavos })
          : undefined;
      if (missing !== undefined) return { ok: false, refusal: missing };
      return once(set, { scope, key, operation: `cash.${kind}`, request }, () => {
        const posting = {
          id: newId(set.now),
          kind,
          description: input.description,
          transactionId: null,
          actor: teller,
        };
        const refusal = post(ctx, set, { input, posting, signed: by?.signed });
        if (refusal !== undefined) return { ok: false, refusal };
        set.audit({
          ...auditedStaff(ctx),
          action: `cash.${kind}`,
          subject: input.number,
          transactionId: null,
          details: { postingId: posting.id, amountCentavos: input.amountCentavos },
        });
        const account = set.accountId(input.number) ?? 0n;
        return {
          ok: true,
          value: {
            postingId: posting.id,
            number: input.number,
            amountCentavos: input.amountCentavos,
            balanceAfterCentavos: Number(set.account(account)?.ledger),
            at: new Date(set.now).toISOString(),
          },
        };
      });
    },
  };
}

interface CashPosting {
  readonly input: CashInput;
  readonly posting: Parameters<WorkingSet["post"]>[0];
  readonly signed: Signed | undefined;
}

function post(
  ctx: StaffContext,
  set: WorkingSet,
  { input, posting, signed }: CashPosting,
): Refusal | undefined {
  const account = set.accountId(input.number);
  if (account === undefined) {
    return { code: "account-not-found", details: { bank: ctx.bank.id, account: input.number } };
  }
  const cash = cashSide(set, posting.actor);
  if (!cash.ok) return cash.refusal;
  const amount = BigInt(input.amountCentavos);
  if (posting.kind === "deposit") {
    const decision = set.post(posting, [
      { account: cash.account, direction: "debit", amount },
      { account, direction: "credit", amount },
    ]);
    return decision.ok ? undefined : ledgerRefusal(ctx.bank.id, set, decision.refusal);
  }
  const { withdrawalMax } = set.counterRules;
  if (withdrawalMax !== null && amount > BigInt(withdrawalMax)) {
    return refused("withdrawal-too-large", { limitCentavos: withdrawalMax }).refusal;
  }
  const decision = set.spend(
    posting,
    [
      { account, direction: "debit", amount },
      { account: cash.account, direction: "credit", amount },
    ],
    signed,
  );
  if (decision.ok) return undefined;
  // What the drawer lacks is not told: its count is to be blind.
  const isDrawerShort = cash.isDrawer && decision.refusal.code === "ceiling-exceeded";
  if (isDrawerShort && decision.refusal.account === cash.account) {
    return { code: "drawer-short", details: {} };
  }
  return ledgerRefusal(ctx.bank.id, set, decision.refusal);
}
