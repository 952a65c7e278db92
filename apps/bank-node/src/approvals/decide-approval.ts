import type { ApprovalView, ApproveInput, Refusal, RejectApprovalInput } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import type { Tx } from "../database/transaction.ts";
import { onceInTransaction, type Told } from "../idempotency/once-in-transaction.ts";
import { refused } from "../idempotency/once.ts";
import { actorScope } from "../staff/actor.ts";
import { carryOut } from "./carry-out.ts";
import { isAboutSelf } from "./kinds.ts";
import { readApproval } from "./read-approvals.ts";
import { type ApprovalRow, approvalHash, lockApproval, mayDecide, requestOf } from "./stored.ts";

/** While the approving process carries it out, no other one takes it up. */
const CLAIM = "30 seconds";

type Decided = Told<{ readonly id: string }>;

/**
 * The second person allows what was read, and it is done: at once, or by any process of the bank
 * after a crash, under the request's own id as key. Throws RefusalError `approval-not-found`,
 * `request-not-open`, `approval-expired`, `own-request`, `own-account`, `not-allowed` or
 * `approval-changed`; what the act itself is refused with stands in the answer.
 */
export async function approve(ctx: StaffContext, input: ApproveInput): Promise<ApprovalView> {
  await onceInTransaction(ctx, { operation: "approvals.approve", input }, async (tx) => {
    const row = await lockApproval(tx, input.id);
    const refusal = row === undefined ? notFound(ctx) : whyNot(ctx, row, input.hash);
    if (refusal !== undefined) return { answer: { ok: false, refusal }, audit: null };
    await decide(tx, ctx, "approved", input);
    return told(input.id, { hash: input.hash, note: input.note });
  });
  await carryOut(ctx.bank, input.id);
  return readApproval(ctx, input.id);
}

/** The second person declines. Throws RefusalError as `approve` does. */
export async function rejectApproval(
  ctx: StaffContext,
  input: RejectApprovalInput,
): Promise<ApprovalView> {
  await onceInTransaction(ctx, { operation: "approvals.reject", input }, async (tx) => {
    const row = await lockApproval(tx, input.id);
    const refusal = row === undefined ? notFound(ctx) : whyNot(ctx, row);
    if (refusal !== undefined) return { answer: { ok: false, refusal }, audit: null };
    await decide(tx, ctx, "rejected", input);
    return told(input.id, { note: input.note });
  });
  return readApproval(ctx, input.id);
}

/** Its maker takes a request back. Throws RefusalError `request-not-open` for anybody else's. */
export async function withdrawApproval(
  ctx: StaffContext,
  input: { readonly idempotencyKey: string; readonly id: string },
): Promise<ApprovalView> {
  await onceInTransaction(ctx, { operation: "approvals.withdraw", input }, async (tx) => {
    const row = await lockApproval(tx, input.id);
    const isOwn = row !== undefined && row.madeBy === actorScope(ctx.actor);
    if (!isOwn || row.status !== "open") {
      return { answer: refused("request-not-open"), audit: null };
    }
    await decide(tx, ctx, "withdrawn", { id: input.id, note: "" });
    return told(input.id, {});
  });
  return readApproval(ctx, input.id);
}

function notFound(ctx: StaffContext): Refusal {
  return { code: "approval-not-found", details: { bank: ctx.bank.id } };
}

function whyNot(ctx: StaffContext, row: ApprovalRow, hash?: string): Refusal | undefined {
  const refuse = (code: Refusal["code"]): Refusal => ({ code, details: {} });
  if (row.status !== "open") return refuse("request-not-open");
  if (row.isOver) return refuse("approval-expired");
  if (row.madeBy === actorScope(ctx.actor)) return refuse("own-request");
  if (isAboutSelf(ctx.actor, requestOf(row))) return refuse("own-account");
  if (!mayDecide(ctx.actor, row)) return refuse("not-allowed");
  const stored = approvalHash(requestOf(row), row.reason);
  const isAsRead = hash === undefined || (hash === row.hash && stored === row.hash);
  return isAsRead ? undefined : refuse("approval-changed");
}

async function decide(
  tx: Tx,
  ctx: StaffContext,
  status: "approved" | "rejected" | "withdrawn",
  { id, note }: { readonly id: string; readonly note: string },
): Promise<void> {
  await tx.query(
    `UPDATE approval SET status = $2, decided_by = $3, decided_at = now(), note = $4,
            wake_at = CASE WHEN $2 = 'approved' THEN now() + interval '${CLAIM}' END
      WHERE id = $1`,
    [id, status, actorScope(ctx.actor), note],
  );
}

function told(id: string, details: object): Decided {
  return { answer: { ok: true, value: { id } }, audit: { subject: id, details } };
}
