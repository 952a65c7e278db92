import { claimTypeFor } from "@pacto/banking";
import type { PixKeyOwner, PixLetter, Refusal } from "@pacto/contract";
import type { Tx } from "../../database/transaction.ts";
import type { KeyClaim } from "../../ledger/engine/rows.ts";
import { notify } from "../../notifications/notify.ts";
import type { Received } from "../letters/receive-letter.ts";
import { sendLetter } from "../letters/send-letter.ts";
import { readRules } from "../rules/rules.ts";
import { cancelRow, type ClaimOf, type ClaimRow, lockClaim, nextState } from "./claims.ts";

export type ClaimLetter = Extract<PixLetter, { kind: `claim-${string}` }>;
type Opened = Extract<PixLetter, { kind: "claim-opened" }>;

/** What another bank says of a claim: it counts for claims with that bank only. */
export async function receiveClaimLetter(
  tx: Tx,
  received: Received,
  letter: ClaimLetter,
): Promise<void> {
  switch (letter.kind) {
    case "claim-opened":
      return takeClaim(tx, received, letter);
    case "claim-received":
      return markReceived(tx, received, letter);
    case "claim-confirmed":
      return markConfirmed(tx, received, letter);
    case "claim-cancelled":
      return markCancelled(tx, received, letter);
    case "claim-completed":
      return markCompleted(tx, received, letter);
  }
}

/** At the bank that has the key: the key is locked, and its holder has time to answer. */
async function takeClaim(tx: Tx, { bank, from }: Received, letter: Opened): Promise<void> {
  const { id, type, key, claimant } = letter;
  const { rows } = await tx.query<{
    type: "CPF" | "CNPJ" | "PHONE" | "EMAIL" | "EVP";
    owner: PixKeyOwner | null;
    claim: KeyClaim | null;
  }>("SELECT type, owner, claim FROM pix_key WHERE key = $1 FOR UPDATE", [key]);
  const [entry] = rows;
  const owner = entry?.owner ?? null;
  const refusal = ((): Refusal | undefined => {
    if (entry === undefined || owner?.bank !== bank.id || claimant.bank !== from) {
      return { code: "pix-key-not-held", details: { key, bank: bank.id } };
    }
    if (entry.claim !== null) return { code: "pix-claim-open", details: { key } };
    const fits = claimTypeFor(entry.type, owner.taxId === claimant.taxId) === type;
    return fits ? undefined : { code: "pix-claim-needless", details: { key } };
  })();
  if (refusal !== undefined || entry === undefined || owner === null) {
    const why = { reason: "refused", refusal: refusal ?? null } as const;
    return sendLetter(tx, from, { kind: "claim-cancelled", id, by: "donor", ...why });
  }
  const { claimResolutionMinutes } = await readRules(tx);
  const lock = { id, bank: from, account: claimant.account, isConfirmed: false };
  await tx.query("UPDATE pix_key SET claim = $2 WHERE key = $1", [key, JSON.stringify(lock)]);
  const inserted = await tx.query<{ resolveBy: Date }>(
    `INSERT INTO pix_claim (id, side, type, key, key_type, state, other_bank, account, claimant,
                            resolve_by, wake_at, actor)
     VALUES ($1, 'donor', $2, $3, $4, 'waiting-resolution', $5, $6, $7,
             now() + $8 * interval '1 minute', now() + $8 * interval '1 minute', $9)
     RETURNING resolve_by AS "resolveBy"`,
    [
      ...[id, type, key, entry.type, from, owner.account, JSON.stringify(claimant)],
      ...[claimResolutionMinutes, JSON.stringify({ bank: from })],
    ],
  );
  const resolveBy = (inserted.rows[0]?.resolveBy ?? new Date()).toISOString();
  await notify(tx, {
    kind: "claim-received",
    subject: id,
    account: owner.account,
    details: { key, bank: from, type },
  });
  await sendLetter(tx, from, { kind: "claim-received", id, resolveBy });
}

async function lockOf(tx: Tx, from: string, of: ClaimOf): Promise<ClaimRow | undefined> {
  const row = await lockClaim(tx, of);
  return row?.otherBank === from ? row : undefined;
}

async function markReceived(
  tx: Tx,
  { from }: Received,
  letter: Extract<PixLetter, { kind: "claim-received" }>,
): Promise<void> {
  const row = await lockOf(tx, from, { id: letter.id, side: "claimer" });
  if (row === undefined || nextState(row, { kind: "received" }) !== "waiting-resolution") return;
  await tx.query(
    `UPDATE pix_claim SET state = 'waiting-resolution', resolve_by = $2
      WHERE id = $1 AND side = 'claimer'`,
    [row.id, letter.resolveBy],
  );
}

async function markConfirmed(
  tx: Tx,
  { from }: Received,
  letter: Extract<PixLetter, { kind: "claim-confirmed" }>,
): Promise<void> {
  const row = await lockOf(tx, from, { id: letter.id, side: "claimer" });
  if (row?.state !== "waiting-resolution") return;
  await tx.query(
    `UPDATE pix_claim SET state = 'confirmed', complete_by = $2, wake_at = $2
      WHERE id = $1 AND side = 'claimer'`,
    [row.id, letter.completeBy],
  );
  await tell(tx, row, "claim-confirmed");
}

async function markCancelled(
  tx: Tx,
  { from }: Received,
  letter: Extract<PixLetter, { kind: "claim-cancelled" }>,
): Promise<void> {
  const side = letter.by === "donor" ? "claimer" : "donor";
  const row = await lockOf(tx, from, { id: letter.id, side });
  if (row === undefined || row.completing) return;
  if (row.state === "cancelled" || row.state === "completed") return;
  await cancelRow(tx, row, letter);
  await tell(tx, row, "claim-cancelled");
}

async function markCompleted(
  tx: Tx,
  { from }: Received,
  letter: Extract<PixLetter, { kind: "claim-completed" }>,
): Promise<void> {
  const row = await lockOf(tx, from, { id: letter.id, side: "donor" });
  if (row?.state !== "confirmed") return;
  await tx.query(
    "UPDATE pix_claim SET state = 'completed', wake_at = NULL WHERE id = $1 AND side = 'donor'",
    [row.id],
  );
  await tell(tx, row, "claim-completed");
}

function tell(
  tx: Tx,
  { id, account, key, otherBank, type }: ClaimRow,
  kind: "claim-confirmed" | "claim-cancelled" | "claim-completed",
): Promise<void> {
  return notify(tx, { kind, subject: id, account, details: { key, bank: otherBank, type } });
}
