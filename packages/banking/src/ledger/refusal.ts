import type { AccountId } from "./account.ts";

/** Why the ledger refused a posting or hold. Nothing was changed. Amounts are centavos. */
export type LedgerRefusal =
  | { readonly code: "no-legs" }
  | { readonly code: "amount-not-positive" }
  /** An amount, a sum or a possible balance beyond ±MAX_CENTAVOS. */
  | { readonly code: "amount-too-large"; readonly maximumCentavos: bigint }
  /** Debits minus credits; never zero. */
  | { readonly code: "unbalanced"; readonly differenceCentavos: bigint }
  | { readonly code: "same-account-both-sides"; readonly account: AccountId }
  | { readonly code: "account-not-found"; readonly account: AccountId }
  | {
      readonly code: "account-closed" | "debits-blocked" | "credits-blocked";
      readonly account: AccountId;
    }
  /** Both holders sign for this account, and one has not. */
  | { readonly code: "second-signature-needed"; readonly account: AccountId }
  | {
      readonly code: "limit-exceeded";
      readonly account: AccountId;
      readonly period: "transaction" | "day" | "night";
      readonly limitCentavos: bigint;
      readonly leftCentavos: bigint;
    }
  | {
      readonly code: "insufficient-funds";
      readonly account: AccountId;
      readonly availableCentavos: bigint;
      readonly missingCentavos: bigint;
    }
  | {
      readonly code: "ceiling-exceeded";
      readonly account: AccountId;
      readonly roomCentavos: bigint;
      readonly excessCentavos: bigint;
    };
