import { pixRules, type PixRulesView } from "@pacto/contract";
import type { Pool } from "../../database/pools.ts";
import type { Tx } from "../../database/transaction.ts";
import type { StaffContext } from "../../context.ts";
import { onceInTransaction } from "../../idempotency/once-in-transaction.ts";

/** How PIX agreements work at this bank; without a row, as the contract's defaults say. */
export async function readRules(from: Pool | Tx): Promise<PixRulesView> {
  const { rows } = await from.query<{ terms: object }>("SELECT terms FROM pix_rules");
  return pixRules.parse(rows[0]?.terms ?? {});
}

/** Changes what is said and leaves the rest; what has begun keeps the periods it began with. */
export async function setRules(
  ctx: StaffContext,
  input: { readonly idempotencyKey: string; readonly rules: object },
): Promise<PixRulesView> {
  await onceInTransaction(ctx, { operation: "pix.setRules", input }, async (tx) => {
    const before = await readRules(tx);
    const after = pixRules.parse({ ...before, ...input.rules });
    await tx.query(
      `INSERT INTO pix_rules (terms) VALUES ($1)
       ON CONFLICT (only_row) DO UPDATE SET terms = excluded.terms`,
      [JSON.stringify(after)],
    );
    return {
      answer: { ok: true, value: {} } as const,
      audit: { subject: "pix-rules", details: { before, after } },
    };
  });
  return readRules(ctx.bank.pools.api);
}
