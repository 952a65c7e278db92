import type { CounterRulesView, SetCounterRulesInput } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { onceInTransaction } from "../idempotency/once-in-transaction.ts";

/** How the counter works at this bank; without a row drawers are free and nothing is bounded. */
export async function readRules(ctx: StaffContext): Promise<CounterRulesView> {
  const row = await ctx.bank.prisma.counterRules.findFirst();
  return {
    drawersRequired: row?.drawersRequired ?? false,
    withdrawalMaxCentavos:
      row === null || row.withdrawalMax === null ? null : Number(row.withdrawalMax),
  };
}

/** Sets whether tellers need a drawer of their own, and what one withdrawal may hand out. */
export async function setRules(
  ctx: StaffContext,
  input: SetCounterRulesInput,
): Promise<CounterRulesView> {
  const before = await readRules(ctx);
  await onceInTransaction(ctx, { operation: "cash.setRules", input }, async (tx) => {
    await tx.query(
      `INSERT INTO counter_rules (drawers_required, withdrawal_max) VALUES ($1, $2)
       ON CONFLICT (only_row) DO UPDATE SET drawers_required = excluded.drawers_required,
                                            withdrawal_max = excluded.withdrawal_max`,
      [input.drawersRequired, input.withdrawalMaxCentavos],
    );
    const { idempotencyKey: _, ...after } = input;
    return {
      answer: { ok: true, value: {} } as const,
      audit: { subject: "counter-rules", details: { before, after } },
    };
  });
  return readRules(ctx);
}
