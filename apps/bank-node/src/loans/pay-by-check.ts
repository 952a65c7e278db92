import type { LoanPaymentOutput, PayLoanByCheckInput, Refusal } from "@pacto/contract";
import { auditedStaff } from "../audit/audited.ts";
import type { StaffContext } from "../context.ts";
import { sqlStateOf } from "../database/conflicts.ts";
import { once, refused, type Answer } from "../idempotency/once.ts";
import type { Command } from "../ledger/engine/command.ts";
import { CHECKS } from "../ledger/internal-accounts.ts";
import { ledgerRefusal } from "../ledger/ledger-refusal.ts";
import { newId } from "../new-id.ts";
import { actorScope } from "../staff/actor.ts";
import { RefusalError } from "../trpc.ts";
import { oneLoan } from "./read-loans.ts";
import { isCheckUsed } from "./sql.ts";

const OPERATION = "loans.payByCheck";
const UNIQUE_VIOLATION = "23505";

/**
 * Pays a loan with a check, which waits in the bank's checks for its drawer's bank. Throws
 * RefusalError `loan-overpaid` beyond the debt, `check-already-used`, `not-a-loan`.
 */
export async function payLoanByCheck(
  ctx: StaffContext,
  input: PayLoanByCheckInput,
): Promise<LoanPaymentOutput> {
  const { id } = await oneLoan(ctx, input.number);
  const drawer = input.drawer.toLocaleLowerCase("pt-BR").replaceAll(/\s+/g, " ");
  const answer = await ctx.bank.engine
    .run(checkCommand(ctx, input, { id, drawer }))
    .catch(async (error: unknown): Promise<Answer<LoanPaymentOutput>> => {
      const isTaken = sqlStateOf(error) === UNIQUE_VIOLATION;
      const { pools } = ctx.bank;
      if (!isTaken || !(await isCheckUsed(pools.api, drawer, input.checkNumber))) throw error;
      return refused("check-already-used", { drawer: input.drawer, check: input.checkNumber });
    });
  if (!answer.ok) throw new RefusalError(answer.refusal);
  return answer.value;
}

function checkCommand(
  ctx: StaffContext,
  input: PayLoanByCheckInput,
  loan: { readonly id: bigint; readonly drawer: string },
): Command<Answer<LoanPaymentOutput>> {
  const { idempotencyKey: key, ...request } = input;
  const scope = actorScope(ctx.actor);
  return {
    name: OPERATION,
    priority: "begin",
    idempotency: { scope, key },
    accounts: () => [input.number, CHECKS],
    decide(set) {
      return once(set, { scope, key, operation: OPERATION, request }, () => {
        const checks = set.accountId(CHECKS);
        if (checks === undefined) throw new Error("the bank has no account for checks");
        const amount = BigInt(input.amountCentavos);
        const description = `${input.checkNumber} ${input.drawer}`;
        const posting = {
          id: newId(set.now),
          kind: "check-payment",
          description,
          transactionId: null,
          actor: scope,
        };
        const decision = set.post(posting, [
          { account: checks, direction: "debit", amount },
          { account: loan.id, direction: "credit", amount },
        ]);
        if (!decision.ok) {
          const refusal = ledgerRefusal(ctx.bank.id, set, decision.refusal);
          return { ok: false, refusal: asOverpaid(refusal) };
        }
        set.alsoWrite({
          name: "loan-check",
          text: `INSERT INTO loan_check (drawer, number, account_id, amount, posting_id)
                 VALUES ($1, $2, $3, $4, $5)`,
          values: [loan.drawer, input.checkNumber, loan.id, amount, posting.id],
        });
        set.audit({
          ...auditedStaff(ctx),
          action: OPERATION,
          subject: input.number,
          transactionId: null,
          details: { ...request, postingId: posting.id },
        });
        const { number, amountCentavos } = input;
        const debtCentavos = Number(-(set.account(loan.id)?.ledger ?? 0n));
        const at = new Date(set.now).toISOString();
        const value = { postingId: posting.id, number, amountCentavos, debtCentavos, at };
        return { ok: true, value };
      });
    },
  };
}

/** The ledger's ceiling of zero, in the words of a loan. */
function asOverpaid(refusal: Refusal): Refusal {
  if (refusal.code !== "ceiling-exceeded") return refusal;
  const { account = "", roomCentavos = 0 } = refusal.details;
  return { code: "loan-overpaid", details: { account, debtCentavos: roomCentavos } };
}
