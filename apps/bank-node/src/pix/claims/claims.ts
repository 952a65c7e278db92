import {
  type ClaimEvent,
  type ClaimSide,
  type ClaimState,
  type ClaimType,
  isTaxId,
  maskName,
  maskTaxId,
  type PixKeyType,
  stepClaim,
} from "@pacto/banking";
import type { PixClaimReason, PixClaimView, PixKeyOwner, Refusal } from "@pacto/contract";
import type { Pool } from "../../database/pools.ts";
import type { Tx } from "../../database/transaction.ts";
import type { StaffActor } from "../../staff/actor.ts";

export interface ClaimRow {
  readonly id: string;
  readonly side: ClaimSide;
  readonly type: ClaimType;
  readonly key: string;
  readonly keyType: PixKeyType;
  readonly state: ClaimState;
  readonly otherBank: string;
  readonly account: string;
  readonly claimant: PixKeyOwner;
  readonly reason: PixClaimReason | null;
  readonly refusal: Refusal | null;
  readonly openedAt: Date;
  readonly resolveBy: Date | null;
  readonly completeBy: Date | null;
  readonly completing: boolean;
  readonly actor: StaffActor;
  /** By the database's clock. */
  readonly isResolutionOver: boolean;
}

export const SELECT_CLAIM = `SELECT id, side, type, key, key_type AS "keyType", state,
  other_bank AS "otherBank", account, claimant, reason, refusal, opened_at AS "openedAt",
  resolve_by AS "resolveBy", complete_by AS "completeBy", completing, actor,
  coalesce(resolve_by <= now(), false) AS "isResolutionOver" FROM pix_claim`;

export interface ClaimOf {
  readonly id: string;
  readonly side: ClaimSide;
}

export async function lockClaim(tx: Tx, { id, side }: ClaimOf): Promise<ClaimRow | undefined> {
  const { rows } = await tx.query<ClaimRow>(
    `${SELECT_CLAIM} WHERE id = $1 AND side = $2 FOR UPDATE`,
    [id, side],
  );
  return rows[0];
}

export async function selectClaim(
  pool: Pool,
  { id, side }: ClaimOf,
): Promise<ClaimRow | undefined> {
  const { rows } = await pool.query<ClaimRow>(`${SELECT_CLAIM} WHERE id = $1 AND side = $2`, [
    id,
    side,
  ]);
  return rows[0];
}

/** The state that an event leads to, or why it leads nowhere. */
export function nextState(row: ClaimRow, event: ClaimEvent): ClaimState | Refusal {
  const step = stepClaim(row, event);
  if (step.ok) return step.state;
  if (step.code === "pix-claim-state" || row.resolveBy === null) {
    return { code: "pix-claim-state", details: { state: row.state } };
  }
  return { code: step.code, details: { until: row.resolveBy.toISOString() } };
}

interface Ending {
  readonly reason: PixClaimReason;
  readonly refusal?: Refusal | null;
}

/** Ends a claim without the key; at the donor's bank, the key is free for its holder again. */
export async function cancelRow(
  tx: Tx,
  row: ClaimRow,
  { reason, refusal = null }: Ending,
): Promise<void> {
  await tx.query(
    `UPDATE pix_claim SET state = 'cancelled', reason = $3, refusal = $4, wake_at = NULL
      WHERE id = $1 AND side = $2`,
    [row.id, row.side, reason, refusal === null ? null : JSON.stringify(refusal)],
  );
  if (row.side === "donor") await freeKey(tx, row);
}

async function freeKey(tx: Tx, { id, key }: ClaimRow): Promise<void> {
  await tx.query("UPDATE pix_key SET claim = NULL WHERE key = $1 AND claim ->> 'id' = $2", [
    key,
    id,
  ]);
}

/** At the donor's bank: the key may go to the claimant, until `minutes` are over. */
export async function confirmRow(tx: Tx, row: ClaimRow, minutes: number): Promise<Date> {
  const { rows } = await tx.query<{ completeBy: Date }>(
    `UPDATE pix_claim SET state = 'confirmed', wake_at = NULL,
            complete_by = now() + $2 * interval '1 minute'
      WHERE id = $1 AND side = 'donor' RETURNING complete_by AS "completeBy"`,
    [row.id, minutes],
  );
  await tx.query(
    `UPDATE pix_key SET claim = claim || '{"isConfirmed": true}'
      WHERE key = $1 AND claim ->> 'id' = $2`,
    [row.key, row.id],
  );
  return rows[0]?.completeBy ?? new Date();
}

export function viewClaim(row: ClaimRow): PixClaimView {
  const { id, side, type, key, keyType, state, account, otherBank, reason, refusal } = row;
  const { name, taxId } = row.claimant;
  const masked = isTaxId(taxId) ? maskTaxId(taxId) : "";
  return {
    id,
    side,
    type,
    key,
    keyType,
    state,
    account,
    otherBank,
    reason,
    refusal,
    claimantMasked: `${maskName(name)} · ${masked}`,
    isCompleting: row.completing,
    openedAt: row.openedAt.toISOString(),
    resolveBy: row.resolveBy?.toISOString() ?? null,
    completeBy: row.completeBy?.toISOString() ?? null,
  };
}
