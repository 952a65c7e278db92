import type { Certificate } from "./certificate.ts";
import type { BankId, Descriptor, Hash, TransactionId } from "./descriptor.ts";
import {
  claimOfAccept,
  claimOfDecision,
  claimOfPromise,
  claimOfVote,
  type Accept,
  type Claim,
  type Outcome,
  type Vote,
  type WitnessPromise,
} from "./statement.ts";

/** What every message about a transaction tells of it. */
export interface Head {
  readonly transaction: TransactionId;
  readonly hash: Hash;
  readonly coordinator: BankId;
  readonly sequence: number;
}

/** The descriptor as its coordinator signed it (R15). */
export interface SignedDescriptor<Work, Proof> {
  readonly hash: Hash;
  readonly descriptor: Descriptor<Work>;
  readonly descriptorProof: Proof;
}

/**
 * pending: not decided yet. uncertain: in doubt like the asker. unknown: no record, and none can
 * be presumed (R26, R48). finished: settled and compacted long ago (R31).
 */
export type AnswerState =
  | "pending"
  | "uncertain"
  | "unknown"
  | "finished"
  | "committed"
  | "aborted";

/** Why a message was turned away. Never a vote: it proves nothing (R18). */
export type RefusalCode =
  | "not-named"
  | "malformed-descriptor"
  | "conflicting-descriptor"
  | "stale-sequence"
  | "old-incarnation"
  | "recovering"
  | "unknown-transaction"
  | "invalid-certificate"
  | "contradictory-decision"
  | "unjustified-proposal";

export interface PrepareMessage<Work, Proof> extends SignedDescriptor<Work, Proof> {
  readonly kind: "prepare";
}
export interface VoteMessage<Proof> extends Head {
  readonly kind: "vote";
  readonly vote: Vote<Proof>;
}
export interface DecisionMessage<Proof> extends Head {
  readonly kind: "decision";
  readonly certificate: Certificate<Proof>;
}
export interface AckMessage extends Head {
  readonly kind: "ack";
}
export interface InquiryMessage<Work, Proof> extends SignedDescriptor<Work, Proof> {
  readonly kind: "inquiry";
}
export interface AnswerMessage<Proof> extends Head {
  readonly kind: "answer";
  readonly state: AnswerState;
  /** Present iff the state is committed or aborted. */
  readonly certificate: Certificate<Proof> | null;
}
export interface PromiseMessage<Work, Proof> extends SignedDescriptor<Work, Proof> {
  readonly kind: "promise";
  readonly ballot: number;
}
export interface PromisedMessage<Proof> extends Head {
  readonly kind: "promised";
  readonly promise: WitnessPromise<Proof>;
  /** The YES votes that came with an accepted commit; empty otherwise. */
  readonly votes: readonly Vote<Proof>[];
}
export interface AcceptMessage<Work, Proof> extends SignedDescriptor<Work, Proof> {
  readonly kind: "accept";
  readonly ballot: number;
  readonly outcome: Outcome;
  /** Every branch's YES when the outcome is commit. */
  readonly votes: readonly Vote<Proof>[];
  /** Above ballot 0: the majority of promises from which the outcome follows (R25). */
  readonly promises: readonly WitnessPromise<Proof>[];
}
export interface AcceptedMessage<Proof> extends Head {
  readonly kind: "accepted";
  readonly accept: Accept<Proof>;
}
/** A witness has promised a higher ballot. */
export interface OutbidMessage extends Head {
  readonly kind: "outbid";
  readonly ballot: number;
  readonly promised: number;
}
export interface RefusedMessage extends Head {
  readonly kind: "refused";
  readonly code: RefusalCode;
}

/** Everything that banks say to one another about a transaction. Plain JSON. */
export type Message<Work, Proof> =
  | PrepareMessage<Work, Proof>
  | VoteMessage<Proof>
  | DecisionMessage<Proof>
  | AckMessage
  | InquiryMessage<Work, Proof>
  | AnswerMessage<Proof>
  | PromiseMessage<Work, Proof>
  | PromisedMessage<Proof>
  | AcceptMessage<Work, Proof>
  | AcceptedMessage<Proof>
  | OutbidMessage
  | RefusedMessage;

/** A message on its way. `to` may be the sender itself: the shell then delivers it at home. */
export interface Envelope<Work, Proof> {
  readonly to: BankId;
  readonly message: Message<Work, Proof>;
}

export function headOf<Work, Proof>(message: Message<Work, Proof>): Head {
  if (!("descriptor" in message)) return message;
  return headOfDescriptor(message.descriptor, message.hash);
}

export function headOfDescriptor(descriptor: Descriptor<unknown>, hash: Hash): Head {
  const { id, coordinator, sequence } = descriptor;
  return { transaction: id, hash, coordinator, sequence };
}

/**
 * The role whose record a message concerns at bank `self`. Each bank has at most one record per
 * role and transaction, and none as participant where it coordinates.
 */
export function roleOf<Work, Proof>(
  message: Message<Work, Proof>,
  self: BankId,
): "coordinator" | "participant" | "witness" {
  if (message.kind === "promise" || message.kind === "accept") return "witness";
  if (message.kind === "prepare") return "participant";
  return headOf(message).coordinator === self ? "coordinator" : "participant";
}

/** Every signed statement in a message. A shell verifies all of them before the core sees it. */
export function claimsOf<Work, Proof>(message: Message<Work, Proof>): Claim<Proof>[] {
  const claims: Claim<Proof>[] = [];
  if ("descriptor" in message) {
    const { hash, descriptor, descriptorProof: proof } = message;
    const { id: transaction, coordinator: bank } = descriptor;
    claims.push({ statement: { kind: "descriptor", transaction, hash, bank }, proof });
  }
  if (message.kind === "vote") claims.push(claimOfVote(message.vote));
  if (message.kind === "promised") claims.push(claimOfPromise(message.promise));
  if (message.kind === "promised" || message.kind === "accept") {
    claims.push(...message.votes.map(claimOfVote));
  }
  if (message.kind === "accept") claims.push(...message.promises.map(claimOfPromise));
  if (message.kind === "accepted") claims.push(claimOfAccept(message.accept));
  if ("certificate" in message && message.certificate !== null) {
    claims.push(...claimsOfCertificate(message.certificate));
  }
  return claims;
}

export function claimsOfCertificate<Proof>(certificate: Certificate<Proof>): Claim<Proof>[] {
  const { votes, decision, accepts } = certificate;
  const claims = [...votes.map(claimOfVote), ...accepts.map(claimOfAccept)];
  if (decision !== null) claims.push(claimOfDecision(decision));
  return claims;
}
