import type { StaffContext } from "../context.ts";
import { RefusalError } from "../trpc.ts";

/** Whether this bank itself vouches for the person: another one could give any id it likes. */
export function isOwnStaff({ actor, bank }: StaffContext): boolean {
  return actor.homeBank === bank.id;
}

/** Another bank's staff has no business with who works here. @throws RefusalError `not-allowed` */
export function demandOwnStaff(ctx: StaffContext): void {
  if (!isOwnStaff(ctx)) throw new RefusalError({ code: "not-allowed", details: {} });
}

/**
 * Whoever administers users, by the bank's own table as it is now and not by a token that may be
 * minutes old. @throws RefusalError `not-allowed`
 */
export async function demandAdmin(ctx: StaffContext): Promise<void> {
  demandOwnStaff(ctx);
  const { rowCount } = await ctx.bank.pools.api.query(
    `SELECT FROM staff_member
      WHERE id = $1 AND disabled_at IS NULL AND 'user-admin' = ANY (roles)`,
    [ctx.actor.id],
  );
  if (rowCount !== 1) throw new RefusalError({ code: "not-allowed", details: {} });
}
