import type { PixRequestView, PixTarget, Refusal } from "@pacto/contract";
import type { StaffContext } from "../../context.ts";
import { onceInTransaction, type Told } from "../../idempotency/once-in-transaction.ts";
import { newId } from "../../new-id.ts";
import { RefusalError } from "../../trpc.ts";
import { sendLetter } from "../letters/send-letter.ts";
import { confirmTarget } from "../orders/confirm-target.ts";
import { selectHolder } from "../sql.ts";
import { payRequestOnce } from "./pay-request.ts";
import {
  endRequest,
  insertRequest,
  lockRequest,
  type RequestOf,
  type RequestRow,
  SELECT_REQUEST,
  selectRequest,
  viewRequest,
} from "./requests.ts";

const DAY_MS = 86_400_000;

interface SendRequest {
  readonly idempotencyKey: string;
  readonly account: string;
  readonly payer: PixTarget;
  readonly amountCentavos: number;
  readonly description: string;
  readonly openDays: number;
}

/**
 * Sends a charge to a client of any bank.
 * @throws RefusalError `account-not-found`, or as the payer is not found
 */
export async function sendRequest(ctx: StaffContext, input: SendRequest): Promise<PixRequestView> {
  const { bank } = ctx;
  const { account, amountCentavos, description, openDays } = input;
  const holder = await selectHolder(bank.pools.api, bank.id, account);
  if (holder === undefined) {
    throw new RefusalError({ code: "account-not-found", details: { bank: bank.id, account } });
  }
  const target = await confirmTarget(ctx, account, input.payer);
  const payer = { bank: target.bank, account: target.account };
  const payee = { bank: bank.id, account };
  const asked = { operation: "pix.requests.send", input };
  const { id } = await onceInTransaction(ctx, asked, async (tx) => {
    const request = {
      id: newId(),
      payee,
      payeeName: holder.name,
      payer,
      amountCentavos,
      description,
      expiresAt: new Date(Date.now() + openDays * DAY_MS).toISOString(),
    };
    await insertRequest(tx, { ...request, side: "sender" });
    await sendLetter(tx, payer.bank, { kind: "request-sent", ...request });
    return told(request.id, { payer, payee, amountCentavos });
  });
  return readRequest(ctx, { id, side: "sender" });
}

interface ById {
  readonly idempotencyKey: string;
  readonly id: string;
}

/**
 * The payer accepts, and it is paid once; begun, it goes on whatever crashes. Refused for want of
 * funds it stands open again. Throws RefusalError `pix-request-not-found`, `pix-request-state`.
 */
export async function acceptRequest(ctx: StaffContext, input: ById): Promise<PixRequestView> {
  const of: RequestOf = { id: input.id, side: "payer" };
  await onceInTransaction(ctx, { operation: "pix.requests.accept", input }, async (tx) => {
    const row = await lockRequest(tx, of);
    if (row?.state !== "received") return refuse(stateRefusal(ctx, row));
    await tx.query(
      `UPDATE pix_request SET state = 'paying', refusal = NULL, actor = $2,
              wake_at = now() + interval '30 seconds' WHERE id = $1 AND side = 'payer'`,
      [row.id, JSON.stringify(ctx.actor)],
    );
    return told(row.id, { amountCentavos: Number(row.amount), payee: row.payee });
  });
  await payRequestOnce(ctx, of.id);
  return readRequest(ctx, of);
}

/** The payer declines. Throws RefusalError `pix-request-not-found`, `pix-request-state`. */
export async function declineRequest(
  ctx: StaffContext,
  input: ById & { readonly reason: string },
): Promise<PixRequestView> {
  const of: RequestOf = { id: input.id, side: "payer" };
  await onceInTransaction(ctx, { operation: "pix.requests.decline", input }, async (tx) => {
    const row = await lockRequest(tx, of);
    if (row?.state !== "received") return refuse(stateRefusal(ctx, row));
    const end = { state: "declined", reason: input.reason } as const;
    await endRequest(tx, of, end);
    await sendLetter(tx, row.payee.bank, {
      kind: "request-told",
      id: row.id,
      ...end,
      refusal: null,
      endToEndId: null,
    });
    return told(row.id, { reason: input.reason });
  });
  return readRequest(ctx, of);
}

/**
 * The payee takes it back. A payment that was accepted before the payer's bank heard of it stands,
 * and is told. Throws RefusalError `pix-request-not-found`, `pix-request-state`.
 */
export async function cancelRequest(ctx: StaffContext, input: ById): Promise<PixRequestView> {
  const of: RequestOf = { id: input.id, side: "sender" };
  await onceInTransaction(ctx, { operation: "pix.requests.cancel", input }, async (tx) => {
    const row = await lockRequest(tx, of);
    if (row?.state !== "sent" && row?.state !== "received") return refuse(stateRefusal(ctx, row));
    await endRequest(tx, of, { state: "cancelled" });
    await sendLetter(tx, row.payer.bank, { kind: "request-cancelled", id: row.id });
    return told(row.id, {});
  });
  return readRequest(ctx, of);
}

/** Throws RefusalError `pix-request-not-found`. */
export async function readRequest(ctx: StaffContext, of: RequestOf): Promise<PixRequestView> {
  const row = await selectRequest(ctx.bank.pools.api, of);
  if (row === undefined) throw new RefusalError(stateRefusal(ctx, row));
  return viewRequest(row);
}

interface ListRequests {
  readonly side?: RequestOf["side"] | undefined;
  readonly openOnly: boolean;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Requests to pay that this bank's clients sent and received, newest first. */
export async function listRequests(ctx: StaffContext, input: ListRequests) {
  const { rows } = await ctx.bank.pools.api.query<RequestRow>(
    `${SELECT_REQUEST}
      WHERE ($1::text IS NULL OR side = $1)
        AND (NOT $2::bool OR state IN ('sent', 'received', 'paying'))
        AND ($3::uuid IS NULL OR id < $3)
      ORDER BY id DESC, side LIMIT $4`,
    [input.side ?? null, input.openOnly, input.cursor ?? null, input.limit + 1],
  );
  const page = rows.slice(0, input.limit);
  return {
    requests: page.map(viewRequest),
    nextCursor: rows.length > input.limit ? (page.at(-1)?.id ?? null) : null,
  };
}

function stateRefusal(ctx: StaffContext, row: RequestRow | undefined): Refusal {
  if (row === undefined) return { code: "pix-request-not-found", details: { bank: ctx.bank.id } };
  return { code: "pix-request-state", details: { state: row.state } };
}

function told(id: string, details: object): Told<{ readonly id: string }> {
  return { answer: { ok: true, value: { id } }, audit: { subject: id, details } };
}

function refuse(refusal: Refusal): Told<{ readonly id: string }> {
  return { answer: { ok: false, refusal }, audit: null };
}
