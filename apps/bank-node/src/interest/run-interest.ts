import { saoPauloDate, saoPauloInstant, type LocalDate } from "@pacto/banking";
import { interestKind, type JobView, type RunInterestInput } from "@pacto/contract";
import type { Bank, StaffContext } from "../context.ts";
import { onceInTransaction } from "../idempotency/once-in-transaction.ts";
import { getJob, insertJob } from "../jobs/jobs.ts";
import { newId } from "../new-id.ts";
import type { StaffActor } from "../staff/actor.ts";
import { RefusalError } from "../trpc.ts";
import type { Accrual } from "./accrue-interest.ts";
import { daysOfMonth, monthBefore } from "./period.ts";
import { selectBearing, selectRates } from "./sql.ts";

const OPERATION = "interest.run";
/** What was begun before midnight is in the books by then. */
const GRACE_MS = 60_000;

/**
 * Posts the interest of a month that is over on all savings and overdrafts, as a job with an item
 * an account. Run again, it posts what was not posted yet and nothing twice.
 * Throws RefusalError `month-not-over` or `rate-not-set`.
 */
export async function runInterest(ctx: StaffContext, input: RunInterestInput): Promise<JobView> {
  const { month } = input;
  const days = daysOfMonth(month);
  if (Date.now() < saoPauloInstant(days.to).getTime() + GRACE_MS) {
    throw new RefusalError({ code: "month-not-over", details: { month } });
  }
  const payloads = await accrualsOf(ctx.bank, month);
  if (payloads === undefined) throw new RefusalError({ code: "rate-not-set", details: { month } });
  const { id } = await onceInTransaction(ctx, { operation: OPERATION, input }, async (tx) => {
    const job = { id: newId(), kind: "interest.accrue", label: month, payloads };
    await insertJob(tx, ctx, job);
    const details = { month, accounts: payloads.length };
    return {
      answer: { ok: true, value: { id: job.id } } as const,
      audit: { subject: job.id, details },
    };
  });
  return (await getJob(ctx, { id })).job;
}

/** Nothing when no rate held in that month. */
async function accrualsOf(bank: Bank, month: string): Promise<Accrual[] | undefined> {
  const days = daysOfMonth(month);
  const rates = await selectRates(bank.pools.api);
  const held = interestKind.options.filter((kind) =>
    rates.some((rate) => rate.kind === kind && rate.since < days.to),
  );
  if (held.length === 0) return undefined;
  const lists = await Promise.all(
    held.map(async (kind) => {
      const numbers = await selectBearing(bank.pools.api, kind, days);
      return numbers.map((number): Accrual => ({ number, kind, month }));
    }),
  );
  return lists.flat();
}

/** The bank itself begins the run of each month, once: the month is its key. */
export function monthlyInterest(): (bank: Bank) => Promise<boolean> {
  let lookedOn: LocalDate | undefined;
  return async (bank) => {
    const today = saoPauloDate(new Date(Date.now() - GRACE_MS));
    if (lookedOn === today) return false;
    const month = monthBefore(today);
    const rates = await selectRates(bank.pools.api);
    if (rates.some(({ since }) => since < daysOfMonth(month).to)) {
      const actor: StaffActor = {
        kind: "staff",
        id: "interest",
        name: "interest",
        homeBank: bank.id,
        roles: [],
      };
      const ctx = { bank, actor, correlationId: `interest-${month}` };
      await runInterest(ctx, { idempotencyKey: `interest:${month}`, month });
    }
    lookedOn = today;
    return false;
  };
}
