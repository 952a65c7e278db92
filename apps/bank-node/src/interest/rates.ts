import { parseLocalDate } from "@pacto/banking";
import type { InterestRateView, SetInterestRateInput } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { onceInTransaction } from "../idempotency/once-in-transaction.ts";
import { refused } from "../idempotency/once.ts";
import { actorScope } from "../staff/actor.ts";
import { RefusalError } from "../trpc.ts";
import { selectPostedUntil, selectRates } from "./sql.ts";

/** The bank's rates, the latest day first. */
export async function listRates(ctx: StaffContext): Promise<{ rates: InterestRateView[] }> {
  const rows = await selectRates(ctx.bank.pools.api);
  const rates = rows.map(({ setAt, yearlyRatePpm, ...row }) => ({
    ...row,
    yearlyRatePpm: Number(yearlyRatePpm),
    setAt: setAt.toISOString(),
  }));
  return { rates: rates.toReversed() };
}

/**
 * Sets what the bank pays on savings or asks for overdrafts from a day on; what was posted stays.
 * Throws RefusalError `rate-not-positive`, `rate-too-high` (more than 10,000 % a year),
 * `rate-in-the-past` or `rate-already-set`.
 */
export async function setRate(ctx: StaffContext, input: SetInterestRateInput) {
  const { kind, since, yearlyRatePpm, dayCount } = input;
  if (yearlyRatePpm <= 0) throw new RefusalError({ code: "rate-not-positive", details: {} });
  if (parseLocalDate(since) === null) {
    throw new RefusalError({ code: "period-backwards", details: {} });
  }
  const until = await selectPostedUntil(ctx.bank.pools.api, kind);
  if (until !== null && since < until) {
    throw new RefusalError({ code: "rate-in-the-past", details: { until } });
  }
  await onceInTransaction(ctx, { operation: "interest.setRate", input }, async (tx) => {
    const { rowCount } = await tx.query(
      `INSERT INTO interest_rate (kind, since, yearly_rate_ppm, day_count, set_by)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT (kind, since) DO NOTHING`,
      [kind, since, yearlyRatePpm, dayCount, actorScope(ctx.actor)],
    );
    if (rowCount === 0) return { answer: refused("rate-already-set", { since }), audit: null };
    const { idempotencyKey: _, ...details } = input;
    return { answer: { ok: true, value: {} }, audit: { subject: `interest:${kind}`, details } };
  });
  return listRates(ctx);
}
