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
export { available, type AccountId, type Accounts, type AccountState } from "./ledger/account.ts";
export { captureHolds, type Capture } from "./ledger/capture-holds.ts";
export { decideHold, type HoldDecision } from "./ledger/decide-hold.ts";
export { decidePosting, type PostingDecision } from "./ledger/decide-posting.ts";
export type { Direction, Entry, Hold, Leg } from "./ledger/leg.ts";
export type { LedgerRefusal } from "./ledger/refusal.ts";
export { releaseHolds } from "./ledger/release-holds.ts";
export { LedgerLawBroken } from "./ledger/take-holds.ts";
export { MAX_CENTAVOS, isAmount } from "./money/centavos.ts";
export { formatDecimal, formatReais } from "./money/format-reais.ts";
export type { Locale } from "./money/locale.ts";
export { parseReais, type ParsedReais, type ParseReaisOptions } from "./money/parse-reais.ts";
export { taxIdCheckDigits } from "./tax-id/check-digits.ts";
export { formatTaxId, maskTaxId } from "./tax-id/format-tax-id.ts";
export { isTaxId, parseTaxId, type ParsedTaxId } from "./tax-id/parse-tax-id.ts";
export { taxIdKind, type TaxId, type TaxIdKind } from "./tax-id/tax-id.ts";
