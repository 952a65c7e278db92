import type { Refusal } from "@pacto/contract";
import type { StaffContext } from "../../context.ts";
import { withTransaction } from "../../database/transaction.ts";
import { notify } from "../../notifications/notify.ts";
import { changeKey, isPassing } from "../change-key.ts";
import { sendLetter } from "../letters/send-letter.ts";
import { type ClaimRow, lockClaim, selectClaim } from "./claims.ts";

const AGAIN_MS = 5_000;

/**
 * One attempt to bring the claimed key here. The directory itself says whether it came, so an
 * attempt whose outcome nobody knows is simply made again.
 */
export async function completeClaimOnce(ctx: StaffContext, id: string): Promise<void> {
  const { bank } = ctx;
  const row = await selectClaim(bank.pools.api, { id, side: "claimer" });
  if (row === undefined || !row.completing) return;
  const { claimant, key, keyType: type, otherBank: from } = row;
  const refusal = await changeKey(ctx, key, (entry) => {
    const owner = entry?.owner ?? null;
    if (owner?.bank === bank.id && owner.account === claimant.account) return null;
    if (owner?.bank !== from) return { code: "pix-key-not-held", details: { key, bank: from } };
    return { kind: "transfer", type, key, owner: claimant, from };
  });
  await settle(ctx, row, refusal);
}

async function settle(ctx: StaffContext, row: ClaimRow, refusal: Refusal | null): Promise<void> {
  const { id, key, account, otherBank, type } = row;
  await withTransaction(ctx.bank.pools.api, async (tx) => {
    const now = await lockClaim(tx, { id, side: "claimer" });
    if (now === undefined || !now.completing) return;
    if (refusal === null) {
      await tx.query(
        `UPDATE pix_claim SET state = 'completed', completing = false, refusal = NULL,
                wake_at = NULL WHERE id = $1 AND side = 'claimer'`,
        [id],
      );
      const details = { key, bank: otherBank, type };
      await notify(tx, { kind: "claim-completed", subject: id, account, details });
      return sendLetter(tx, otherBank, { kind: "claim-completed", id });
    }
    const isOpen = isPassing(refusal);
    await tx.query(
      `UPDATE pix_claim SET completing = $2, refusal = $3,
              wake_at = CASE WHEN $2 THEN now() + $4 * interval '1 millisecond'
                             ELSE complete_by END
        WHERE id = $1 AND side = 'claimer'`,
      [id, isOpen, JSON.stringify(refusal), AGAIN_MS],
    );
  });
}
