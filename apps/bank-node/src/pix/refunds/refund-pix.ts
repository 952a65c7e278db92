import { shareOut } from "@pacto/banking";
import {
  REFUND_WINDOW_DAYS,
  type RefundReason,
  type RefundView,
  type Refusal,
  type TransferSide,
} from "@pacto/contract";
import type { StaffContext } from "../../context.ts";
import type { WorkingSet } from "../../ledger/engine/working-set.ts";
import { actorScope } from "../../staff/actor.ts";
import { createTransfer } from "../../transfers/create-transfer.ts";
import { RefusalError } from "../../trpc.ts";
import { newReturnId } from "../mint-id.ts";
import { getRefund, sameRefund } from "./read-refunds.ts";
import { leftOfPayers } from "./left-of-payers.ts";
import { selectReceived, selectRefund, type ReceivedRow } from "./sql.ts";

/** Keys of refunds belong to the payment: whoever of the staff sends one again finds it done. */
const SCOPE = "pix-refunds";
const DAY_MS = 86_400_000;
const PURPOSE_MAX = 140;
/** Refunds of one payment at the same moment decide one after the other. */
const ATTEMPTS_MAX = 20;

export interface RefundPix {
  readonly endToEndId: string;
  readonly id: string;
  readonly amountCentavos: number;
  readonly reason: RefundReason;
  readonly description: string;
  readonly waitMs: number;
}

/**
 * Gives a received PIX back, whole or in part, to everybody who paid it, in proportion and as one
 * global transaction. Decided under the lock of the payment: never more than it was, and for 90
 * days. The client's id makes it happen once; what the banks refuse is a refund NAO_REALIZADO.
 * @throws RefusalError `pix-payment-unknown`, `pix-refund-of-refund`, `pix-refund-over-original`,
 *   `pix-refund-window-over`, `not-allowed` when the reason is the bank's own to give, and
 *   `idempotency-conflict` when the id was used for another refund
 */
export async function refundPix(ctx: StaffContext, input: RefundPix): Promise<RefundView> {
  if (input.endToEndId.startsWith("D")) {
    throw new RefusalError({ code: "pix-refund-of-refund", details: { id: input.endToEndId } });
  }
  const isOfBank = input.reason === "BE08" || input.reason === "FR01";
  if (isOfBank && !ctx.actor.roles.includes("supervisor")) {
    throw new RefusalError({ code: "not-allowed", details: {} });
  }
  for (let attempt = 1; ; attempt += 1) {
    const known = await selectRefund(ctx.bank.pools.api, input.endToEndId, input.id);
    if (known !== undefined) return sameRefund(ctx, known, input);
    try {
      await begin(ctx, input);
      return await getRefund(ctx, input);
    } catch (error) {
      const isBusy = error instanceof RefusalError && error.refusal.code === "pix-refund-busy";
      if (!isBusy || attempt === ATTEMPTS_MAX) throw error;
    }
  }
}

async function begin(ctx: StaffContext, input: RefundPix): Promise<void> {
  const { endToEndId, id, waitMs, ...asked } = input;
  const received = await selectReceived(ctx.bank.pools.api, endToEndId);
  if (received === undefined || received.branches === null) {
    throw new RefusalError({ code: "pix-payment-unknown", details: { endToEndId } });
  }
  const over = overRefusal(endToEndId, received.amount - received.refunded, input.amountCentavos);
  if (over !== undefined) throw new RefusalError(over);
  const to = await sharesOf(ctx, endToEndId, received, input.amountCentavos);
  const from = [
    { bank: ctx.bank.id, account: received.account, amountCentavos: input.amountCentavos },
  ];
  const returnId = newReturnId(ctx.bank);
  await createTransfer(
    ctx,
    {
      idempotencyKey: `${endToEndId}:${id}`,
      from,
      to,
      waitMs,
      purpose: `Devolução PIX ${input.description}`.trim().slice(0, PURPOSE_MAX),
    },
    {
      scope: SCOPE,
      asked: { operation: "pix.refund", request: { endToEndId, id, ...asked } },
      // Money goes back where it came from: no holder signs for that.
      signed: new Set([received.account]),
      pixReturn: { returnId, endToEndId, reason: input.reason },
      refunded: endToEndId,
      guard: (set) => guardRefund(set, input, received),
      alongside: (set, transactionId) => {
        record(ctx, set, { transactionId, returnId, input, received, to });
      },
    },
  );
}

/** Decided under the lock: what was read before it must still hold. */
function guardRefund(
  set: WorkingSet,
  { endToEndId, amountCentavos }: RefundPix,
  received: ReceivedRow,
): Refusal | undefined {
  const balance = set.refundBalance(endToEndId);
  if (balance === undefined) return { code: "pix-payment-unknown", details: { endToEndId } };
  if (set.now > balance.settledAt + REFUND_WINDOW_DAYS * DAY_MS) {
    return { code: "pix-refund-window-over", details: { endToEndId, days: REFUND_WINDOW_DAYS } };
  }
  const over = overRefusal(endToEndId, balance.original - balance.refunded, amountCentavos);
  if (over !== undefined) return over;
  // Another refund came between: the shares of the payers are to be computed anew.
  if (balance.refunded !== received.refunded) {
    return { code: "pix-refund-busy", details: { endToEndId } };
  }
  return undefined;
}

function overRefusal(endToEndId: string, left: bigint, amount: number): Refusal | undefined {
  if (BigInt(amount) <= left) return undefined;
  const details = { endToEndId, remainingCentavos: Number(left) };
  return { code: "pix-refund-over-original", details };
}

/** What each payer gets: in proportion to what they paid and did not get back yet. */
async function sharesOf(
  ctx: StaffContext,
  endToEndId: string,
  { branches }: ReceivedRow,
  amountCentavos: number,
): Promise<TransferSide[]> {
  const left = await leftOfPayers(ctx.bank.pools.api, endToEndId, branches ?? []);
  const all = left.reduce((sum, share) => sum + share.left, 0n);
  // A refund began since the balance was read: the guard sends this one round again.
  if (all < BigInt(amountCentavos)) {
    throw new RefusalError({ code: "pix-refund-busy", details: { endToEndId } });
  }
  return shareOut(BigInt(amountCentavos), left).flatMap(({ who: { bank, account }, amount }) =>
    amount === 0n ? [] : [{ bank, account, amountCentavos: Number(amount) }],
  );
}

interface Recorded {
  readonly transactionId: string;
  readonly returnId: string;
  readonly input: RefundPix;
  readonly received: ReceivedRow;
  readonly to: readonly TransferSide[];
}

/** The refund beside its begin row, and what it takes of the payment unless it failed at once. */
function record(ctx: StaffContext, set: WorkingSet, refund: Recorded): void {
  const { transactionId, returnId, input, received, to } = refund;
  const state = set.coordinators.get(transactionId)?.record.state;
  const status =
    state === "committed"
      ? "DEVOLVIDO"
      : state === "aborted"
        ? "NAO_REALIZADO"
        : "EM_PROCESSAMENTO";
  if (status !== "NAO_REALIZADO") set.takeRefund(input.endToEndId, BigInt(input.amountCentavos));
  set.alsoWrite({
    name: "pix-refund",
    text: `INSERT INTO pix_refund (end_to_end_id, id, return_id, account, amount, status, reason,
                                   description, shares, transaction_id, requested_by, settled_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, to_timestamp($12::float8 / 1000))`,
    values: [
      input.endToEndId,
      input.id,
      returnId,
      received.account,
      input.amountCentavos,
      status,
      input.reason,
      input.description,
      JSON.stringify(to),
      transactionId,
      actorScope(ctx.actor),
      status === "EM_PROCESSAMENTO" ? null : set.now,
    ],
  });
}
