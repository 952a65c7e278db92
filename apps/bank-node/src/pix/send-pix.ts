import { randomInt } from "node:crypto";
import { buildEndToEndId } from "@pacto/banking";
import {
  findMember,
  type PixPayment,
  type SendPixInput,
  type SentPix,
  type TransferView,
} from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { actorScope } from "../staff/actor.ts";
import { createTransfer } from "../transfers/create-transfer.ts";
import { RefusalError } from "../trpc.ts";
import { findKey, type FoundKey } from "./resolve-key.ts";

const SUFFIX_LENGTH = 11;
const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/**
 * Pays a key from an account of this bank. The end-to-end id is part of what the banks vote on, so
 * it is fixed before the first message; the payee's bank confirms at prepare that the key still
 * points to the account. Asked again with the same key it answers the same payment.
 * @throws RefusalError when the key is unknown, moved since it was confirmed, or the payer's own
 */
export async function sendPix(ctx: StaffContext, input: SendPixInput): Promise<SentPix> {
  const { waitMs, idempotencyKey, ...request } = input;
  const { key, owner } = (await earlier(ctx, idempotencyKey)) ?? (await confirmPayee(ctx, input));
  const from = { bank: ctx.bank.id, account: input.fromAccount };
  const to = { bank: owner.bank, account: owner.account };
  if (from.bank === to.bank && from.account === to.account) {
    throw new RefusalError({ code: "pix-to-itself", details: {} });
  }
  const { amountCentavos, description: purpose } = input;
  const pix: PixPayment = {
    endToEndId: newEndToEndId(ctx),
    payee: to,
    key: key.value,
    txid: input.txid ?? null,
  };
  const transfer = await createTransfer(
    ctx,
    {
      idempotencyKey,
      from: [{ ...from, amountCentavos }],
      to: [{ ...to, amountCentavos }],
      purpose,
      waitMs,
    },
    { pix, asked: { operation: "pix.send", request } },
  );
  return viewSent(ctx, transfer);
}

async function confirmPayee(ctx: StaffContext, input: SendPixInput): Promise<FoundKey> {
  const found = await findKey(ctx, input.fromAccount, input.key);
  const { expected } = input;
  const { bank, account } = found.owner;
  if (expected && (expected.bank !== bank || expected.account !== account)) {
    throw new RefusalError({ code: "pix-payee-moved", details: { key: found.key.value } });
  }
  return found;
}

/** The payee of the payment that this idempotency key already began, wherever the key is now. */
async function earlier(
  ctx: StaffContext,
  idempotencyKey: string,
): Promise<{ key: { value: string }; owner: PixPayment["payee"] } | undefined> {
  const { rows } = await ctx.bank.pools.api.query<{ pix: PixPayment | null }>(
    `SELECT g.record -> 'descriptor' -> 'branches' -> 0 -> 'work' -> 'pix' AS pix
       FROM idempotency_record r
       JOIN global_transaction g ON g.id = (r.result -> 'value' ->> 'id')::uuid
      WHERE r.scope = $1 AND r.key = $2 AND r.operation = 'pix.send'`,
    [actorScope(ctx.actor), idempotencyKey],
  );
  const pix = rows[0]?.pix;
  return pix?.key ? { key: { value: pix.key }, owner: pix.payee } : undefined;
}

/** A payment as its begin row has it. */
async function viewSent(ctx: StaffContext, transfer: TransferView): Promise<SentPix> {
  const { rows } = await ctx.bank.pools.api.query<{ pix: PixPayment | null }>(
    `SELECT record -> 'descriptor' -> 'branches' -> 0 -> 'work' -> 'pix' AS pix
       FROM global_transaction WHERE id = $1`,
    [transfer.id],
  );
  const pix = rows[0]?.pix;
  if (!pix) throw new Error(`transfer ${transfer.id} is no PIX`);
  return {
    endToEndId: pix.endToEndId,
    transactionId: transfer.id,
    state: transfer.state,
    amountCentavos: transfer.totalCentavos,
    key: pix.key,
    to: pix.payee,
    refusal: transfer.refusal,
    createdAt: transfer.createdAt,
  };
}

function newEndToEndId(ctx: StaffContext): string {
  const ispb = findMember(ctx.bank.manifest, ctx.bank.id)?.ispb;
  if (ispb === undefined) throw new Error(`bank ${ctx.bank.id} has no ISPB`);
  const letters = Array.from({ length: SUFFIX_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]);
  return buildEndToEndId({ ispb, instant: new Date(), suffix: letters.join("") });
}
