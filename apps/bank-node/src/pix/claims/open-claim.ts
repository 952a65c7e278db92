import { claimTypeFor } from "@pacto/banking";
import type { PixClaimView, PixKeyOwner } from "@pacto/contract";
import type { StaffContext } from "../../context.ts";
import { onceInTransaction } from "../../idempotency/once-in-transaction.ts";
import { refused } from "../../idempotency/once.ts";
import { newId } from "../../new-id.ts";
import { RefusalError } from "../../trpc.ts";
import { catchUpWithAll } from "../catch-up.ts";
import { keyRoom } from "../change-keys.ts";
import { sendLetter } from "../letters/send-letter.ts";
import { keyFrom } from "../read-key.ts";
import { selectHolder, selectKey } from "../sql.ts";
import { readClaim } from "./read-claims.ts";

interface OpenClaim {
  readonly idempotencyKey: string;
  readonly account: string;
  readonly key: string;
}

/**
 * Asks the bank that has a key for it: portability for the same person, ownership for another one.
 * @throws RefusalError `account-not-found`, `pix-claim-needless`, `pix-claim-open`, `pix-key-limit`
 */
export async function openClaim(ctx: StaffContext, input: OpenClaim): Promise<PixClaimView> {
  const { bank } = ctx;
  const { type: keyType, value: key } = keyFrom(input.key);
  const { account } = input;
  const holder = await selectHolder(bank.pools.api, bank.id, account);
  if (holder === undefined) {
    throw new RefusalError({ code: "account-not-found", details: { bank: bank.id, account } });
  }
  const room = keyRoom(holder, account);
  if (room !== null) throw new RefusalError(room);
  if (!(await selectKey(bank.pools.api, key))?.owner) await catchUpWithAll(bank);
  const owner = (await selectKey(bank.pools.api, key))?.owner ?? null;
  const isSamePerson = owner?.taxId === holder.taxId;
  const type = owner === null ? null : claimTypeFor(keyType, isSamePerson);
  // Within the bank a person's key is moved, by nobody's leave.
  if (owner === null || type === null || (owner.bank === bank.id && isSamePerson)) {
    throw new RefusalError({ code: "pix-claim-needless", details: { key } });
  }
  const { agency, name, taxId } = holder;
  const claimant: PixKeyOwner = { bank: bank.id, agency, account, taxId, name };
  const asked = { operation: "pix.claims.open", input };
  const { id } = await onceInTransaction(ctx, asked, async (tx) => {
    const open = await tx.query(
      `SELECT FROM pix_claim WHERE key = $1 AND side = 'claimer'
          AND state IN ('open', 'waiting-resolution', 'confirmed')`,
      [key],
    );
    if (open.rowCount !== 0) return { answer: refused("pix-claim-open", { key }), audit: null };
    const claim = newId();
    await tx.query(
      `INSERT INTO pix_claim (id, side, type, key, key_type, state, other_bank, account, claimant,
                              actor)
       VALUES ($1, 'claimer', $2, $3, $4, 'open', $5, $6, $7, $8)`,
      [
        ...[claim, type, key, keyType, owner.bank, account, JSON.stringify(claimant)],
        JSON.stringify(ctx.actor),
      ],
    );
    await sendLetter(tx, owner.bank, { kind: "claim-opened", id: claim, type, key, claimant });
    return {
      answer: { ok: true, value: { id: claim } },
      audit: { subject: claim, details: { key, type, from: owner.bank, account } },
    };
  });
  return readClaim(ctx, { id, side: "claimer" });
}
