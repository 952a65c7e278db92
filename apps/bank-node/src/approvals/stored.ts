import type { ApprovalRequest, ApprovalView, Refusal } from "@pacto/contract";
import { hashCanonical } from "@pacto/contract/signing";
import type { Tx } from "../database/transaction.ts";
import { actorScope, type StaffActor } from "../staff/actor.ts";
import { isAboutSelf, isApprovalKind, rolesFor } from "./kinds.ts";

export interface ApprovalRow {
  readonly id: string;
  readonly kind: string;
  readonly payload: ApprovalRequest["payload"];
  readonly hash: string;
  readonly reason: string;
  readonly maker: StaffActor;
  readonly madeBy: string;
  readonly madeAt: Date;
  readonly expiresAt: Date;
  readonly status: ApprovalView["status"];
  readonly isOver: boolean;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly note: string | null;
  readonly result: { readonly subject: string | null; readonly refusal: Refusal | null } | null;
}

const COLUMNS = `id, kind, payload, hash, reason, maker, made_by AS "madeBy",
  made_at AS "madeAt", expires_at AS "expiresAt", status, expires_at <= now() AS "isOver",
  decided_by AS "decidedBy", decided_at AS "decidedAt", note, result`;

export const SELECT_APPROVAL = `SELECT ${COLUMNS} FROM approval`;

/** The request itself, as one value; its hash is what was signed. */
export function requestOf({ kind, payload }: ApprovalRow): ApprovalRequest {
  if (!isApprovalKind(kind)) throw new Error(`no such kind of approval: ${kind}`);
  return { kind, payload } as ApprovalRequest;
}

/** SHA-256 of kind, payload and reason: what the second person reads before deciding. */
export function approvalHash(request: ApprovalRequest, reason: string): string {
  return hashCanonical({ ...request, reason });
}

/** Neither the maker nor whom it is about, and with a role that may (lesson 36). */
export function mayDecide(actor: StaffActor, row: ApprovalRow): boolean {
  const request = requestOf(row);
  const isAnother = actorScope(actor) !== row.madeBy && !isAboutSelf(actor, request);
  return isAnother && rolesFor(request.kind).approvers.some((role) => actor.roles.includes(role));
}

export function viewApproval(actor: StaffActor, row: ApprovalRow): ApprovalView {
  const isExpired = row.status === "open" && row.isOver;
  return {
    id: row.id,
    request: requestOf(row),
    hash: row.hash,
    reason: row.reason,
    madeBy: row.madeBy,
    madeByName: row.maker.name,
    madeAt: row.madeAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    status: isExpired ? "expired" : row.status,
    decidedBy: row.decidedBy,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    note: row.note,
    subject: row.result?.subject ?? null,
    refusal: row.result?.refusal ?? null,
    isForReader: row.status === "open" && !isExpired && mayDecide(actor, row),
  };
}

export async function lockApproval(tx: Tx, id: string): Promise<ApprovalRow | undefined> {
  const { rows } = await tx.query<ApprovalRow>(`${SELECT_APPROVAL} WHERE id = $1 FOR UPDATE`, [id]);
  return rows[0];
}
