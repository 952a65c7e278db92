import { randomInt } from "node:crypto";
import { buildEndToEndId } from "@pacto/banking";
import { findMember, type PixPayment, type Refusal, type TransferView } from "@pacto/contract";
import type { StaffContext } from "../../context.ts";
import { engineRefusal } from "../../ledger/engine/engine-refusal.ts";
import { createTransfer } from "../../transfers/create-transfer.ts";
import { RefusalError } from "../../trpc.ts";
import { findKey } from "../resolve-key.ts";

/** Keys of orders belong to the orders: whichever process pays one, it is paid once. */
export const ORDERS = "pix-orders";
const WAIT_MS = 5_000;
const SUFFIX_LENGTH = 11;
const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** What is paid later in somebody's name, as it was confirmed when it was ordered. */
export interface OrderRequest {
  readonly key: string | null;
  readonly bank: string;
  readonly account: string;
  /** Whose the key was: a key that another person has got since is not paid. */
  readonly taxId: string | null;
  readonly nameMasked: string | null;
  readonly amountCentavos: number;
  readonly description: string;
}

export type OrderOutcome =
  | { readonly kind: "paid"; readonly transactionId: string; readonly endToEndId: string }
  | {
      readonly kind: "refused";
      readonly refusal: Refusal;
      readonly transactionId: string | null;
    }
  /** Not known yet: asked for again by the same key. */
  | { readonly kind: "unknown" };

interface Attempt {
  readonly fromAccount: string;
  /** The same for every call of one attempt. */
  readonly key: string;
}

/** Pays an order, once for its key, and tells what became of it. */
export async function payOrder(
  ctx: StaffContext,
  order: OrderRequest,
  { fromAccount, key }: Attempt,
): Promise<OrderOutcome> {
  try {
    const payee = await currentPayee(ctx, order, { fromAccount, key });
    const { amountCentavos, description: purpose } = order;
    const pix = { endToEndId: newEndToEndId(ctx), payee, key: order.key, txid: null };
    const transfer = await createTransfer(
      ctx,
      {
        idempotencyKey: key,
        purpose,
        waitMs: WAIT_MS,
        from: [{ bank: ctx.bank.id, account: fromAccount, amountCentavos }],
        to: [{ ...payee, amountCentavos }],
      },
      { scope: ORDERS, pix, asked: { operation: "pix.order", request: { order: key } } },
    );
    return await outcomeOf(ctx, transfer);
  } catch (error) {
    if (error instanceof RefusalError) {
      return { kind: "refused", refusal: error.refusal, transactionId: null };
    }
    if (engineRefusal(error, { bank: ctx.bank.id, isMutation: true }) === undefined) throw error;
    return { kind: "unknown" };
  }
}

/** Whether this attempt was ever begun: then its outcome is asked for, whatever the hour. */
export async function wasBegun(ctx: Pick<StaffContext, "bank">, key: string): Promise<boolean> {
  const { rowCount } = await ctx.bank.pools.recovery.query(
    "SELECT FROM idempotency_record WHERE scope = $1 AND key = $2",
    [ORDERS, key],
  );
  return rowCount !== 0;
}

async function currentPayee(
  ctx: StaffContext,
  { key, bank, account, taxId }: OrderRequest,
  attempt: Attempt,
): Promise<PixPayment["payee"]> {
  if (key === null || (await wasBegun(ctx, attempt.key))) return { bank, account };
  const { owner } = await findKey(ctx, attempt.fromAccount, key);
  if (taxId !== null && owner.taxId !== taxId) {
    throw new RefusalError({ code: "pix-payee-moved", details: { key } });
  }
  return { bank: owner.bank, account: owner.account };
}

async function outcomeOf(
  ctx: StaffContext,
  { id, state, refusal }: TransferView,
): Promise<OrderOutcome> {
  if (state === "aborted") {
    const why = refusal ?? { code: "presumed-abort", details: {} };
    return { kind: "refused", refusal: why, transactionId: id };
  }
  if (state !== "committed") return { kind: "unknown" };
  const { rows } = await ctx.bank.pools.api.query<{ endToEndId: string | null }>(
    `SELECT record -> 'descriptor' -> 'branches' -> 0 -> 'work' -> 'pix' ->> 'endToEndId'
            AS "endToEndId" FROM global_transaction WHERE id = $1`,
    [id],
  );
  return { kind: "paid", transactionId: id, endToEndId: rows[0]?.endToEndId ?? "" };
}

function newEndToEndId(ctx: StaffContext): string {
  const ispb = findMember(ctx.bank.manifest, ctx.bank.id)?.ispb;
  if (ispb === undefined) throw new Error(`bank ${ctx.bank.id} has no ISPB`);
  const letters = Array.from({ length: SUFFIX_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]);
  return buildEndToEndId({ ispb, instant: new Date(), suffix: letters.join("") });
}
