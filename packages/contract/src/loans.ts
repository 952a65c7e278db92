import { z } from "zod";
import {
  accountNumber,
  amountCentavos,
  bankId,
  freeText,
  idempotencyKey,
  instant,
  numberPage,
  signedCentavos,
  uuid,
} from "./scalars.ts";
import { transferSide } from "./transfers.ts";

/** A day of the calendar in São Paulo: `2026-11-21`. */
export const localDate = z.iso.date();

/** A rate in parts per million: 12 % are 120000. Zero and negative rates are refused. */
const ratePpm = z.int().min(-100_000_000).max(100_000_000);

export const loanSystem = z.enum(["price", "sac"]);
export const INSTALLMENTS_MOST = 480;

const loanTerms = {
  system: loanSystem,
  principalCentavos: amountCentavos,
  ratePpm,
  /** Of a year, it is turned into the monthly rate that grows to it. */
  ratePer: z.enum(["month", "year"]).default("month"),
  installments: z.int().min(1).max(INSTALLMENTS_MOST),
  /** Every further one is a month later; each moves on to a business day. */
  firstDueOn: localDate,
};

export const simulateLoanInput = z.strictObject(loanTerms);

export const createLoanInput = z.strictObject({
  idempotencyKey,
  ...loanTerms,
  /** Account of this bank that receives the money; its holders are the borrowers. */
  disburseTo: accountNumber,
  /** Late interest per month, day by day on what is overdue. */
  lateMonthlyRatePpm: z.int().min(0).max(1_000_000).default(10_000),
  /** Once for each installment that is not paid on its day. */
  penaltyPpm: z.int().min(0).max(1_000_000).default(20_000),
});

export const installmentView = z.strictObject({
  number: z.int(),
  dueOn: localDate,
  paymentCentavos: signedCentavos,
  interestCentavos: signedCentavos,
  amortizationCentavos: signedCentavos,
  /** Still owed after it, as planned. */
  balanceCentavos: signedCentavos,
  state: z.enum(["paid", "overdue", "due", "open"]),
});

export const simulateLoanOutput = z.strictObject({
  monthlyRatePpm: z.int(),
  totalInterestCentavos: signedCentavos,
  totalPaidCentavos: signedCentavos,
  installments: z.array(installmentView),
});

export const loanView = z.strictObject({
  bank: bankId,
  number: accountNumber,
  borrowers: z.array(z.string()),
  system: loanSystem,
  principalCentavos: amountCentavos,
  monthlyRatePpm: z.int(),
  lateMonthlyRatePpm: z.int(),
  penaltyPpm: z.int(),
  disbursedTo: accountNumber,
  createdAt: instant,
  /** What is owed now, with the charges posted so far. */
  debtCentavos: signedCentavos,
  overdueCentavos: signedCentavos,
  nextDueOn: localDate.nullable(),
  state: z.enum(["open", "late", "paid"]),
});

export const loanNumberInput = z.strictObject({ number: accountNumber });
export const loanOutput = z.strictObject({ loan: loanView });
export const getLoanOutput = z.strictObject({
  loan: loanView,
  installments: z.array(installmentView),
});
export const listLoansInput = z.strictObject({
  lateOnly: z.boolean().default(false),
  ...numberPage,
});
export const listLoansOutput = z.strictObject({
  loans: z.array(loanView),
  nextCursor: z.string().nullable(),
});

/** A check of any bank: who drew it and its number say which one it is. */
export const payLoanByCheckInput = z.strictObject({
  idempotencyKey,
  number: accountNumber,
  drawer: freeText(120).min(2),
  checkNumber: z.string().regex(/^[0-9]{1,12}$/),
  amountCentavos,
});
export const loanPaymentOutput = z.strictObject({
  postingId: uuid,
  number: accountNumber,
  amountCentavos,
  debtCentavos: signedCentavos,
  at: instant,
});

/** Accounts of any banks pay, all or nothing. */
export const payLoanByTransferInput = z.strictObject({
  idempotencyKey,
  number: accountNumber,
  from: z.array(transferSide).min(1).max(16),
  /** The client in whose name it is asked for: must hold every paying account of this bank. */
  askedBy: uuid.optional(),
  waitMs: z.int().min(0).max(10_000).default(5_000),
});

export const payoffQuoteOutput = z.strictObject({
  number: accountNumber,
  on: localDate,
  debtCentavos: signedCentavos,
  /** Interest since the last charge, which an early payoff owes beside the debt. */
  accruedCentavos: signedCentavos,
  totalCentavos: signedCentavos,
});
export const payOffLoanInput = z.strictObject({
  idempotencyKey,
  number: accountNumber,
  /** Account of this bank that pays. */
  from: accountNumber,
});

export const chargeLoansInput = z.strictObject({ idempotencyKey });
export const chargeLoansOutput = z.strictObject({
  loans: z.int(),
  charges: z.int(),
  chargedCentavos: signedCentavos,
});

export type ChargeLoansOutput = z.infer<typeof chargeLoansOutput>;
export type CreateLoanInput = z.infer<typeof createLoanInput>;
export type InstallmentView = z.infer<typeof installmentView>;
export type LoanPaymentOutput = z.infer<typeof loanPaymentOutput>;
export type LoanView = z.infer<typeof loanView>;
export type PayLoanByCheckInput = z.infer<typeof payLoanByCheckInput>;
export type PayLoanByTransferInput = z.infer<typeof payLoanByTransferInput>;
export type PayOffLoanInput = z.infer<typeof payOffLoanInput>;
export type SimulateLoanInput = z.infer<typeof simulateLoanInput>;
export type SimulateLoanOutput = z.infer<typeof simulateLoanOutput>;
