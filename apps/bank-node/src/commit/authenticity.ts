import { claimsOf } from "@pacto/atomic-commit";
import { hashCanonical, type Verifier } from "@pacto/contract/signing";
import type { WireMessage } from "./parts.ts";

/**
 * True when every statement in a message was signed by the bank it is attributed to, and the
 * descriptor is the one that its hash names (R16, R45).
 */
export function isAuthentic(verifier: Verifier, message: WireMessage): boolean {
  if ("descriptor" in message && hashCanonical(message.descriptor) !== message.hash) return false;
  return claimsOf(message).every(({ statement, proof }) =>
    verifier.verify(statement, statement.bank, proof),
  );
}
