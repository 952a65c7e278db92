import {
  certificateFault,
  everyBranchSaidYes,
  majorityAccepted,
  type Certificate,
} from "./certificate.ts";
import {
  majorityOf,
  proposersOf,
  witnessesOf,
  type BankId,
  type Descriptor,
} from "./descriptor.ts";
import type { AcceptMessage, Envelope, SignedDescriptor } from "./messages.ts";
import type { Accept, Outcome, Vote, WitnessPromise } from "./statement.ts";

/**
 * A bank's attempt to get an outcome accepted, durable in its record of the transaction: at one
 * ballot it never proposes two values, whatever its replicas do.
 */
export interface Proposal<Proof> {
  readonly ballot: number;
  readonly phase: "promise" | "accept";
  /** Set iff the phase is accept. */
  readonly outcome: Outcome | null;
  readonly votes: readonly Vote<Proof>[];
  readonly promises: readonly WitnessPromise<Proof>[];
  /** Highest ballot that a witness is known to have promised. */
  readonly outbid: number;
}

/** A promise as it arrived, with the votes behind the commit it reports. */
export interface ReportedPromise<Proof> {
  readonly promise: WitnessPromise<Proof>;
  readonly votes: readonly Vote<Proof>[];
}

/**
 * How far one message may raise a ballot. Ballots are finite and a witness keeps the highest, so
 * whoever could name the last one would stop the register for good. Years of honest rivalry do not
 * get this far, and to get to the end takes 2^29 messages.
 */
export const BALLOT_LEAP_MAX = 2 ** 24;

/** Ballot 0: the coordinator's, for commit only, needs no promises (R25). */
export function firstProposal<Proof>(votes: readonly Vote<Proof>[]): Proposal<Proof> {
  return { ballot: 0, phase: "accept", outcome: "commit", votes, promises: [], outbid: 0 };
}

/**
 * A recovery's next ballot k·N + index, k ≥ 1, above everything it has used or heard of, where N
 * counts the proposers named by the descriptor and index is the bank's place among them.
 */
export function nextProposal<Proof>(
  descriptor: Descriptor<unknown>,
  self: BankId,
  last: Proposal<Proof> | null,
): Proposal<Proof> {
  const proposers = proposersOf(descriptor);
  const above = Math.max(last?.ballot ?? 0, last?.outbid ?? 0);
  const round = Math.floor(above / proposers.length) + 1;
  const ballot = round * proposers.length + proposers.indexOf(self);
  return { ballot, phase: "promise", outcome: null, votes: [], promises: [], outbid: above };
}

/**
 * The value that promises leave to the proposer, or undefined while they are no majority of the
 * witnesses at this ballot: the value accepted at the highest ballot, else abort.
 */
export function valueOf<Proof>(
  descriptor: Descriptor<unknown>,
  ballot: number,
  promises: readonly WitnessPromise<Proof>[],
): Outcome | undefined {
  const witnesses = witnessesOf(descriptor);
  const banks = new Set<BankId>();
  let highest = -1;
  let outcome: Outcome = "abort";
  for (const promise of promises) {
    if (promise.transaction !== descriptor.id || promise.ballot !== ballot) continue;
    if (!witnesses.includes(promise.bank)) continue;
    banks.add(promise.bank);
    if (promise.accepted !== null && promise.accepted.ballot > highest) {
      highest = promise.accepted.ballot;
      outcome = promise.accepted.outcome;
    }
  }
  return witnesses.length > 0 && banks.size >= majorityOf(descriptor) ? outcome : undefined;
}

/** True iff the value of a proposal is the one that its promises demand. */
export function promisesAllow<Work, Proof>(message: AcceptMessage<Work, Proof>): boolean {
  const { descriptor, hash, ballot, outcome, promises } = message;
  if (ballot === 0) return outcome === "commit";
  if (promises.some((promise) => promise.hash !== hash)) return false;
  return valueOf(descriptor, ballot, promises) === outcome;
}

/** The proposal with its value fixed by a majority of promises, or undefined when it is not. */
export function withPromises<Proof>(
  signed: SignedDescriptor<unknown, Proof>,
  proposal: Proposal<Proof>,
  reported: readonly ReportedPromise<Proof>[],
): Proposal<Proof> | undefined {
  if (proposal.phase !== "promise") return undefined;
  const { descriptor, hash } = signed;
  const witnesses = witnessesOf(descriptor);
  const promises: WitnessPromise<Proof>[] = [];
  let backing: readonly Vote<Proof>[] = [];
  for (const { promise, votes } of reported) {
    const known = promises.some(({ bank }) => bank === promise.bank);
    const fits = promise.ballot === proposal.ballot && promise.hash === hash;
    if (!fits || known || !witnesses.includes(promise.bank)) continue;
    if (promise.accepted?.outcome === "commit") {
      // A commit that cannot be shown to be backed could not be proposed again anyway.
      if (!everyBranchSaidYes(descriptor, hash, votes)) continue;
      backing = votes;
    }
    promises.push(promise);
  }
  const outcome = valueOf(descriptor, proposal.ballot, promises);
  if (outcome === undefined) return undefined;
  const votes = outcome === "commit" ? backing : [];
  return { ...proposal, phase: "accept", outcome, votes, promises };
}

/**
 * The proposal after a witness said that it promised `promised` to someone else. One that names
 * the end of all ballots is believed so far only that the other witnesses can follow.
 */
export function withOutbid<Proof>(proposal: Proposal<Proof>, promised: number): Proposal<Proof> {
  const outbid = Math.min(promised, proposal.ballot + BALLOT_LEAP_MAX / 2);
  return outbid > proposal.outbid ? { ...proposal, outbid } : proposal;
}

/** The certificate that a majority of accepts completes, or undefined when they are none. */
export function chosenCertificate<Proof>(
  signed: SignedDescriptor<unknown, Proof>,
  proposal: Proposal<Proof>,
  accepts: readonly Accept<Proof>[],
): Certificate<Proof> | undefined {
  const { descriptor, hash } = signed;
  const { outcome, ballot, votes } = proposal;
  if (outcome === null) return undefined;
  const witnesses = witnessesOf(descriptor);
  const fitting: Accept<Proof>[] = [];
  for (const accept of accepts) {
    const counts =
      accept.ballot === ballot && accept.outcome === outcome && witnesses.includes(accept.bank);
    if (counts && !fitting.some(({ bank }) => bank === accept.bank)) fitting.push(accept);
  }
  if (!majorityAccepted(descriptor, { hash, outcome, accepts: fitting })) return undefined;
  const transaction = descriptor.id;
  const certificate = { transaction, hash, outcome, votes, decision: null, accepts: fitting };
  return certificateFault(descriptor, hash, certificate) === undefined ? certificate : undefined;
}

/** What a proposal asks of every witness now. */
export function proposalSends<Work, Proof>(
  signed: SignedDescriptor<Work, Proof>,
  proposal: Proposal<Proof>,
): Envelope<Work, Proof>[] {
  const { hash, descriptor, descriptorProof } = signed;
  const { ballot, outcome, votes, promises } = proposal;
  const about = { hash, descriptor, descriptorProof, ballot };
  const sends: Envelope<Work, Proof>[] = [];
  for (const to of witnessesOf(descriptor)) {
    sends.push(
      outcome === null
        ? { to, message: { kind: "promise", ...about } }
        : { to, message: { kind: "accept", ...about, outcome, votes, promises } },
    );
  }
  return sends;
}
