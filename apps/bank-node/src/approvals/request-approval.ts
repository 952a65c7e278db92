import type { ApprovalView, RequestApprovalInput } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { onceInTransaction } from "../idempotency/once-in-transaction.ts";
import { refused } from "../idempotency/once.ts";
import { newId } from "../new-id.ts";
import { actorScope } from "../staff/actor.ts";
import { RefusalError } from "../trpc.ts";
import { isAboutSelf, resourceOf, rolesFor } from "./kinds.ts";
import { readApproval } from "./read-approvals.ts";
import { approvalHash } from "./stored.ts";

const EXPIRES_AFTER = "24 hours";

/**
 * The first of two persons asks. Nothing is held or done meanwhile; the request can never change,
 * it can only be withdrawn and made anew. Throws RefusalError `not-allowed` for who may not even
 * ask (an approver's role alone begins nothing), `own-account` and `approval-open`.
 */
export async function requestApproval(
  ctx: StaffContext,
  input: RequestApprovalInput,
): Promise<ApprovalView> {
  const { request, reason } = input;
  if (!rolesFor(request.kind).makers.some((role) => ctx.actor.roles.includes(role))) {
    throw new RefusalError({ code: "not-allowed", details: {} });
  }
  if (isAboutSelf(ctx.actor, request)) {
    throw new RefusalError({ code: "own-account", details: {} });
  }
  const about = resourceOf(request);
  const asked = { operation: "approvals.request", input };
  const { id } = await onceInTransaction(ctx, asked, async (tx) => {
    // One after the other for the same thing; what nobody decided in time makes room.
    await tx.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 36))", [about]);
    await tx.query(
      `UPDATE approval SET status = 'expired', decided_at = now()
        WHERE resource = $1 AND status = 'open' AND expires_at <= now()`,
      [about],
    );
    const { rowCount } = await tx.query(
      "SELECT FROM approval WHERE resource = $1 AND status IN ('open', 'approved')",
      [about],
    );
    if (rowCount !== 0) return { answer: refused("approval-open"), audit: null };
    const approval = newId();
    const hash = approvalHash(request, reason);
    await tx.query(
      `INSERT INTO approval (id, kind, resource, payload, hash, reason, maker, made_by, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now() + interval '${EXPIRES_AFTER}')`,
      [
        approval,
        request.kind,
        about,
        JSON.stringify(request.payload),
        hash,
        reason,
        JSON.stringify(ctx.actor),
        actorScope(ctx.actor),
      ],
    );
    return {
      answer: { ok: true, value: { id: approval } },
      audit: { subject: approval, details: { kind: request.kind, resource: about, hash, reason } },
    };
  });
  return readApproval(ctx, id);
}
