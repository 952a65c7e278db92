import type { PixKeyType } from "./key.ts";

/** `portability`: the same person at another bank. `ownership`: the key has another owner now. */
export type ClaimType = "portability" | "ownership";

/** The claimer's bank asks; the donor's bank has the key. */
export type ClaimSide = "claimer" | "donor";

export type ClaimState = "open" | "waiting-resolution" | "confirmed" | "cancelled" | "completed";

export type ClaimEvent =
  /** The donor's bank has taken the claim down. */
  | { readonly kind: "received" }
  /** The donor's client lets the key go. */
  | { readonly kind: "confirm" }
  | { readonly kind: "cancel"; readonly side: ClaimSide }
  /** The time for an answer is over, and there was none. */
  | { readonly kind: "resolution-over" }
  /** The time in which a confirmed claim may be completed is over. */
  | { readonly kind: "completion-over" }
  /** The key points to the claimer's account. */
  | { readonly kind: "complete" };

export type ClaimFault = "pix-claim-state" | "pix-claim-period";

export type ClaimStep =
  | { readonly ok: true; readonly state: ClaimState }
  | { readonly ok: false; readonly code: ClaimFault };

interface ClaimNow {
  readonly type: ClaimType;
  readonly state: ClaimState;
  /** Whether the period in which the donor's client may answer has ended. */
  readonly isResolutionOver: boolean;
}

/**
 * The claim that fits a key (DICT): EVP keys are never claimed, documents are only ever ported,
 * phones and e-mails may also have found another owner.
 */
export function claimTypeFor(keyType: PixKeyType, isSamePerson: boolean): ClaimType | null {
  if (keyType === "EVP") return null;
  if (isSamePerson) return "portability";
  return keyType === "PHONE" || keyType === "EMAIL" ? "ownership" : null;
}

/**
 * What an event makes of a claim (DICT). A donor's silence refuses a portability and confirms an
 * ownership; an ownership is not confirmed before its period has ended, so that the owner has all
 * of it to object.
 */
export function stepClaim(
  { type, state, isResolutionOver }: ClaimNow,
  event: ClaimEvent,
): ClaimStep {
  const to = (next: ClaimState): ClaimStep => ({ ok: true, state: next });
  const wrong: ClaimStep = { ok: false, code: "pix-claim-state" };
  const waits = state === "waiting-resolution";
  switch (event.kind) {
    case "received":
      return state === "open" ? to("waiting-resolution") : wrong;
    case "confirm":
      if (!waits) return wrong;
      if (type === "ownership" && !isResolutionOver) return { ok: false, code: "pix-claim-period" };
      return to("confirmed");
    case "resolution-over":
      if (!waits) return wrong;
      return to(type === "ownership" ? "confirmed" : "cancelled");
    case "cancel": {
      const mayClaimer = state === "open" || waits || state === "confirmed";
      return (event.side === "claimer" ? mayClaimer : waits) ? to("cancelled") : wrong;
    }
    case "completion-over":
      return state === "confirmed" ? to("cancelled") : wrong;
    case "complete":
      return state === "confirmed" ? to("completed") : wrong;
  }
}
