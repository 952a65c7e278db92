import type { Bank } from "../../context.ts";
import { withTransaction } from "../../database/transaction.ts";
import { notify } from "../../notifications/notify.ts";
import { cancel, confirm } from "./answer-claim.ts";
import { type ClaimOf, type ClaimRow, lockClaim, nextState } from "./claims.ts";
import { completeClaimOnce } from "./complete-claim.ts";

const CLAIM = "30 seconds";
const DUE_MAX = 8;

type Due = ClaimOf & Pick<ClaimRow, "completing" | "actor">;

const CLAIM_DUE = `UPDATE pix_claim SET wake_at = now() + interval '${CLAIM}'
  WHERE (id, side) IN (SELECT id, side FROM pix_claim WHERE wake_at <= now()
                        ORDER BY wake_at LIMIT ${DUE_MAX} FOR UPDATE SKIP LOCKED)
  RETURNING id, side, completing, actor`;

/** Goes on with claims whose time is over, or whose key was on its way; says whether any was. */
export async function runDueClaims(bank: Bank): Promise<boolean> {
  const { rows } = await bank.pools.recovery.query<Due>(CLAIM_DUE);
  await Promise.all(
    rows.map(({ id, side, completing, actor }) => {
      if (!completing) return timeIsOver(bank, { id, side });
      return completeClaimOnce({ bank, actor, correlationId: `claim-${id}` }, id);
    }),
  );
  return rows.length > 0;
}

async function timeIsOver(bank: Bank, of: ClaimOf): Promise<void> {
  await withTransaction(bank.pools.recovery, async (tx) => {
    const row = await lockClaim(tx, of);
    if (row === undefined || row.completing) return;
    const over = of.side === "donor" ? "resolution-over" : "completion-over";
    const next = nextState(row, { kind: over });
    if (next === "confirmed") await confirm(tx, row);
    else if (next === "cancelled") await cancel(tx, row, "default");
    else return;
    const { id, account, key, type, otherBank } = row;
    const details = { key, bank: otherBank, type };
    await notify(tx, { kind: `claim-${next}`, subject: id, account, details });
  });
}
