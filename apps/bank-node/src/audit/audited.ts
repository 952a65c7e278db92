import { maskDetails } from "./mask-details.ts";
import type { StaffContext } from "../context.ts";
import type { Tx } from "../database/transaction.ts";
import { actorScope } from "../staff/actor.ts";

/** What honest banks cannot cause, kept with the message that caused it. */
export const EVIDENCE = "protocol.alarm.";

/** Who acted, as every audit event says it (I15). */
export interface AuditedActor {
  /** `azul/3f…`; a bank's id for what that bank said; `node` for what a bank does by itself. */
  readonly actor: string;
  /** The bank that vouches for the actor. */
  readonly actorBank: string;
  /** Separated by spaces; empty for a node. */
  readonly roles: string;
  readonly session: string | null;
  readonly address: string | null;
  /** The request, or the approval, plan or job, that it belongs to. */
  readonly correlationId: string | null;
}

/** What is kept of one act. Personal data in `details` is masked; secrets are never in it. */
export interface AuditEvent extends AuditedActor {
  readonly action: string;
  readonly subject: string;
  readonly transactionId: string | null;
  readonly details: unknown;
}

/** The person at work, with roles, session and address. */
export function auditedStaff({ actor, address, correlationId }: StaffContext): AuditedActor {
  return {
    actor: actorScope(actor),
    actorBank: actor.homeBank,
    roles: actor.roles.join(" "),
    session: actor.session ?? null,
    address: address ?? null,
    correlationId,
  };
}

/** The bank's own node, or another bank, without a person. */
export function auditedNode(bank: string, actor = "node"): AuditedActor {
  const nobody = { roles: "", session: null, address: null, correlationId: null };
  return { actor, actorBank: bank, ...nobody };
}

/** As JSON. Evidence stays to the letter, because signatures are over it; readers see it masked. */
export function auditedDetails({ action, details }: AuditEvent): string {
  const isEvidence = action.startsWith(EVIDENCE);
  return JSON.stringify(isEvidence ? details : maskDetails(details));
}

/** Writes one event, in the act's own database transaction. */
export async function writeAudit(tx: Tx, event: AuditEvent): Promise<void> {
  await tx.query(
    `INSERT INTO audit_event (actor, actor_bank, roles, session, address, correlation_id,
                              action, subject, transaction_id, details)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      event.actor,
      event.actorBank,
      event.roles,
      event.session,
      event.address,
      event.correlationId,
      event.action,
      event.subject,
      event.transactionId,
      auditedDetails(event),
    ],
  );
}
