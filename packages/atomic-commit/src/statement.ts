import type { BankId, Hash, TransactionId } from "./descriptor.ts";

export type Outcome = "commit" | "abort";

/** Why a bank votes NO: a JSON value with a stable kebab-case code. */
export interface Refusal {
  readonly code: string;
  readonly [detail: string]: unknown;
}

interface Subject {
  readonly transaction: TransactionId;
  readonly hash: Hash;
  /** Who says it. */
  readonly bank: BankId;
}

/** What banks sign. Nothing else that they say can be used against them or for them (R45). */
export type Statement =
  | (Subject & { readonly kind: "descriptor" })
  | (Subject & {
      readonly kind: "vote";
      readonly vote: "yes" | "no";
      readonly reason: Refusal | null;
    })
  | (Subject & { readonly kind: "decision"; readonly outcome: Outcome })
  | (Subject & {
      readonly kind: "promise";
      readonly ballot: number;
      readonly accepted: AcceptedValue | null;
    })
  | (Subject & { readonly kind: "accept"; readonly ballot: number; readonly outcome: Outcome });

/**
 * Signs for the bank itself. The core stores and sends the proof without looking into it, so a
 * shell may hand out a placeholder that it completes before the record is written.
 */
export type Sign<Proof> = (statement: Statement) => Proof;

/** A vote binds to one descriptor hash (R16) and is never taken back (R23). */
export interface Vote<Proof> extends Subject {
  readonly vote: "yes" | "no";
  readonly reason: Refusal | null;
  readonly proof: Proof;
}

/** The coordinator's signed word. */
export interface Decision<Proof> extends Subject {
  readonly outcome: Outcome;
  readonly proof: Proof;
}

/** The value that a witness accepted last, and at which ballot. */
export interface AcceptedValue {
  readonly ballot: number;
  readonly outcome: Outcome;
}

/** A witness's promise to accept nothing below `ballot`, with what it accepted until then. */
export interface WitnessPromise<Proof> extends Subject {
  readonly ballot: number;
  readonly accepted: AcceptedValue | null;
  readonly proof: Proof;
}

/** A witness's acceptance; a majority of them at one ballot is the decision. */
export interface Accept<Proof> extends Subject {
  readonly ballot: number;
  readonly outcome: Outcome;
  readonly proof: Proof;
}

/** A statement and the proof that its bank made it: what a shell has to verify. */
export interface Claim<Proof> {
  readonly statement: Statement;
  readonly proof: Proof;
}

export function claimOfVote<Proof>(vote: Vote<Proof>): Claim<Proof> {
  const { proof, transaction, hash, bank, vote: word, reason } = vote;
  return { statement: { kind: "vote", transaction, hash, bank, vote: word, reason }, proof };
}

export function claimOfDecision<Proof>(decision: Decision<Proof>): Claim<Proof> {
  const { proof, transaction, hash, bank, outcome } = decision;
  return { statement: { kind: "decision", transaction, hash, bank, outcome }, proof };
}

export function claimOfPromise<Proof>(promise: WitnessPromise<Proof>): Claim<Proof> {
  const { proof, transaction, hash, bank, ballot, accepted } = promise;
  return { statement: { kind: "promise", transaction, hash, bank, ballot, accepted }, proof };
}

export function claimOfAccept<Proof>(accept: Accept<Proof>): Claim<Proof> {
  const { proof, transaction, hash, bank, ballot, outcome } = accept;
  return { statement: { kind: "accept", transaction, hash, bank, ballot, outcome }, proof };
}

export function signVote<Proof>(
  sign: Sign<Proof>,
  subject: Subject,
  vote: "yes" | "no",
  reason: Refusal | null,
): Vote<Proof> {
  const { transaction, hash, bank } = subject;
  const proof = sign({ kind: "vote", transaction, hash, bank, vote, reason });
  return { transaction, hash, bank, vote, reason, proof };
}

export function signDecision<Proof>(
  sign: Sign<Proof>,
  subject: Subject,
  outcome: Outcome,
): Decision<Proof> {
  const { transaction, hash, bank } = subject;
  const proof = sign({ kind: "decision", transaction, hash, bank, outcome });
  return { transaction, hash, bank, outcome, proof };
}
