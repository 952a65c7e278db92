import type { ApprovalRulesView } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { onceInTransaction } from "../idempotency/once-in-transaction.ts";

/** What takes two persons at this bank; without a row, nothing. */
export async function readApprovalRules(ctx: StaffContext): Promise<ApprovalRulesView> {
  const row = await ctx.bank.prisma.approvalRules.findFirst();
  const from = row?.amountFrom ?? null;
  return {
    isRequired: row?.isRequired ?? false,
    amountFromCentavos: from === null ? null : Number(from),
  };
}

/** Sets what takes two persons; itself only ever done by two. */
export async function setApprovalRules(
  ctx: StaffContext,
  input: ApprovalRulesView & { readonly idempotencyKey: string },
): Promise<void> {
  const before = await readApprovalRules(ctx);
  await onceInTransaction(ctx, { operation: "approvals.setRules", input }, async (tx) => {
    await tx.query(
      `INSERT INTO approval_rules (is_required, amount_from) VALUES ($1, $2)
       ON CONFLICT (only_row) DO UPDATE SET is_required = excluded.is_required,
                                            amount_from = excluded.amount_from`,
      [input.isRequired, input.amountFromCentavos],
    );
    const { idempotencyKey: _, ...after } = input;
    return {
      answer: { ok: true, value: {} } as const,
      audit: { subject: "approval-rules", details: { before, after } },
    };
  });
}
