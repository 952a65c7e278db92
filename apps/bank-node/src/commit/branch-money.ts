import type { Descriptor } from "@pacto/atomic-commit";
import { MAX_CENTAVOS, type Hold, type Leg } from "@pacto/banking";
import type { Refusal, Work } from "@pacto/contract";
import { auditedNode } from "../audit/audited.ts";
import type { NewPosting, Signed, WorkingSet } from "../ledger/engine/working-set.ts";
import { chargeRefusal, promiseCharge } from "./branch-charge.ts";
import { payeeRefusal } from "./branch-directory.ts";
import { CLEARING, RESERVES, SUSPENSE } from "../ledger/internal-accounts.ts";
import { ledgerRefusal } from "../ledger/ledger-refusal.ts";

/** The accounts that a branch touches: its customers' and, as counterpart, clearing. */
export function accountsOf(work: Work): string[] {
  // The account that a key is to point to, wherever it is: only its own bank has it.
  if (work.legs.length === 0) return work.pixKey?.owner ? [work.pixKey.owner.account] : [];
  return [...work.legs.map((leg) => leg.account), CLEARING];
}

type Legs =
  | { readonly ok: true; readonly legs: Leg[] }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * A branch as a balanced set of legs: what the bank's customers pay out net is credited to
 * clearing, what they receive net is debited from it (design: composite postings).
 */
export function branchLegs(bank: string, set: WorkingSet, work: Work): Legs {
  const legs: Leg[] = [];
  let paidOut = 0n;
  for (const { account: number, direction, amountCentavos } of work.legs) {
    const account = set.accountId(number);
    if (account === undefined) {
      const details = { bank, account: number };
      return { ok: false, refusal: { code: "account-not-found", details } };
    }
    const amount = BigInt(amountCentavos);
    legs.push({ account, direction, amount });
    paidOut += direction === "debit" ? amount : -amount;
  }
  if (paidOut !== 0n) {
    const clearing = set.accountId(CLEARING);
    if (clearing === undefined) throw new Error("the bank has no clearing account");
    legs.push(
      paidOut > 0n
        ? { account: clearing, direction: "credit", amount: paidOut }
        : { account: clearing, direction: "debit", amount: -paidOut },
    );
  }
  return { ok: true, legs };
}

/** The accounts that `forceBranch` may touch. */
export function accountsToForce(work: Work): string[] {
  return [...accountsOf(work), SUSPENSE];
}

/**
 * Books a branch that was committed before a restore lost it (R48): never refused. What belongs to
 * an account that the backup does not know goes to suspense; every account that needs a person's
 * eye is named in the audit.
 */
export function forceBranch(
  bank: string,
  set: WorkingSet,
  posting: NewPosting & { readonly transactionId: string },
  work: Work,
): void {
  const legs = work.legs.map((leg) =>
    set.accountId(leg.account) === undefined ? { ...leg, account: SUSPENSE } : leg,
  );
  const forgotten = work.legs.filter(({ account }) => set.accountId(account) === undefined);
  const branch = branchLegs(bank, set, { ...work, legs });
  if (!branch.ok) throw new Error(`cannot book a restored branch: ${branch.refusal.code}`);
  const overrun = set.force(posting, branch.legs).map((id) => set.accountNumber(id));
  const named = [
    ...forgotten.map(({ account }) => ["restore.account-forgotten", account] as const),
    ...overrun.map((account) => ["restore.bounds-overrun", account] as const),
  ];
  for (const [action, subject] of named) {
    const { transactionId } = posting;
    set.audit({
      ...auditedNode(bank),
      action,
      subject,
      transactionId,
      details: {},
    });
  }
}

/** Centavos that a branch takes from the bank's customers. */
export function branchDebits(work: Work): bigint {
  let debits = 0n;
  for (const { direction, amountCentavos } of work.legs) {
    if (direction === "debit") debits += BigInt(amountCentavos);
  }
  return debits;
}

/**
 * A participant's own look at the whole: money that leaves one bank reaches another. Without it a
 * coordinator could make money out of a bank's clearing account.
 */
export function descriptorRefusal(descriptor: Descriptor<Work>): Refusal | undefined {
  let difference = 0n;
  for (const { work } of descriptor.branches) {
    for (const { direction, amountCentavos } of work.legs) {
      difference += direction === "debit" ? BigInt(amountCentavos) : -BigInt(amountCentavos);
    }
  }
  if (difference === 0n) return undefined;
  // Many legs of the largest amount add up to more than the wire can say.
  const isTellable = difference <= MAX_CENTAVOS && difference >= -MAX_CENTAVOS;
  return isTellable
    ? { code: "unbalanced", details: { differenceCentavos: Number(difference) } }
    : { code: "amount-too-large", details: {} };
}

/**
 * Reserves move in a settlement alone: the branch has no other leg, and it takes this bank's position
 * to zero, as this bank's own books have it at this moment.
 */
export function settlementRefusal(
  bank: string,
  set: WorkingSet,
  { legs }: Work,
): Refusal | undefined {
  const leg = legs.find(({ account }) => account === RESERVES);
  if (leg === undefined) return undefined;
  const id = set.accountId(CLEARING);
  const position = (id === undefined ? undefined : set.account(id)?.ledger) ?? 0n;
  const amount = BigInt(leg.amountCentavos);
  const settles = leg.direction === "credit" ? amount : -amount;
  if (legs.length === 1 && settles === position) return undefined;
  return { code: "position-moved", details: { bank } };
}

/** A settlement's posting is no customer's transfer. */
export function postingKindOf({ legs }: Work): string {
  return legs.some(({ account }) => account === RESERVES) ? "settlement" : "transfer";
}

/** Decides the branch's holds and places them, or says why not. Changes nothing when refused. */
export function reserveBranch(
  bank: string,
  set: WorkingSet,
  transactionId: string,
  work: Work,
  signed?: Signed,
): Refusal | undefined {
  const refusal =
    payeeRefusal(bank, set, work) ??
    chargeRefusal(bank, set, transactionId, work) ??
    settlementRefusal(bank, set, work);
  if (refusal !== undefined) return refusal;
  if (work.legs.length === 0) return undefined;
  const branch = branchLegs(bank, set, work);
  if (!branch.ok) return branch.refusal;
  const decision = set.hold(transactionId, branch.legs, signed);
  if (!decision.ok) return ledgerRefusal(bank, set, decision.refusal);
  promiseCharge(bank, set, transactionId, work);
  return undefined;
}

/** The holds that `reserveBranch` placed for this work: they follow from it, so none is fetched. */
export function holdsOf(bank: string, set: WorkingSet, work: Work): Hold[] {
  const branch = branchLegs(bank, set, work);
  if (!branch.ok)
    throw new Error(`an account of a prepared branch is gone: ${branch.refusal.code}`);
  const sums = new Map<string, Hold>();
  for (const { account, direction, amount } of branch.legs) {
    const key = `${account}${direction}`;
    const sum = (sums.get(key)?.amount ?? 0n) + amount;
    sums.set(key, { account, direction, amount: sum });
  }
  return [...sums.values()];
}
