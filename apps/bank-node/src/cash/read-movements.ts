import type { StaffContext } from "../context.ts";
import { actorScope } from "../staff/actor.ts";
import { RefusalError } from "../trpc.ts";
import { selectMovements, selectSessions, selectSessionTeller } from "./sql.ts";

interface MovementsRead {
  readonly session?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/**
 * What went through a drawer in one day of it, newest first. A teller reads the own one, who
 * supervises or audits any. Throws RefusalError `not-allowed`.
 */
export async function readMovements(ctx: StaffContext, input: MovementsRead) {
  const session = input.session ?? (await ownSession(ctx));
  if (session === null) return { movements: [], nextCursor: null };
  if (input.session !== undefined) await demandReader(ctx, session);
  const rows = await selectMovements(ctx.bank.pools.api, {
    session,
    before: input.cursor ?? null,
    limit: input.limit + 1,
  });
  const page = rows.slice(0, input.limit);
  return {
    movements: page.map((row) => row.movement),
    nextCursor: rows.length > input.limit ? (page.at(-1)?.version ?? null) : null,
  };
}

async function ownSession(ctx: StaffContext): Promise<string | null> {
  const teller = actorScope(ctx.actor);
  const [last] = await selectSessions(ctx.bank.pools.api, { teller, limit: 1 });
  return last?.id ?? null;
}

async function demandReader(ctx: StaffContext, session: string): Promise<void> {
  const mayReadAny = ctx.actor.roles.some((role) => role === "supervisor" || role === "auditor");
  if (mayReadAny) return;
  const teller = await selectSessionTeller(ctx.bank.pools.api, session);
  if (teller !== actorScope(ctx.actor)) {
    throw new RefusalError({ code: "not-allowed", details: {} });
  }
}
