import { captureHolds, decideHold, decidePosting, releaseHolds } from "@pacto/banking";
import { ledgerResources } from "../src/simulator/index.ts";

/** The real ledger's decisions, so that a simulated schedule moves money as a bank does. */
export const money = ledgerResources({ decideHold, decidePosting, captureHolds, releaseHolds });
