import type { ApprovalView } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { actorScope, type StaffActor } from "../staff/actor.ts";
import { RefusalError } from "../trpc.ts";
import { aboutMember, approvables, isApprovalKind } from "./kinds.ts";
import { type ApprovalRow, SELECT_APPROVAL, viewApproval } from "./stored.ts";

/**
 * One request, for those who see it: its maker, those who may decide its kind, and the auditor.
 * Throws RefusalError `approval-not-found`, also for what is not the reader's to see.
 */
export async function readApproval(ctx: StaffContext, id: string): Promise<ApprovalView> {
  const { rows } = await ctx.bank.pools.api.query<ApprovalRow>(
    `${SELECT_APPROVAL} WHERE id = $1 AND (made_by = $2 OR kind = ANY($3))`,
    [id, actorScope(ctx.actor), visibleKinds(ctx.actor)],
  );
  const [row] = rows;
  if (row === undefined) {
    throw new RefusalError({ code: "approval-not-found", details: { bank: ctx.bank.id } });
  }
  return viewApproval(ctx.actor, row);
}

interface ListApprovals {
  readonly openOnly: boolean;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Requests that the reader may see, newest first, and how many wait for the reader. */
export async function listApprovals(ctx: StaffContext, input: ListApprovals) {
  const { actor, bank } = ctx;
  const [{ rows }, waiting] = await Promise.all([
    bank.pools.api.query<ApprovalRow>(
      `${SELECT_APPROVAL}
        WHERE (made_by = $1 OR kind = ANY($2))
          AND (NOT $3::bool OR (status = 'open' AND expires_at > now()))
          AND ($4::uuid IS NULL OR id < $4)
        ORDER BY id DESC LIMIT $5`,
      [
        actorScope(actor),
        visibleKinds(actor),
        input.openOnly,
        input.cursor ?? null,
        input.limit + 1,
      ],
    ),
    bank.pools.api.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM approval
        WHERE status = 'open' AND expires_at > now() AND made_by <> $1 AND kind = ANY($2)
          AND resource <> $3`,
      [actorScope(actor), kindsDecidedBy(actor), aboutMember(actor.id)],
    ),
  ]);
  const page = rows.slice(0, input.limit);
  return {
    bank: bank.id,
    approvals: page.map((row) => viewApproval(actor, row)),
    nextCursor: rows.length > input.limit ? (page.at(-1)?.id ?? null) : null,
    forReader: waiting.rows[0]?.count ?? 0,
  };
}

function kindsDecidedBy({ roles }: StaffActor): string[] {
  return Object.keys(approvables).filter(
    (kind) =>
      isApprovalKind(kind) && approvables[kind].approvers.some((role) => roles.includes(role)),
  );
}

function visibleKinds(actor: StaffActor): string[] {
  return actor.roles.includes("auditor") ? Object.keys(approvables) : kindsDecidedBy(actor);
}
