export { available, type AccountId, type Accounts, type AccountState } from "./ledger/account.ts";
export { captureHolds, type Capture } from "./ledger/capture-holds.ts";
export { decideHold, type HoldDecision } from "./ledger/decide-hold.ts";
export { decidePosting, type PostingDecision } from "./ledger/decide-posting.ts";
export type { Direction, Entry, Hold, Leg } from "./ledger/leg.ts";
export type { LedgerRefusal } from "./ledger/refusal.ts";
export { releaseHolds } from "./ledger/release-holds.ts";
export { LedgerLawBroken } from "./ledger/take-holds.ts";
export { MAX_CENTAVOS, isAmount } from "./money/centavos.ts";
