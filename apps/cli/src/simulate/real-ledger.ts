import { ledgerResources } from "@pacto/atomic-commit/simulator";
import { captureHolds, decideHold, decidePosting, releaseHolds } from "@pacto/banking";

/** The banks' own ledger decisions: what is simulated moves money as a bank does. */
export const realLedger = ledgerResources({
  decideHold,
  decidePosting,
  captureHolds,
  releaseHolds,
});

export type Resources = typeof realLedger;
