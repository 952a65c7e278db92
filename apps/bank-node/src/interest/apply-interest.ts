import { compoundInterest, yearFraction } from "@pacto/banking";
import type { ApplyInterestInput, ApplyInterestOutput } from "@pacto/contract";
import { auditedStaff } from "../audit/audited.ts";
import type { StaffContext } from "../context.ts";
import { sqlStateOf } from "../database/conflicts.ts";
import { wasAsked } from "../idempotency/was-asked.ts";
import { once, refused, type Answer } from "../idempotency/once.ts";
import type { Command } from "../ledger/engine/command.ts";
import type { WorkingSet } from "../ledger/engine/working-set.ts";
import { INTEREST_EXPENSE } from "../ledger/internal-accounts.ts";
import { ledgerRefusal } from "../ledger/ledger-refusal.ts";
import { newId } from "../new-id.ts";
import { actorScope } from "../staff/actor.ts";
import { RefusalError } from "../trpc.ts";
import { readPeriod } from "./period.ts";
import { keepPosting } from "./keep-posting.ts";
import type { Days } from "./sql.ts";

const OPERATION = "interest.applyRate";
const UNIQUE_VIOLATION = "23505";

/**
 * Credits an account with interest on what is in it, at a rate a year for a time: whole years are
 * compounded. A time bears interest once. Throws RefusalError `rate-not-positive`,
 * `period-backwards`, `account-not-found`, `loan-account`, `interest-too-small`,
 * `interest-already-applied`, or what the ledger says.
 */
export async function applyInterest(
  ctx: StaffContext,
  input: ApplyInterestInput,
): Promise<ApplyInterestOutput> {
  if (input.yearlyRatePpm <= 0) throw new RefusalError({ code: "rate-not-positive", details: {} });
  const days = readPeriod(input);
  await refuseLoan(ctx, input.number);
  const refusal = {
    code: "interest-already-applied",
    details: { account: input.number, from: input.from },
  } as const;
  if ((await wasApplied(ctx, input)) && !(await wasAsked(ctx, input.idempotencyKey))) {
    throw new RefusalError(refusal);
  }
  const answer = await ctx.bank.engine
    .run(applyCommand(ctx, input, days))
    .catch(async (error: unknown): Promise<Answer<ApplyInterestOutput>> => {
      const isTaken = sqlStateOf(error) === UNIQUE_VIOLATION;
      if (!isTaken || !(await wasApplied(ctx, input))) throw error;
      return { ok: false, refusal };
    });
  if (!answer.ok) throw new RefusalError(answer.refusal);
  return answer.value;
}

async function refuseLoan(ctx: StaffContext, number: string): Promise<void> {
  const isLoan = await ctx.bank.prisma.account.count({ where: { number, kind: "loan" } });
  if (isLoan === 0) return;
  const details = { bank: ctx.bank.id, account: number };
  throw new RefusalError({ code: "loan-account", details });
}

async function wasApplied(ctx: StaffContext, { number, from }: ApplyInterestInput) {
  const { rowCount } = await ctx.bank.pools.api.query(
    `SELECT FROM interest_posting i JOIN account a ON a.id = i.account_id
      WHERE a.number = $1 AND i.kind = 'manual' AND i.from_on = $2`,
    [number, from],
  );
  return rowCount === 1;
}

function applyCommand(
  ctx: StaffContext,
  input: ApplyInterestInput,
  days: Days,
): Command<Answer<ApplyInterestOutput>> {
  const { idempotencyKey: key, ...request } = input;
  const scope = actorScope(ctx.actor);
  return {
    name: OPERATION,
    priority: "begin",
    idempotency: { scope, key },
    accounts: () => [input.number, INTEREST_EXPENSE],
    decide: (set) =>
      once(set, { scope, key, operation: OPERATION, request }, () => decide(ctx, set, input, days)),
  };
}

function decide(
  ctx: StaffContext,
  set: WorkingSet,
  input: ApplyInterestInput,
  days: Days,
): Answer<ApplyInterestOutput> {
  const { idempotencyKey: _, ...request } = input;
  const { number } = input;
  const bank = ctx.bank.id;
  const id = set.accountId(number);
  const account = id === undefined ? undefined : set.account(id);
  const expense = set.accountId(INTEREST_EXPENSE);
  if (account === undefined) return refused("account-not-found", { bank, account: number });
  if (expense === undefined) throw new Error("the bank has no account for interest");
  const balance = account.ledger;
  const amount = compoundInterest({
    principalCentavos: balance > 0n ? balance : 0n,
    yearlyRatePpm: BigInt(input.yearlyRatePpm),
    time: yearFraction(days.from, days.to, "anniversary"),
  });
  if (amount <= 0n) return refused("interest-too-small", { balanceCentavos: Number(balance) });
  if (amount > BigInt(Number.MAX_SAFE_INTEGER)) return refused("amount-too-large");
  const actor = actorScope(ctx.actor);
  const description = input.reason === "" ? `${days.from} – ${days.to}` : input.reason;
  const posting = { id: newId(set.now), description, transactionId: null, actor };
  const posted = set.post({ ...posting, kind: "interest" }, [
    { account: expense, direction: "debit", amount },
    { account: account.id, direction: "credit", amount },
  ]);
  if (!posted.ok) return { ok: false, refusal: ledgerRefusal(bank, set, posted.refusal) };
  keepPosting(set, { account: account.id, kind: "manual", days, amount, posting });
  set.audit({
    ...auditedStaff(ctx),
    action: OPERATION,
    subject: number,
    transactionId: null,
    details: { ...request, postingId: posting.id },
  });
  return {
    ok: true,
    value: {
      postingId: posting.id,
      number,
      interestCentavos: Number(amount),
      balanceAfterCentavos: Number(balance + amount),
      at: new Date(set.now).toISOString(),
    },
  };
}
