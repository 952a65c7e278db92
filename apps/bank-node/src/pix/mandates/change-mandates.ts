import { type LocalDate, mandateFault, saoPauloDate } from "@pacto/banking";
import type { PixMandateTerms, PixMandateView, PixRulesView, Refusal } from "@pacto/contract";
import type { StaffContext } from "../../context.ts";
import type { Tx } from "../../database/transaction.ts";
import { onceInTransaction, type Told } from "../../idempotency/once-in-transaction.ts";
import { newId } from "../../new-id.ts";
import { RefusalError } from "../../trpc.ts";
import { sendLetter } from "../letters/send-letter.ts";
import { readRules } from "../rules/rules.ts";
import { cancelFrom } from "../schedules/schedules.ts";
import { selectHolder } from "../sql.ts";
import {
  insertCharge,
  insertMandate,
  lockMandate,
  type MandateOf,
  type MandateRow,
  type NewCharge,
  SELECT_MANDATE,
  selectMandate,
  setState,
  standingDates,
  termsOf,
  viewMandate,
} from "./mandates.ts";

const DAY_MS = 86_400_000;

interface ProposeMandate {
  readonly idempotencyKey: string;
  readonly account: string;
  readonly payer: { readonly bank: string; readonly account: string };
  readonly terms: PixMandateTerms;
}

/**
 * Asks a payer, at its own bank, to allow automatic debits to an account here.
 * @throws RefusalError `account-not-found`, `unknown-bank`, `pix-to-itself`
 */
export async function proposeMandate(
  ctx: StaffContext,
  input: ProposeMandate,
): Promise<PixMandateView> {
  const { bank } = ctx;
  const { account, payer, terms } = input;
  const holder = await selectHolder(bank.pools.api, bank.id, account);
  const refusal = ((): Refusal | undefined => {
    if (holder === undefined) {
      return { code: "account-not-found", details: { bank: bank.id, account } };
    }
    if (!bank.manifest.members.some(({ id }) => id === payer.bank)) {
      return { code: "unknown-bank", details: { bank: payer.bank } };
    }
    const isItself = payer.bank === bank.id && payer.account === account;
    return isItself ? { code: "pix-to-itself", details: {} } : undefined;
  })();
  if (refusal !== undefined) throw new RefusalError(refusal);
  const receiver = { bank: bank.id, account };
  const receiverName = holder?.name ?? "";
  const asked = { operation: "pix.mandates.propose", input };
  const { id } = await onceInTransaction(ctx, asked, async (tx) => {
    const { mandateAnswerDays } = await readRules(tx);
    const answerBy = new Date(Date.now() + mandateAnswerDays * DAY_MS).toISOString();
    const mandate = { id: newId(), receiver, receiverName, payer, terms, answerBy };
    await insertMandate(tx, { ...mandate, side: "receiver" });
    await sendLetter(tx, payer.bank, { kind: "mandate-proposed", ...mandate });
    return told(mandate.id, { receiver, payer, terms });
  });
  return readMandate(ctx, { id, side: "receiver" });
}

interface ById {
  readonly idempotencyKey: string;
  readonly id: string;
}

/** The payer allows it. Throws RefusalError `pix-mandate-not-found`, `pix-mandate-state`. */
export function acceptMandate(ctx: StaffContext, input: ById): Promise<PixMandateView> {
  return answer(ctx, { operation: "pix.mandates.accept", input }, "active");
}

/** The payer does not. Throws RefusalError `pix-mandate-not-found`, `pix-mandate-state`. */
export function rejectMandate(ctx: StaffContext, input: ById): Promise<PixMandateView> {
  return answer(ctx, { operation: "pix.mandates.reject", input }, "rejected");
}

async function answer(
  ctx: StaffContext,
  asked: { readonly operation: string; readonly input: ById },
  state: "active" | "rejected",
): Promise<PixMandateView> {
  const of: MandateOf = { id: asked.input.id, side: "payer" };
  await onceInTransaction(ctx, asked, async (tx) => {
    const row = await lockMandate(tx, of);
    if (row?.state !== "proposed") return refuse(stateRefusal(ctx, row));
    await setState(tx, of, state);
    const letter = { kind: "mandate-answered", id: row.id, state, refusal: null } as const;
    await sendLetter(tx, row.receiver.bank, letter);
    return told(row.id, { state });
  });
  return readMandate(ctx, of);
}

/** Either side ends it; what is due from tomorrow on is not taken any more. */
export async function cancelMandate(
  ctx: StaffContext,
  input: ById & { readonly side: MandateOf["side"] },
): Promise<PixMandateView> {
  const { id, side } = input;
  await onceInTransaction(ctx, { operation: "pix.mandates.cancel", input }, async (tx) => {
    const row = await lockMandate(tx, { id, side });
    if (row?.state !== "proposed" && row?.state !== "active") {
      return refuse(stateRefusal(ctx, row));
    }
    await setState(tx, { id, side }, "cancelled");
    if (side === "payer") await cancelCharges(tx, id);
    const other = side === "payer" ? row.receiver.bank : row.payer.bank;
    await sendLetter(tx, other, { kind: "mandate-cancelled", id, by: side });
    return told(id, { side });
  });
  return readMandate(ctx, { id, side });
}

/** At the payer's bank: the charges of a mandate that is over; today's is today's. */
export async function cancelCharges(tx: Tx, mandate: string): Promise<void> {
  const { rows } = await tx.query<{ id: string }>(
    "SELECT id FROM pix_schedule WHERE mandate_id = $1 AND status = 'active'",
    [mandate],
  );
  // oxlint-disable-next-line no-await-in-loop -- one connection
  for (const { id } of rows) await cancelFrom(tx, id);
}

interface ChargeMandate extends ById {
  readonly amountCentavos: number;
  readonly dueOn: string;
}

/**
 * Takes once a cycle what the payer allowed; the payer's bank says whether it is within the
 * mandate. Throws RefusalError `pix-mandate-state`, `mandate-amount`, `mandate-period`,
 * `mandate-ahead`, `mandate-cycle`.
 */
export async function chargeMandate(
  ctx: StaffContext,
  input: ChargeMandate,
): Promise<PixMandateView> {
  const of: MandateOf = { id: input.id, side: "receiver" };
  await onceInTransaction(ctx, { operation: "pix.mandates.charge", input }, async (tx) => {
    const row = await lockMandate(tx, of);
    if (row?.state !== "active") return refuse(stateRefusal(ctx, row));
    const { amountCentavos, dueOn } = input;
    const charge: NewCharge = { id: newId(), amountCentavos, dueOn };
    const refusal = chargeRefusal(row, charge, await readRules(tx));
    if (refusal !== null) return refuse(refusal);
    await insertCharge(tx, of, charge, "sent");
    await sendLetter(tx, row.payer.bank, { kind: "mandate-charged", id: row.id, charge });
    return told(row.id, { ...charge });
  });
  return readMandate(ctx, of);
}

/** Why a charge is not within the mandate, by this bank's own rules and calendar. */
export function chargeRefusal(
  row: MandateRow,
  { amountCentavos, dueOn }: NewCharge,
  rules: PixRulesView,
): Refusal | null {
  const fault = mandateFault(
    termsOf(row),
    { amountCentavos, dueOn: dueOn as LocalDate },
    {
      today: saoPauloDate(new Date()),
      aheadDaysMin: rules.chargeAheadDaysMin,
      aheadDaysMax: rules.chargeAheadDaysMax,
      standing: standingDates(row),
    },
  );
  if (fault === null) return null;
  const { chargeAheadDaysMin: least, chargeAheadDaysMax: most } = rules;
  return { code: fault, details: fault === "mandate-ahead" ? { least, most } : {} };
}

/** Throws RefusalError `pix-mandate-not-found`. */
export async function readMandate(ctx: StaffContext, of: MandateOf): Promise<PixMandateView> {
  const row = await selectMandate(ctx.bank.pools.api, of);
  if (row === undefined) throw new RefusalError(stateRefusal(ctx, row));
  return viewMandate(row);
}

interface ListMandates {
  readonly side?: MandateOf["side"] | undefined;
  readonly openOnly: boolean;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Mandates of this bank's payers and receivers, newest first. */
export async function listMandates(ctx: StaffContext, input: ListMandates) {
  const { rows } = await ctx.bank.pools.api.query<MandateRow>(
    `${SELECT_MANDATE}
      WHERE ($1::text IS NULL OR m.side = $1)
        AND (NOT $2::bool OR m.state IN ('proposed', 'active'))
        AND ($3::uuid IS NULL OR m.id < $3)
      ORDER BY m.id DESC, m.side LIMIT $4`,
    [input.side ?? null, input.openOnly, input.cursor ?? null, input.limit + 1],
  );
  const page = rows.slice(0, input.limit);
  return {
    mandates: page.map(viewMandate),
    nextCursor: rows.length > input.limit ? (page.at(-1)?.id ?? null) : null,
  };
}

function stateRefusal(ctx: StaffContext, row: MandateRow | undefined): Refusal {
  if (row === undefined) return { code: "pix-mandate-not-found", details: { bank: ctx.bank.id } };
  return { code: "pix-mandate-state", details: { state: row.state } };
}

function told(id: string, details: object): Told<{ readonly id: string }> {
  return { answer: { ok: true, value: { id } }, audit: { subject: id, details } };
}

function refuse(refusal: Refusal): Told<{ readonly id: string }> {
  return { answer: { ok: false, refusal }, audit: null };
}
