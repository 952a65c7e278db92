export {
  accountCheckDigit,
  accountNumberFor,
  type AccountNumber,
  type Agency,
} from "./account-number/account-number.ts";
export {
  isAccountNumber,
  parseAccountNumber,
  type ParsedAccountNumber,
  type ParsedAgency,
  parseAgency,
} from "./account-number/parse-account-number.ts";
export {
  addBusinessDays,
  businessDayFrom,
  businessDaysBetween,
  isBusinessDay,
  lastPayableDay,
  nextBusinessDay,
} from "./calendar/business-days.ts";
export {
  easterOf,
  type Holiday,
  type HolidayName,
  holidayOn,
  holidaysOf,
} from "./calendar/holidays.ts";
export {
  addDays,
  addMonths,
  daysBetween,
  type LocalDate,
  parseLocalDate,
} from "./calendar/local-date.ts";
export {
  DEFAULT_NIGHT,
  type LimitPeriod,
  limitPeriod,
  type NightHours,
  saoPauloDate,
  saoPauloHour,
  saoPauloInstant,
} from "./calendar/sao-paulo.ts";
export {
  accrueDaily,
  type AccrualTerms,
  type DailyCount,
  type DailyRate,
  type DayBalance,
} from "./interest/accrual.ts";
export { compoundInterest, type InterestTerms, PPM, simpleInterest } from "./interest/interest.ts";
export { type DayCount, type YearFraction, yearFraction } from "./interest/year-fraction.ts";
export { available, type AccountId, type Accounts, type AccountState } from "./ledger/account.ts";
export { captureHolds, type Capture } from "./ledger/capture-holds.ts";
export { decideHold, type HoldDecision } from "./ledger/decide-hold.ts";
export { decidePosting, type PostingDecision } from "./ledger/decide-posting.ts";
export { forceLegs, type ForcedLegs } from "./ledger/force-legs.ts";
export type { Direction, Entry, Hold, Leg } from "./ledger/leg.ts";
export type { LedgerRefusal } from "./ledger/refusal.ts";
export { releaseHolds } from "./ledger/release-holds.ts";
export { LedgerLawBroken } from "./ledger/take-holds.ts";
export {
  admitSpending,
  giveBackSpending,
  isLowering,
  lowerTerms,
  type SpendingLimit,
  type SpendingTerms,
  termsAt,
  usedAt,
} from "./limits/spending-limit.ts";
export { dueDates } from "./loans/due-dates.ts";
export { monthlyRateOf } from "./loans/monthly-rate.ts";
export {
  accruedInterest,
  installmentInterest,
  type InstallmentState,
  installmentState,
  overdueOn,
  type PlannedInstallment,
} from "./loans/standing.ts";
export {
  type Installment,
  INSTALLMENTS_MAX,
  loanSchedule,
  type LoanSystem,
  type LoanTerms,
} from "./loans/schedule.ts";
export { MAX_CENTAVOS, isAmount } from "./money/centavos.ts";
export { divideHalfEven } from "./money/divide-half-even.ts";
export { formatDecimal, formatReais } from "./money/format-reais.ts";
export type { Locale } from "./money/locale.ts";
export { parseReais, type ParsedReais, type ParseReaisOptions } from "./money/parse-reais.ts";
export type {
  BrCode,
  CompositeBrCode,
  DynamicBrCode,
  Merchant,
  RecurrenceBrCode,
  StaticBrCode,
} from "./pix/br-code/br-code.ts";
export { buildBrCode, type BuiltBrCode } from "./pix/br-code/build-br-code.ts";
export { parseBrCode, type BrCodeReading } from "./pix/br-code/parse-br-code.ts";
export type { Repair } from "./pix/br-code/find-length.ts";
export { repairBrCode, type BrCodeRepair } from "./pix/br-code/repair-br-code.ts";
export type { TlvField } from "./pix/br-code/tlv.ts";
export type { BrCodeRule, BrCodeViolation, Severity } from "./pix/br-code/violation.ts";
export {
  type ChargeAmount,
  chargeAmountOn,
  type ChargeFault,
  chargeFault,
  type ChargeTerms,
  lastDayOf,
} from "./pix/charges/charge-amount.ts";
export {
  type ClaimEvent,
  type ClaimFault,
  type ClaimSide,
  type ClaimState,
  type ClaimType,
  claimTypeFor,
  stepClaim,
} from "./pix/claim.ts";
export { crc16 } from "./pix/crc16.ts";
export {
  buildEndToEndId,
  buildReturnId,
  type EndToEndId,
  isFreshPixId,
  type ParsedPixId,
  parseEndToEndId,
  parseReturnId,
  type PixIdParts,
  type ReturnId,
} from "./pix/end-to-end-id.ts";
export { isIspb } from "./pix/ispb.ts";
export {
  type ChargeFacts,
  type MandateCharge,
  type MandateFault,
  mandateFault,
  type MandateTerms,
} from "./pix/mandate.ts";
export { pixKeysMax, pixKeyType, type PixKey, type PixKeyType } from "./pix/key.ts";
export { shareOut } from "./pix/refunds/share-out.ts";
export { readPixKey, type PixKeyReading } from "./pix/read-key.ts";
export {
  type AttemptWindows,
  cycleOf,
  nextAttempt,
  occurrenceDate,
  pixEvery,
  type PixEvery,
} from "./pix/schedule.ts";
export { isTxid, type TxidUse } from "./pix/txid.ts";
export { taxIdCheckDigits } from "./tax-id/check-digits.ts";
export { formatTaxId, maskTaxId } from "./tax-id/format-tax-id.ts";
export { isTaxId, parseTaxId, type ParsedTaxId } from "./tax-id/parse-tax-id.ts";
export { taxIdKind, type TaxId, type TaxIdKind } from "./tax-id/tax-id.ts";
export { maskEmail, maskName, maskPhone, maskPixKey } from "./personal-data/mask.ts";
