import { accountNumberFor, type AccountState } from "@pacto/banking";
import type { CreateLoanInput } from "@pacto/contract";
import { missingApproval } from "../approvals/missing-approval.ts";
import { auditedStaff } from "../audit/audited.ts";
import type { StaffContext } from "../context.ts";
import { once, refused, type Answer } from "../idempotency/once.ts";
import type { Command } from "../ledger/engine/command.ts";
import type { WorkingSet } from "../ledger/engine/working-set.ts";
import { newId } from "../new-id.ts";
import { actorScope } from "../staff/actor.ts";
import { RefusalError } from "../trpc.ts";
import { planLoan, type LoanPlan } from "./plan-loan.ts";
import { postToLoan } from "./post-charge.ts";

interface NewLoan {
  readonly id: bigint;
  readonly number: string;
  readonly agency: string;
  readonly holders: readonly string[];
  readonly plan: LoanPlan;
}

const OPERATION = "loans.create";

/**
 * Lends money: opens the loan's account, writes its plan and pays the principal out to an account
 * of this bank, whose holders are the borrowers; one database transaction. Throws RefusalError,
 * `approval-needed` where the bank lends that much by two persons only.
 */
export async function createLoan(
  ctx: StaffContext,
  input: CreateLoanInput,
): Promise<{ readonly number: string }> {
  const plan = planLoan(input, new Date());
  const borrower = await readBorrower(ctx, input.disburseTo);
  const { rows } = await ctx.bank.pools.api.query<{ id: bigint; sequence: bigint }>(
    `SELECT nextval('account_id_seq') AS id, nextval('account_number_sequence') AS sequence`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error("the account sequences gave nothing");
  const loan = { id: row.id, number: accountNumberFor(row.sequence), ...borrower, plan };
  const answer = await ctx.bank.engine.run(createCommand(ctx, input, loan));
  if (!answer.ok) throw new RefusalError(answer.refusal);
  return answer.value;
}

async function readBorrower(ctx: StaffContext, number: string) {
  const account = await ctx.bank.prisma.account.findUnique({
    where: { number },
    select: { agency: true, kind: true, holders: { orderBy: { position: "asc" } } },
  });
  const details = { bank: ctx.bank.id, account: number };
  if (account === null || account.holders.length === 0) {
    throw new RefusalError({ code: "account-not-found", details });
  }
  if (account.kind === "loan") throw new RefusalError({ code: "loan-account", details });
  return { agency: account.agency, holders: account.holders.map(({ clientId }) => clientId) };
}

function createCommand(
  ctx: StaffContext,
  input: CreateLoanInput,
  loan: NewLoan,
): Command<Answer<{ readonly number: string }>> {
  const { idempotencyKey: key, ...request } = input;
  const scope = actorScope(ctx.actor);
  return {
    name: OPERATION,
    priority: "begin",
    idempotency: { scope, key },
    accounts: () => [input.disburseTo, loan.number],
    decide(set) {
      const amount = input.principalCentavos;
      const missing = missingApproval(ctx, set, { scope, key, amount });
      if (missing !== undefined) return { ok: false, refusal: missing };
      return once(set, { scope, key, operation: OPERATION, request }, () => {
        const to = set.accountId(input.disburseTo);
        const details = { bank: ctx.bank.id, account: input.disburseTo };
        if (to === undefined) return refused("account-not-found", details);
        if (set.accountId(loan.number) !== undefined) {
          return refused("account-number-taken", { bank: ctx.bank.id, account: loan.number });
        }
        const state = emptyLoan(loan.id);
        set.addAccount(loan.number, state);
        const amount = BigInt(input.principalCentavos);
        const posting = {
          id: newId(set.now),
          kind: "loan-disbursement",
          description: loan.number,
          transactionId: null,
          actor: scope,
        };
        const refusal = postToLoan(ctx.bank.id, set, state, {
          posting,
          legs: [
            { account: loan.id, direction: "debit", amount },
            { account: to, direction: "credit", amount },
          ],
        });
        if (refusal !== undefined) return { ok: false, refusal };
        const { number, agency, holders } = loan;
        set.openAccount({ state, kind: "loan", agency, number, holders, signing: "either" });
        writeLoan(set, input, loan, scope);
        set.audit({
          ...auditedStaff(ctx),
          action: OPERATION,
          subject: number,
          transactionId: null,
          details: request,
        });
        return { ok: true, value: { number } };
      });
    },
  };
}

/** No floor, because interest may always be charged; nothing above zero: never over the debt. */
function emptyLoan(id: bigint): AccountState {
  return {
    id,
    status: "active",
    debitsBlocked: true,
    creditsBlocked: false,
    floor: null,
    ceiling: 0n,
    ledger: 0n,
    held: 0n,
    incoming: 0n,
    version: 0n,
  };
}

function writeLoan(
  set: WorkingSet,
  input: CreateLoanInput,
  { id, plan }: NewLoan,
  createdBy: string,
): void {
  set.alsoWrite({
    name: "loan-create",
    text: `INSERT INTO loan (account_id, system, principal, monthly_rate_ppm,
                             late_monthly_rate_ppm, penalty_ppm, disbursed_to, created_by)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [
      ...[id, input.system, input.principalCentavos, plan.monthlyRatePpm],
      ...[input.lateMonthlyRatePpm, input.penaltyPpm, input.disburseTo, createdBy],
    ],
  });
  set.alsoWrite({
    name: "loan-plan",
    text: `INSERT INTO loan_installment (account_id, number, due_on, interest, amortization, balance)
           SELECT $1, * FROM unnest($2::int[], $3::date[], $4::bigint[], $5::bigint[], $6::bigint[])`,
    values: [
      id,
      plan.installments.map((one) => one.number),
      plan.installments.map((one) => one.dueOn),
      plan.installments.map((one) => one.interestCentavos),
      plan.installments.map((one) => one.amortizationCentavos),
      plan.installments.map((one) => one.balanceCentavos),
    ],
  });
}
