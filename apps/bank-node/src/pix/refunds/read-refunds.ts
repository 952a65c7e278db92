import {
  REFUND_WINDOW_DAYS,
  type PixDetail,
  type Refundable,
  type RefundView,
} from "@pacto/contract";
import { setTimeout as sleep } from "node:timers/promises";
import type { StaffContext } from "../../context.ts";
import { refusalFrom } from "../../transfers/view-transfer.ts";
import { RefusalError } from "../../trpc.ts";
import { listPayments } from "../list-payments.ts";
import type { RefundPix } from "./refund-pix.ts";
import { selectReceived, selectRefund, selectRefunds, type StoredRefund } from "./sql.ts";

const DAY_MS = 86_400_000;
const RECHECK_MS = 100;

/** One refund. @throws RefusalError `pix-refund-unknown` */
export async function getRefund(
  ctx: StaffContext,
  { endToEndId, id }: { readonly endToEndId: string; readonly id: string },
): Promise<RefundView> {
  const refund = await selectRefund(ctx.bank.pools.api, endToEndId, id);
  if (refund === undefined) {
    throw new RefusalError({ code: "pix-refund-unknown", details: { endToEndId, id } });
  }
  return viewRefund(refund);
}

/** The refund that the id already stands for, once it is decided or the time is up. */
export async function sameRefund(
  ctx: StaffContext,
  known: StoredRefund,
  asked: RefundPix,
): Promise<RefundView> {
  const differsIn = [
    ...(Number(known.amount) === asked.amountCentavos ? [] : ["amountCentavos"]),
    ...(known.reason === asked.reason ? [] : ["reason"]),
    ...(known.description === asked.description ? [] : ["description"]),
  ].join(", ");
  if (differsIn !== "") {
    throw new RefusalError({ code: "idempotency-conflict", details: { differsIn } });
  }
  const until = performance.now() + asked.waitMs;
  for (;;) {
    const refund = await getRefund(ctx, asked);
    if (refund.status !== "EM_PROCESSAMENTO" || performance.now() >= until) return refund;
    await sleep(RECHECK_MS);
  }
}

/** Everything that this bank knows of one PIX, sent or received. */
export async function readPix(ctx: StaffContext, endToEndId: string): Promise<PixDetail> {
  const { pools } = ctx.bank;
  const payments = await listPayments(ctx, { endToEndId, limit: 100 });
  if (payments.length === 0) {
    throw new RefusalError({ code: "pix-payment-unknown", details: { endToEndId } });
  }
  const [received, refunds, returned] = await Promise.all([
    selectReceived(pools.api, endToEndId),
    selectRefunds(pools.api, endToEndId),
    selectReturned(ctx, endToEndId),
  ]);
  return {
    payments,
    refundable: received === undefined ? null : refundableOf(received),
    refunds: refunds.map(viewRefund),
    returned,
  };
}

function refundableOf(received: {
  readonly amount: bigint;
  readonly refunded: bigint;
  readonly settledAt: Date;
}): Refundable {
  const until = received.settledAt.getTime() + REFUND_WINDOW_DAYS * DAY_MS;
  const left = Math.max(0, Math.ceil((until - Date.now()) / DAY_MS));
  return {
    originalCentavos: Number(received.amount),
    refundedCentavos: Number(received.refunded),
    remainingCentavos: Number(received.amount - received.refunded),
    until: new Date(until).toISOString(),
    daysLeft: left,
  };
}

interface ReturnedRow {
  readonly returnId: string;
  readonly account: string;
  readonly amount: bigint;
  readonly reason: RefundView["reason"];
  readonly transactionId: string;
  readonly settledAt: Date;
}

async function selectReturned({ bank }: StaffContext, endToEndId: string) {
  const { rows } = await bank.pools.api.query<ReturnedRow>(
    `SELECT return_id AS "returnId", account, amount, reason, transaction_id AS "transactionId",
            settled_at AS "settledAt"
       FROM pix_returned WHERE end_to_end_id = $1 ORDER BY settled_at, return_id, account`,
    [endToEndId],
  );
  return rows.map(({ amount, settledAt, ...row }) => ({
    ...row,
    amountCentavos: Number(amount),
    settledAt: settledAt.toISOString(),
  }));
}

export function viewRefund(refund: StoredRefund): RefundView {
  const { record } = refund;
  const reason = record?.refusal ?? null;
  const refuser = record?.certificate?.votes.find(({ vote }) => vote === "no")?.bank;
  const { amount, shares, requestedAt, settledAt, record: _, ...rest } = refund;
  return {
    ...rest,
    amountCentavos: Number(amount),
    to: [...shares],
    refusal: reason === null ? null : refusalFrom(reason, refuser ?? record?.coordinator ?? ""),
    requestedAt: requestedAt.toISOString(),
    settledAt: settledAt?.toISOString() ?? null,
  };
}
