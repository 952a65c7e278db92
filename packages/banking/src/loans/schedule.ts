import { PPM } from "../interest/interest.ts";
import { divideHalfEven } from "../money/divide-half-even.ts";

/** Price: equal payments. SAC: equal amortizations, so payments fall. */
export type LoanSystem = "price" | "sac";

export interface LoanTerms {
  readonly system: LoanSystem;
  /** Amount lent, in centavos, positive. */
  readonly principalCentavos: bigint;
  /** Rate per month in parts per million, 0 to 1_000_000 (100 %). */
  readonly monthlyRatePpm: bigint;
  /** Monthly payments, 1 to 480. */
  readonly installments: number;
}

export interface Installment {
  /** From 1. */
  readonly number: number;
  /** Interest and amortization together. */
  readonly paymentCentavos: bigint;
  readonly interestCentavos: bigint;
  readonly amortizationCentavos: bigint;
  /** Still owed after this payment; 0 after the last. */
  readonly balanceCentavos: bigint;
}

/** Most monthly payments of a loan: forty years. */
export const INSTALLMENTS_MAX = 480;

/**
 * The payments of a loan. Amortizations sum to the principal to the centavo: in the Price system
 * the last payment takes up what rounding left, in SAC the odd centavos are spread. Interest is on
 * the balance before the payment, half to even. Throws a RangeError off range.
 */
export function loanSchedule(terms: LoanTerms): readonly Installment[] {
  demandRange(terms);
  const { principalCentavos, monthlyRatePpm, installments } = terms;
  const payment = terms.system === "price" ? pricePayment(terms) : null;
  const schedule: Installment[] = [];
  let balance = principalCentavos;
  for (let number = 1; number <= installments; number += 1) {
    const interestCentavos = divideHalfEven(balance * monthlyRatePpm, PPM);
    const planned = payment === null ? sacAmortization(terms, number) : payment - interestCentavos;
    const amortizationCentavos = number === installments || planned > balance ? balance : planned;
    balance -= amortizationCentavos;
    schedule.push({
      number,
      paymentCentavos: interestCentavos + amortizationCentavos,
      interestCentavos,
      amortizationCentavos,
      balanceCentavos: balance,
    });
  }
  return schedule;
}

/** principal × i / (1 − (1 + i)^−n), exactly, then rounded half to even. */
function pricePayment({ principalCentavos, monthlyRatePpm, installments }: LoanTerms): bigint {
  const count = BigInt(installments);
  if (monthlyRatePpm === 0n) return divideHalfEven(principalCentavos, count);
  const grown = (PPM + monthlyRatePpm) ** count;
  return divideHalfEven(principalCentavos * monthlyRatePpm * grown, PPM * (grown - PPM ** count));
}

function sacAmortization({ principalCentavos, installments }: LoanTerms, number: number): bigint {
  const paidBy = (count: number) => (principalCentavos * BigInt(count)) / BigInt(installments);
  return paidBy(number) - paidBy(number - 1);
}

function demandRange({ principalCentavos, monthlyRatePpm, installments }: LoanTerms): void {
  if (principalCentavos <= 0n) throw new RangeError(`loan of ${principalCentavos}`);
  if (monthlyRatePpm < 0n || monthlyRatePpm > PPM) throw new RangeError(`rate ${monthlyRatePpm}`);
  if (!Number.isInteger(installments) || installments < 1 || installments > INSTALLMENTS_MAX) {
    throw new RangeError(`${installments} installments`);
  }
}
