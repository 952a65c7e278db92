import type { LocalDate, MandateTerms } from "@pacto/banking";
import type {
  PixMandateChargeView,
  PixMandateSide,
  PixMandateTerms,
  PixMandateView,
  Refusal,
} from "@pacto/contract";
import type { Pool } from "../../database/pools.ts";
import type { Tx } from "../../database/transaction.ts";

interface AccountAt {
  readonly bank: string;
  readonly account: string;
}

export interface MandateRow {
  readonly id: string;
  readonly side: PixMandateSide;
  readonly state: PixMandateView["state"];
  readonly receiver: AccountAt;
  readonly receiverName: string;
  readonly payer: AccountAt;
  readonly terms: PixMandateTerms;
  readonly refusal: Refusal | null;
  readonly answerBy: Date;
  readonly createdAt: Date;
  readonly charges: readonly PixMandateChargeView[] | null;
}

export const SELECT_MANDATE = `SELECT m.id, m.side, m.state, m.receiver,
    m.receiver_name AS "receiverName", m.payer, m.terms, m.refusal, m.answer_by AS "answerBy",
    m.created_at AS "createdAt",
    (SELECT jsonb_agg(jsonb_build_object('id', c.id, 'amountCentavos', c.amount,
              'dueOn', c.due_on::text, 'state', c.state, 'refusal', c.refusal,
              'endToEndId', c.end_to_end_id) ORDER BY c.due_on DESC, c.id DESC)
       FROM pix_mandate_charge c WHERE c.mandate_id = m.id AND c.side = m.side) AS charges
  FROM pix_mandate m`;

export interface MandateOf {
  readonly id: string;
  readonly side: PixMandateSide;
}

export async function lockMandate(
  tx: Tx,
  { id, side }: MandateOf,
): Promise<MandateRow | undefined> {
  const { rows } = await tx.query<MandateRow>(
    `${SELECT_MANDATE} WHERE m.id = $1 AND m.side = $2 FOR UPDATE OF m`,
    [id, side],
  );
  return rows[0];
}

export async function selectMandate(
  pool: Pool,
  { id, side }: MandateOf,
): Promise<MandateRow | undefined> {
  const { rows } = await pool.query<MandateRow>(
    `${SELECT_MANDATE} WHERE m.id = $1 AND m.side = $2`,
    [id, side],
  );
  return rows[0];
}

export async function insertMandate(
  tx: Tx,
  { id, side, receiver, receiverName, payer, terms, answerBy }: NewMandate,
): Promise<void> {
  await tx.query(
    `INSERT INTO pix_mandate (id, side, state, receiver, receiver_name, payer, terms, answer_by,
                              wake_at)
     VALUES ($1, $2, 'proposed', $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
    [
      ...[id, side, JSON.stringify(receiver), receiverName, JSON.stringify(payer)],
      // Time runs out at the payer's bank, which tells the receiver's.
      ...[JSON.stringify(terms), answerBy, side === "payer" ? answerBy : null],
    ],
  );
}

type NewMandate = MandateOf &
  Pick<MandateRow, "receiver" | "receiverName" | "payer" | "terms"> & { readonly answerBy: string };

export async function setState(
  tx: Tx,
  { id, side }: MandateOf,
  state: MandateRow["state"],
  refusal: Refusal | null = null,
): Promise<void> {
  await tx.query(
    `UPDATE pix_mandate SET state = $3, refusal = $4, wake_at = NULL WHERE id = $1 AND side = $2`,
    [id, side, state, refusal === null ? null : JSON.stringify(refusal)],
  );
}

export interface NewCharge {
  readonly id: string;
  readonly amountCentavos: number;
  readonly dueOn: string;
}

export async function insertCharge(
  tx: Tx,
  { id: mandate, side }: MandateOf,
  { id, amountCentavos, dueOn }: NewCharge,
  state: "sent" | "scheduled" | "refused",
  refusal: Refusal | null = null,
): Promise<void> {
  await tx.query(
    `INSERT INTO pix_mandate_charge (id, side, mandate_id, amount, due_on, state, refusal)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      ...[id, side, mandate, amountCentavos, dueOn, state],
      refusal === null ? null : JSON.stringify(refusal),
    ],
  );
}

export function termsOf({ terms }: MandateRow): MandateTerms {
  const { startsOn, endsOn, ...rest } = terms;
  return { ...rest, startsOn: startsOn as LocalDate, endsOn: endsOn as LocalDate | null };
}

/** Dates of the charges that use their cycle up. */
export function standingDates({ charges }: MandateRow): LocalDate[] {
  const standing = new Set(["sent", "scheduled", "paid"]);
  return (charges ?? [])
    .filter(({ state }) => standing.has(state))
    .map(({ dueOn }) => dueOn as LocalDate);
}

export function viewMandate({ answerBy, createdAt, charges, ...row }: MandateRow): PixMandateView {
  return {
    ...row,
    answerBy: answerBy.toISOString(),
    createdAt: createdAt.toISOString(),
    charges: [...(charges ?? [])],
  };
}
