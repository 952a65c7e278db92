import type { Refusal } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { idempotencyMapKey } from "../ledger/engine/fetch.ts";
import type { WorkingSet } from "../ledger/engine/working-set.ts";

interface Asked {
  readonly scope: string;
  readonly key: string;
  /** Centavos of what is counted by amount; left out for what always takes two. */
  readonly amount?: number | undefined;
}

/**
 * Why this cannot be done by one person, by the bank's rules as they are in this batch. Asked
 * inside the posting engine and before `once`, so that no way to the verb (a plan, an import, a
 * signed debit) goes around it, and the key can still be used when it is approved. What was done
 * under this key before is not asked about again (law 3).
 */
export function missingApproval(
  ctx: StaffContext,
  set: WorkingSet,
  { scope, key, amount }: Asked,
): Refusal | undefined {
  if (ctx.approval !== undefined) return undefined;
  if (set.idempotency.get(idempotencyMapKey({ scope, key })) !== undefined) return undefined;
  const { isRequired, amountFrom } = set.approvalRules;
  const takesTwo = amount === undefined ? isRequired : amountFrom !== null && amount >= amountFrom;
  return takesTwo ? { code: "approval-needed", details: { bank: ctx.bank.id } } : undefined;
}
