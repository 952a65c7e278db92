import type { PayLoanByTransferInput, Refusal, TransferView } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { wasAsked } from "../idempotency/was-asked.ts";
import { createTransfer } from "../transfers/create-transfer.ts";
import { RefusalError } from "../trpc.ts";
import { oneLoan } from "./read-loans.ts";

const OPERATION = "loans.payByTransfer";

/**
 * Pays a loan from accounts of any banks by one global transaction that this bank coordinates. A
 * transfer that the banks refuse is a value with state `aborted`; one above the debt is refused as
 * `loan-overpaid` at once, or where the debt shrank meanwhile. Throws RefusalError `not-a-loan`,
 * `loan-paid`, `loan-overpaid`, and as `createTransfer` does.
 */
export async function payLoanByTransfer(
  ctx: StaffContext,
  input: PayLoanByTransferInput,
): Promise<TransferView> {
  const { idempotencyKey, waitMs, ...request } = input;
  const { number, from, askedBy } = request;
  const amountCentavos = from.reduce((sum, side) => sum + side.amountCentavos, 0);
  const loan = await oneLoan(ctx, number);
  if (!(await wasAsked(ctx, idempotencyKey))) refuseOver(number, -loan.ledger, amountCentavos);
  const transfer = await createTransfer(
    ctx,
    {
      idempotencyKey,
      from,
      to: [{ bank: ctx.bank.id, account: number, amountCentavos }],
      purpose: `Empréstimo ${number}`,
      waitMs,
      ...(askedBy === undefined ? {} : { askedBy }),
    },
    { asked: { operation: OPERATION, request } },
  );
  return { ...transfer, refusal: asOverpaid(number, transfer.refusal) };
}

function refuseOver(number: string, debt: bigint, amountCentavos: number): void {
  if (debt === 0n) throw new RefusalError({ code: "loan-paid", details: { account: number } });
  if (BigInt(amountCentavos) <= debt) return;
  const details = { account: number, debtCentavos: Number(debt) };
  throw new RefusalError({ code: "loan-overpaid", details });
}

/** A loan's ceiling is zero: what it has no room for is more than is owed. */
function asOverpaid(number: string, refusal: Refusal | null): Refusal | null {
  const isOver = refusal?.code === "ceiling-exceeded" && refusal.details["account"] === number;
  if (!isOver) return refusal;
  const debtCentavos = refusal.details["roomCentavos"] ?? 0;
  return { code: "loan-overpaid", details: { account: number, debtCentavos } };
}
