import type { StaffContext } from "../context.ts";
import { actorScope } from "../staff/actor.ts";

/**
 * Whether the caller has used a key: what is looked at before the engine decides (a debt, a
 * position) says nothing about an answer that stands already.
 */
export async function wasAsked(ctx: StaffContext, idempotencyKey: string): Promise<boolean> {
  const { rowCount } = await ctx.bank.pools.api.query(
    "SELECT FROM idempotency_record WHERE scope = $1 AND key = $2",
    [actorScope(ctx.actor), idempotencyKey],
  );
  return rowCount === 1;
}
