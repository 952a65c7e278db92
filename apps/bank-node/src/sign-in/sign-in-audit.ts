import { writeAudit } from "../audit/audited.ts";
import type { BankContext } from "../context.ts";
import type { Tx } from "../database/transaction.ts";

/** What a person did to sign in or out, in the audit: never a password, a code or a session's secret. */
export function writeSignInAudit(
  tx: Tx,
  ctx: BankContext,
  action: string,
  { memberId, session }: { readonly memberId: string; readonly session: string | null },
): Promise<void> {
  const actorBank = ctx.bank.id;
  return writeAudit(tx, {
    actor: `${actorBank}/${memberId}`,
    actorBank,
    roles: "",
    session,
    address: ctx.address ?? null,
    correlationId: ctx.correlationId,
    action,
    subject: memberId,
    transactionId: null,
    details: {},
  });
}
