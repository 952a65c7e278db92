import type { NotificationKind, Refusal } from "@pacto/contract";
import type { Tx } from "../database/transaction.ts";
import { newId } from "../new-id.ts";

export interface NewNotification {
  readonly kind: NotificationKind;
  /** Id of what it is about. */
  readonly subject: string;
  readonly account?: string | null;
  /** Figures of its sentence. */
  readonly details?: Refusal["details"];
}

/** Tells the bank's staff of something that happened of itself, in the transaction of it. */
export async function notify(
  tx: Tx,
  { kind, subject, account = null, details = {} }: NewNotification,
): Promise<void> {
  await tx.query(
    "INSERT INTO notification (id, kind, subject, account, details) VALUES ($1, $2, $3, $4, $5)",
    [newId(), kind, subject, account, JSON.stringify(details)],
  );
}
