import {
  decidedByRegister,
  majorityOf,
  witnessesOf,
  type BankId,
  type Descriptor,
  type Hash,
  type TransactionId,
} from "./descriptor.ts";
import type { Accept, Decision, Outcome, Vote } from "./statement.ts";

/**
 * Why an outcome is the outcome, verifiable by anyone who has the banks' public keys (R45).
 * Commit: every branch's YES, and the coordinator's decision (local) or a majority of accepts
 * (register). Abort: one NO of a branch, or the coordinator's decision, or a majority of accepts.
 */
export interface Certificate<Proof> {
  readonly transaction: TransactionId;
  readonly hash: Hash;
  readonly outcome: Outcome;
  readonly votes: readonly Vote<Proof>[];
  readonly decision: Decision<Proof> | null;
  readonly accepts: readonly Accept<Proof>[];
}

/**
 * Says what a certificate lacks under a descriptor with this hash, or undefined when it holds.
 * The shell has verified each proof in it before; this checks that together they suffice.
 */
export function certificateFault<Proof>(
  descriptor: Descriptor<unknown>,
  hash: Hash,
  certificate: Certificate<Proof>,
): string | undefined {
  if (certificate.transaction !== descriptor.id) return "transaction";
  if (certificate.hash !== hash) return "hash";
  if (certificate.outcome === "commit") {
    if (!everyBranchSaidYes(descriptor, hash, certificate.votes)) return "votes";
    if (!decidedByRegister(descriptor)) {
      return decidedBy(certificate, descriptor.coordinator) ? undefined : "decision";
    }
    return majorityAccepted(descriptor, certificate) ? undefined : "accepts";
  }
  const named = (bank: BankId) => descriptor.branches.some((branch) => branch.bank === bank);
  if (certificate.votes.some((vote) => isNo(vote, certificate) && named(vote.bank))) {
    return undefined;
  }
  if (decidedBy(certificate, descriptor.coordinator)) return undefined;
  if (!decidedByRegister(descriptor)) return "decision";
  return majorityAccepted(descriptor, certificate) ? undefined : "accepts";
}

/**
 * The same for an abort at a bank that never saw the descriptor: a NO, or the word of the bank
 * that claims to coordinate. Good enough for a tombstone, which can only make the bank say NO.
 */
export function tombstoneFault<Proof>(
  coordinator: BankId,
  certificate: Certificate<Proof>,
): string | undefined {
  if (certificate.outcome !== "abort") return "outcome";
  if (certificate.votes.some((vote) => isNo(vote, certificate))) return undefined;
  if (decidedBy(certificate, coordinator)) return undefined;
  return certificate.accepts.length > 0 ? undefined : "decision";
}

/** True iff there is a YES of every branch on this very hash (R2, R16, R24). */
export function everyBranchSaidYes<Proof>(
  descriptor: Descriptor<unknown>,
  hash: Hash,
  votes: readonly Vote<Proof>[],
): boolean {
  return descriptor.branches.every(({ bank }) =>
    votes.some(
      (vote) =>
        vote.bank === bank &&
        vote.vote === "yes" &&
        vote.hash === hash &&
        vote.transaction === descriptor.id,
    ),
  );
}

/** True iff a majority of the named witnesses accepted one outcome at one ballot (R25). */
export function majorityAccepted<Proof>(
  descriptor: Descriptor<unknown>,
  chosen: {
    readonly hash: Hash;
    readonly outcome: Outcome;
    readonly accepts: readonly Accept<Proof>[];
  },
): boolean {
  const witnesses = witnessesOf(descriptor);
  const ballot = chosen.accepts[0]?.ballot;
  const banks = new Set<BankId>();
  for (const accept of chosen.accepts) {
    const same =
      accept.transaction === descriptor.id &&
      accept.hash === chosen.hash &&
      accept.outcome === chosen.outcome &&
      accept.ballot === ballot;
    if (same && witnesses.includes(accept.bank)) banks.add(accept.bank);
  }
  return witnesses.length > 0 && banks.size >= majorityOf(descriptor);
}

function isNo<Proof>(vote: Vote<Proof>, about: Certificate<Proof>): boolean {
  return vote.vote === "no" && vote.hash === about.hash && vote.transaction === about.transaction;
}

function decidedBy<Proof>(certificate: Certificate<Proof>, coordinator: BankId): boolean {
  const { decision } = certificate;
  return (
    decision !== null &&
    decision.bank === coordinator &&
    decision.hash === certificate.hash &&
    decision.transaction === certificate.transaction &&
    decision.outcome === certificate.outcome
  );
}
