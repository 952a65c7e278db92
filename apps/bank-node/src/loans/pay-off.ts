import { accruedInterest, saoPauloDate, type LocalDate } from "@pacto/banking";
import type { LoanPaymentOutput, PayOffLoanInput } from "@pacto/contract";
import { auditedStaff } from "../audit/audited.ts";
import type { StaffContext } from "../context.ts";
import { once, refused, type Answer } from "../idempotency/once.ts";
import type { Command } from "../ledger/engine/command.ts";
import type { WorkingSet } from "../ledger/engine/working-set.ts";
import { INTEREST_INCOME } from "../ledger/internal-accounts.ts";
import { ledgerRefusal } from "../ledger/ledger-refusal.ts";
import { newId } from "../new-id.ts";
import { actorScope } from "../staff/actor.ts";
import { RefusalError } from "../trpc.ts";
import { chargeLoan, pendingCharges } from "./charge-loans.ts";
import { oneLoan } from "./read-loans.ts";
import type { LoanRow } from "./sql.ts";

const OPERATION = "loans.payOff";

/** From the last installment that was charged, or from the day of the disbursement. */
function accruesFrom(loan: LoanRow, today: LocalDate): LocalDate {
  const charged = loan.plan.findLast(({ dueOn }) => dueOn <= today);
  return charged?.dueOn ?? saoPauloDate(loan.createdAt);
}

function accruedOn(loan: LoanRow, debt: bigint, today: LocalDate): bigint {
  const days = { from: accruesFrom(loan, today), to: today };
  return accruedInterest(debt, loan.monthlyRatePpm, days);
}

/** What would end the loan today; charges that fell due and are not posted yet count as debt. */
export async function quotePayoff(ctx: StaffContext, { number }: { readonly number: string }) {
  const on = saoPauloDate(new Date());
  const loan = await oneLoan(ctx, number);
  const debt = (await pendingCharges(ctx.bank, loan, on)) - loan.ledger;
  const accrued = accruedOn(loan, debt, on);
  return {
    number,
    on,
    debtCentavos: Number(debt),
    accruedCentavos: Number(accrued),
    totalCentavos: Number(debt + accrued),
  };
}

/**
 * Charges the interest accrued until today and pays the whole debt from an account of this bank, in
 * one database transaction. Throws RefusalError `not-a-loan`, `loan-paid`, or what the ledger says.
 */
export async function payOffLoan(
  ctx: StaffContext,
  input: PayOffLoanInput,
): Promise<LoanPaymentOutput> {
  await chargeLoan(ctx.bank, await oneLoan(ctx, input.number), saoPauloDate(new Date()));
  const loan = await oneLoan(ctx, input.number);
  const answer = await ctx.bank.engine.run(payOffCommand(ctx, input, loan));
  if (!answer.ok) throw new RefusalError(answer.refusal);
  return answer.value;
}

function payOffCommand(
  ctx: StaffContext,
  input: PayOffLoanInput,
  loan: LoanRow,
): Command<Answer<LoanPaymentOutput>> {
  const { idempotencyKey: key, ...request } = input;
  const scope = actorScope(ctx.actor);
  return {
    name: OPERATION,
    priority: "begin",
    idempotency: { scope, key },
    accounts: () => [input.number, input.from, INTEREST_INCOME],
    decide(set) {
      return once(set, { scope, key, operation: OPERATION, request }, () =>
        decidePayOff(ctx, set, input, loan),
      );
    },
  };
}

function decidePayOff(
  ctx: StaffContext,
  set: WorkingSet,
  input: PayOffLoanInput,
  row: LoanRow,
): Answer<LoanPaymentOutput> {
  const { number } = input;
  const bank = ctx.bank.id;
  const from = set.accountId(input.from);
  if (from === undefined) return refused("account-not-found", { bank, account: input.from });
  const loan = set.account(row.id);
  if (loan === undefined) return refused("not-a-loan", { bank, account: number });
  if (loan.ledger === 0n) return refused("loan-paid", { account: number });
  if (loan.incoming > 0n) return refused("account-has-holds", { bank, account: number });
  const accrued = accruedOn(row, -loan.ledger, saoPauloDate(new Date(set.now)));
  const total = accrued - loan.ledger;
  const actor = actorScope(ctx.actor);
  const about = { description: number, transactionId: null, actor };
  const id = newId(set.now);
  const paid = set.spend({ ...about, id, kind: "loan-payment" }, [
    { account: from, direction: "debit", amount: total },
    { account: row.id, direction: "credit", amount: -loan.ledger },
    ...(accrued === 0n ? [] : [incomeLeg(set, accrued)]),
  ]);
  if (!paid.ok) return { ok: false, refusal: ledgerRefusal(bank, set, paid.refusal) };
  set.audit({
    ...auditedStaff(ctx),
    action: OPERATION,
    subject: number,
    transactionId: null,
    details: { from: input.from, postingId: id },
  });
  const at = new Date(set.now).toISOString();
  const amountCentavos = Number(total);
  return { ok: true, value: { postingId: id, number, amountCentavos, debtCentavos: 0, at } };
}

function incomeLeg(set: WorkingSet, amount: bigint) {
  const account = set.accountId(INTEREST_INCOME);
  if (account === undefined) throw new Error("the bank has no account for interest");
  return { account, direction: "credit" as const, amount };
}
