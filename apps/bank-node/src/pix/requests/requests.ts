import type { PixRequestSide, PixRequestView, Refusal } from "@pacto/contract";
import type { Pool } from "../../database/pools.ts";
import type { Tx } from "../../database/transaction.ts";
import type { StaffActor } from "../../staff/actor.ts";

export interface RequestRow {
  readonly id: string;
  readonly side: PixRequestSide;
  readonly state: PixRequestView["state"];
  readonly payee: PixRequestView["payee"];
  readonly payeeName: string;
  readonly payer: PixRequestView["payer"];
  readonly amount: bigint;
  readonly description: string;
  readonly reason: string | null;
  readonly refusal: Refusal | null;
  readonly endToEndId: string | null;
  readonly attempt: number;
  readonly actor: StaffActor | null;
  readonly expiresAt: Date;
  readonly createdAt: Date;
}

export const SELECT_REQUEST = `SELECT id, side, state, payee, payee_name AS "payeeName", payer,
  amount, description, reason, refusal, end_to_end_id AS "endToEndId", attempt, actor,
  expires_at AS "expiresAt", created_at AS "createdAt" FROM pix_request`;

export interface RequestOf {
  readonly id: string;
  readonly side: PixRequestSide;
}

export async function lockRequest(
  tx: Tx,
  { id, side }: RequestOf,
): Promise<RequestRow | undefined> {
  const { rows } = await tx.query<RequestRow>(
    `${SELECT_REQUEST} WHERE id = $1 AND side = $2 FOR UPDATE`,
    [id, side],
  );
  return rows[0];
}

export async function selectRequest(
  pool: Pool,
  { id, side }: RequestOf,
): Promise<RequestRow | undefined> {
  const { rows } = await pool.query<RequestRow>(`${SELECT_REQUEST} WHERE id = $1 AND side = $2`, [
    id,
    side,
  ]);
  return rows[0];
}

interface NewRequest extends RequestOf {
  readonly payee: PixRequestView["payee"];
  readonly payeeName: string;
  readonly payer: PixRequestView["payer"];
  readonly amountCentavos: number;
  readonly description: string;
  readonly expiresAt: string;
}

export async function insertRequest(tx: Tx, one: NewRequest): Promise<void> {
  const state = one.side === "sender" ? "sent" : "received";
  await tx.query(
    `INSERT INTO pix_request (id, side, state, payee, payee_name, payer, amount, description,
                              expires_at, wake_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`,
    [
      ...[one.id, one.side, state, JSON.stringify(one.payee), one.payeeName],
      ...[JSON.stringify(one.payer), one.amountCentavos, one.description, one.expiresAt],
      // Time runs out at the payer's bank, which tells the sender's.
      one.side === "payer" ? one.expiresAt : null,
    ],
  );
}

interface RequestEnd {
  readonly state: PixRequestView["state"];
  readonly reason?: string | null;
  readonly refusal?: Refusal | null;
  readonly endToEndId?: string | null;
}

export async function endRequest(
  tx: Tx,
  { id, side }: RequestOf,
  { state, reason = null, refusal = null, endToEndId = null }: RequestEnd,
): Promise<void> {
  await tx.query(
    `UPDATE pix_request SET state = $3, reason = $4, refusal = $5, end_to_end_id = $6,
            wake_at = NULL WHERE id = $1 AND side = $2`,
    [id, side, state, reason, refusal === null ? null : JSON.stringify(refusal), endToEndId],
  );
}

export function viewRequest(row: RequestRow): PixRequestView {
  const { amount, actor: _, attempt: __, expiresAt, createdAt, ...rest } = row;
  return {
    ...rest,
    amountCentavos: Number(amount),
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
