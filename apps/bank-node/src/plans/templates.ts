import type { PlannedTransfer, SaveTemplateInput, TemplateView } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { onceInTransaction } from "../idempotency/once-in-transaction.ts";
import { refused } from "../idempotency/once.ts";
import { newId } from "../new-id.ts";
import { actorScope } from "../staff/actor.ts";

const TEMPLATES_MAX = 100;

/** Keeps a composite that is made again and again; a name stands for its newest version. */
export async function saveTemplate(
  ctx: StaffContext,
  input: SaveTemplateInput,
): Promise<TemplateView> {
  return onceInTransaction(ctx, { operation: "plans.saveTemplate", input }, async (tx) => {
    const { name, transfer } = input;
    const [id, createdBy] = [newId(), actorScope(ctx.actor)];
    await tx.query(
      "UPDATE transfer_template SET is_removed = true WHERE name = $1 AND NOT is_removed",
      [name],
    );
    const { rows } = await tx.query<{ createdAt: Date }>(
      `INSERT INTO transfer_template (id, name, request, created_by) VALUES ($1, $2, $3, $4)
       RETURNING created_at AS "createdAt"`,
      [id, name, JSON.stringify(transfer), createdBy],
    );
    const createdAt = (rows[0]?.createdAt ?? new Date()).toISOString();
    const value = { id, name, transfer, createdBy, createdAt };
    return { answer: { ok: true, value }, audit: { subject: id, details: { name } } };
  });
}

/** Throws RefusalError `template-not-found`. */
export async function removeTemplate(
  ctx: StaffContext,
  input: { readonly idempotencyKey: string; readonly id: string },
): Promise<void> {
  await onceInTransaction(ctx, { operation: "plans.removeTemplate", input }, async (tx) => {
    const { rowCount } = await tx.query(
      "UPDATE transfer_template SET is_removed = true WHERE id = $1 AND NOT is_removed",
      [input.id],
    );
    if (rowCount === 0) return { answer: refused("template-not-found"), audit: null };
    return { answer: { ok: true, value: {} }, audit: { subject: input.id, details: {} } };
  });
}

/** Templates of this bank, by name. */
export async function listTemplates(ctx: StaffContext): Promise<{ templates: TemplateView[] }> {
  const rows = await ctx.bank.prisma.transferTemplate.findMany({
    where: { isRemoved: false },
    orderBy: { name: "asc" },
    take: TEMPLATES_MAX,
  });
  return {
    templates: rows.map((row) => ({
      id: row.id,
      name: row.name,
      transfer: row.request as PlannedTransfer,
      createdBy: row.createdBy,
      createdAt: row.createdAt.toISOString(),
    })),
  };
}
