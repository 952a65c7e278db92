import { saoPauloDate } from "@pacto/banking";
import type { PixPayment, Refusal, Work } from "@pacto/contract";
import type { WorkingSet } from "../ledger/engine/working-set.ts";
import { dueOf } from "../pix/charges/due.ts";

// A branch that pays a PIX charge at the payee's bank. The charge's row is the lock: while one
// payment has promised to pay it, every other one is refused before its money moves.

/** Charges have longer txids than static codes (pix-api 2.9.0): the txid alone tells. */
const CHARGE_TXID_MIN = 26;

/** The charge that a branch pays at this bank. */
export function* chargesOf(bank: string, work: Work): Iterable<string> {
  const txid = chargeOf(bank, work.pix);
  if (txid !== null) yield txid;
}

function chargeOf(bank: string, pix: PixPayment | undefined): string | null {
  if (pix === undefined || pix.payee.bank !== bank || pix.txid === null) return null;
  return pix.txid.length >= CHARGE_TXID_MIN ? pix.txid : null;
}

/** Whether the charge may be paid by this branch, now and with this amount. Changes nothing. */
export function chargeRefusal(
  bank: string,
  set: WorkingSet,
  transactionId: string,
  work: Work,
): Refusal | undefined {
  const txid = chargeOf(bank, work.pix);
  if (txid === null) return undefined;
  const charge = set.charges.get(txid);
  if (charge === undefined || charge.key !== work.pix?.key) {
    return { code: "pix-charge-unknown", details: { bank, txid } };
  }
  const details = { txid };
  if (charge.status !== "ATIVA") return { code: "pix-charge-closed", details };
  if (set.now >= charge.expiresAt) return { code: "pix-charge-expired", details };
  if (charge.pending !== null && charge.pending !== transactionId) {
    return { code: "pix-charge-busy", details };
  }
  const { finalCentavos } = dueOf(charge.terms, saoPauloDate(new Date(set.now)));
  if (charge.terms.isAmountOpen || creditedTo(work) === BigInt(finalCentavos)) return undefined;
  return { code: "pix-charge-amount", details: { txid, dueCentavos: finalCentavos } };
}

/** Promises the charge to this payment; `chargeRefusal` allowed it. */
export function promiseCharge(
  bank: string,
  set: WorkingSet,
  transactionId: string,
  work: Work,
): void {
  const charge = rowOf(bank, set, work);
  if (charge !== undefined) set.charges.put(charge.txid, { ...charge, pending: transactionId });
}

/** The decision was commit: the charge is paid, by this payment alone. */
export function settleCharge(bank: string, set: WorkingSet, work: Work): void {
  const charge = rowOf(bank, set, work);
  if (charge === undefined || charge.paidBy !== null) return;
  set.charges.put(charge.txid, {
    ...charge,
    status: "CONCLUIDA",
    pending: null,
    paidBy: work.pix?.endToEndId ?? null,
    paidAmount: creditedTo(work),
    paidAt: set.now,
  });
}

/** The decision was abort: somebody else may pay it. */
export function releaseCharge(
  bank: string,
  set: WorkingSet,
  transactionId: string,
  work: Work,
): void {
  const charge = rowOf(bank, set, work);
  if (charge?.pending === transactionId) set.charges.put(charge.txid, { ...charge, pending: null });
}

function rowOf(bank: string, set: WorkingSet, { pix }: Work) {
  const txid = chargeOf(bank, pix);
  return txid === null ? undefined : set.charges.get(txid);
}

function creditedTo({ legs, pix }: Work): bigint {
  return legs
    .filter(({ account, direction }) => direction === "credit" && account === pix?.payee.account)
    .reduce((sum, { amountCentavos }) => sum + BigInt(amountCentavos), 0n);
}
