import {
  type PixPayment,
  type SendPixInput,
  type SentPix,
  type TransferSide,
  type TransferView,
} from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { actorScope } from "../staff/actor.ts";
import { createTransfer } from "../transfers/create-transfer.ts";
import { RefusalError } from "../trpc.ts";
import { sidesOf } from "../transfers/view-transfer.ts";
import type { MoneyBranch } from "../transfers/split-into-branches.ts";
import { newEndToEndId } from "./mint-id.ts";
import { readTarget, type FoundTarget } from "./send/read-target.ts";

/**
 * Pays a key, a BR Code or an account from an account of this bank, and from accounts of any bank
 * beside it, all or nothing. The end-to-end id is part of what the banks vote on, so it is fixed
 * before the first message; the payee's bank confirms at prepare that the key still points to the
 * account and that a charge is still open. Asked again with the same key it answers the same payment.
 * @throws RefusalError when nobody is found, the key moved since it was confirmed, the amount is
 *   not what the code asks for, or payer and payee are the same
 */
export async function sendPix(ctx: StaffContext, input: SendPixInput): Promise<SentPix> {
  const { waitMs, idempotencyKey, ...request } = input;
  const order = (await earlier(ctx, idempotencyKey)) ?? (await readOrder(ctx, input));
  const transfer = await createTransfer(
    ctx,
    { idempotencyKey, from: order.from, to: order.to, purpose: order.description, waitMs },
    { pix: order.pix, asked: { operation: "pix.send", request } },
  );
  return viewSent(ctx, transfer);
}

interface Order {
  readonly from: TransferSide[];
  readonly to: TransferSide[];
  readonly description: string;
  readonly pix: PixPayment;
}

async function readOrder(ctx: StaffContext, input: SendPixInput): Promise<Order> {
  const target = await readTarget(ctx, input.fromAccount, input);
  const { owner, key } = target.payee;
  const { expected } = input;
  if (expected && (expected.bank !== owner.bank || expected.account !== owner.account)) {
    const details = { key: key?.value ?? owner.account };
    throw new RefusalError({ code: "pix-payee-moved", details });
  }
  const from = payersOf(ctx, input, target);
  if (from.some(({ bank, account }) => bank === owner.bank && account === owner.account)) {
    throw new RefusalError({ code: "pix-to-itself", details: {} });
  }
  const payee = { bank: owner.bank, account: owner.account };
  const amountCentavos = from.reduce((sum, side) => sum + side.amountCentavos, 0);
  return {
    from,
    to: [{ ...payee, amountCentavos }],
    description: input.description === "" ? target.description : input.description,
    pix: {
      endToEndId: newEndToEndId(ctx.bank),
      payee,
      key: key?.value ?? null,
      txid: target.txid ?? input.txid ?? null,
    },
  };
}

/** Who pays how much, when that is what the code asks for. */
function payersOf(ctx: StaffContext, input: SendPixInput, target: FoundTarget): TransferSide[] {
  const also = input.alsoFrom.reduce((sum, side) => sum + side.amountCentavos, 0);
  const asked = target.amountCentavos;
  const own = input.amountCentavos ?? (asked === null ? undefined : asked - also);
  if (own === undefined || own < 1) {
    throw new RefusalError({ code: "pix-amount-missing", details: {} });
  }
  if (asked !== null && !target.isAmountOpen && own + also !== asked) {
    throw new RefusalError({ code: "pix-code-amount", details: { dueCentavos: asked } });
  }
  const payer = { bank: ctx.bank.id, account: input.fromAccount, amountCentavos: own };
  return [payer, ...input.alsoFrom];
}

/** The payment that this idempotency key already began, wherever the key or the charge is now. */
async function earlier(ctx: StaffContext, idempotencyKey: string): Promise<Order | undefined> {
  const { rows } = await ctx.bank.pools.api.query<{ branches: MoneyBranch[] }>(
    `SELECT g.record -> 'descriptor' -> 'branches' AS branches
       FROM idempotency_record r
       JOIN global_transaction g ON g.id = (r.result -> 'value' ->> 'id')::uuid
      WHERE r.scope = $1 AND r.key = $2 AND r.operation = 'pix.send'`,
    [actorScope(ctx.actor), idempotencyKey],
  );
  const branches = rows[0]?.branches;
  const work = branches?.[0]?.work;
  if (branches === undefined || work?.pix === undefined) return undefined;
  const { pix, description } = work;
  const side = (direction: "debit" | "credit") => sidesOf(branches, direction);
  return { from: side("debit"), to: side("credit"), description, pix };
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
    txid: pix.txid,
    to: pix.payee,
    refusal: transfer.refusal,
    createdAt: transfer.createdAt,
  };
}
