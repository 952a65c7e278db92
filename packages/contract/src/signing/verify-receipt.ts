import {
  certificateFault,
  type Claim,
  claimsOf,
  claimsOfCertificate,
  headOf,
} from "@pacto/atomic-commit";
import { isDeepStrictEqual } from "node:util";
import { inputRefusal } from "../errors/input-refusal.ts";
import type { Refusal } from "../errors/refusal.ts";
import type { Manifest } from "../manifest/schema.ts";
import { type Receipt, receiptSchema } from "../operations.ts";
import { hashCanonical } from "./canonical-json.ts";
import { createEvidenceRing } from "./key-ring.ts";
import type { Proof } from "./proof.ts";
import { createVerifier } from "./statements.ts";

/** What was looked at, in this order; `signature` once for each statement. */
export type ReceiptCheck = { readonly passed: boolean } & (
  | { readonly check: "form"; readonly refusal: Refusal | null }
  | { readonly check: "hash" }
  | { readonly check: "balance"; readonly differenceCentavos: number }
  | { readonly check: "signature"; readonly statement: Claim<Proof>["statement"] }
  /** The bank that hands it out shows its own vote on this very transaction. */
  | { readonly check: "own-vote" }
  /** No bank says both yes and no. */
  | { readonly check: "contradiction"; readonly banks: readonly string[] }
  /** Together the statements suffice for the outcome; `fault` names what is missing. */
  | { readonly check: "certificate"; readonly fault: string | null }
);

export interface ReceiptVerdict {
  readonly checks: readonly ReceiptCheck[];
  /** Null when it is no receipt at all. */
  readonly receipt: Receipt | null;
  /**
   * `commit` and `abort` are proven; `undecided`: the signatures are good, but there is no decision
   * among them; `nothing`: a check failed.
   */
  readonly proves: "commit" | "abort" | "undecided" | "nothing";
}

/**
 * Verifies a receipt offline with nothing but the members' public keys (R45). What no bank signs
 * is not proven: who handed it out and when, and that somebody forced an outcome (`heuristic`).
 * Never throws, whatever it is given.
 */
export function verifyReceipt(
  candidate: unknown,
  manifest: Pick<Manifest, "members" | "former">,
): ReceiptVerdict {
  const parsed = receiptSchema.safeParse(candidate);
  if (!parsed.success) {
    const form = { check: "form", passed: false, refusal: inputRefusal(parsed.error) } as const;
    return { checks: [form], receipt: null, proves: "nothing" };
  }
  const receipt = parsed.data;
  // Trimmed blanks or capital letters of an id: what is shown must be what was signed.
  const isExact = isDeepStrictEqual(candidate, receipt);
  const verifier = createVerifier(createEvidenceRing(manifest));
  const checks: ReceiptCheck[] = [
    { check: "form", passed: isExact, refusal: null },
    { check: "hash", passed: hashCanonical(receipt.descriptor) === receipt.hash },
    checkBalance(receipt),
    ...claimsIn(receipt).map(({ statement, proof }): ReceiptCheck => {
      const passed = verifier.verify(statement, statement.bank, proof);
      return { check: "signature", passed, statement };
    }),
    ...checkOwnVote(receipt),
    checkContradiction(receipt),
    ...checkCertificate(receipt),
  ];
  if (!checks.every(({ passed }) => passed)) return { checks, receipt, proves: "nothing" };
  return { checks, receipt, proves: receipt.certificate?.outcome ?? "undecided" };
}

function claimsIn(receipt: Receipt): Claim<Proof>[] {
  const { hash, descriptor, descriptorProof, vote, certificate } = receipt;
  const signed = { kind: "inquiry", hash, descriptor, descriptorProof } as const;
  return [
    ...claimsOf(signed),
    ...(vote === null ? [] : claimsOf({ kind: "vote", ...headOf(signed), vote })),
    ...(certificate === null ? [] : claimsOfCertificate(certificate)),
  ];
}

/** What leaves accounts is what arrives (law 1). */
function checkBalance({ descriptor }: Receipt): ReceiptCheck {
  let difference = 0n;
  for (const { work } of descriptor.branches) {
    for (const { direction, amountCentavos } of work.legs) {
      difference += direction === "debit" ? BigInt(amountCentavos) : -BigInt(amountCentavos);
    }
  }
  const differenceCentavos = Number(difference);
  return { check: "balance", passed: difference === 0n, differenceCentavos };
}

function checkOwnVote({ bank, hash, descriptor, vote }: Receipt): ReceiptCheck[] {
  if (vote === null) return [];
  const passed = vote.bank === bank && vote.hash === hash && vote.transaction === descriptor.id;
  return [{ check: "own-vote", passed }];
}

function checkContradiction({ vote, certificate }: Receipt): ReceiptCheck {
  const votes = [...(vote === null ? [] : [vote]), ...(certificate?.votes ?? [])];
  const yes = new Set(votes.filter((one) => one.vote === "yes").map(({ bank }) => bank));
  const both = votes.filter((one) => one.vote === "no" && yes.has(one.bank));
  const banks = [...new Set(both.map(({ bank }) => bank))];
  return { check: "contradiction", passed: banks.length === 0, banks };
}

function checkCertificate({ descriptor, hash, certificate }: Receipt): ReceiptCheck[] {
  if (certificate === null) return [];
  const fault = certificateFault(descriptor, hash, certificate) ?? null;
  return [{ check: "certificate", passed: fault === null, fault }];
}
