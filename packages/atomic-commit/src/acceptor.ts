import { everyBranchSaidYes } from "./certificate.ts";
import {
  descriptorFault,
  proposersOf,
  witnessesOf,
  type BankId,
  type Hash,
  type TransactionId,
} from "./descriptor.ts";
import {
  headOfDescriptor,
  type AcceptMessage,
  type PromiseMessage,
  type RefusalCode,
} from "./messages.ts";
import { BALLOT_LEAP_MAX, promisesAllow } from "./register.ts";
import type { Accept, Vote, WitnessPromise } from "./statement.ts";
import { stay, type Env, type Fence, type Step } from "./step.ts";

/** What one witness knows of one decision register. Written before every answer (R25). */
export interface AcceptorRecord<Proof> {
  readonly transaction: TransactionId;
  readonly coordinator: BankId;
  readonly sequence: number;
  readonly hash: Hash;
  /** Nothing below this ballot is accepted any more. */
  readonly promised: number;
  readonly accepted: Accept<Proof> | null;
  /** Every branch's YES when a commit was accepted; empty otherwise. */
  readonly votes: readonly Vote<Proof>[];
}

export interface AcceptorEvent<Work, Proof> {
  readonly from: BankId;
  readonly message: PromiseMessage<Work, Proof> | AcceptMessage<Work, Proof>;
}

export interface AcceptorEnv<Proof> extends Env<Proof> {
  readonly fence: Fence;
}

type AcceptorStep<Work, Proof> = Step<AcceptorRecord<Proof> | undefined, Work, Proof>;

/**
 * A witness's part of the decision register (single-decree Paxos, R25): promise a ballot, or
 * accept a value that its proposer has justified. Total; its effect is always "none".
 */
export function stepAcceptor<Work, Proof>(
  record: AcceptorRecord<Proof> | undefined,
  event: AcceptorEvent<Work, Proof>,
  env: AcceptorEnv<Proof>,
): AcceptorStep<Work, Proof> {
  const { from, message } = event;
  const fault = proposalFault(record, event, env);
  if (fault !== undefined) return turnAway(record, event, fault);
  const promised = record?.promised ?? 0;
  if (message.ballot < promised) {
    const { ballot } = message;
    const head = headOfDescriptor(message.descriptor, message.hash);
    return stay(record, { ...head, kind: "outbid", ballot, promised });
  }
  return message.kind === "promise"
    ? promiseBallot(record, message, env)
    : acceptValue(record, message, from, env);
}

function proposalFault<Work, Proof>(
  record: AcceptorRecord<Proof> | undefined,
  { from, message }: AcceptorEvent<Work, Proof>,
  env: AcceptorEnv<Proof>,
): RefusalCode | undefined {
  const { descriptor, ballot } = message;
  if (descriptorFault(descriptor) !== undefined) return "malformed-descriptor";
  if (!witnessesOf(descriptor).includes(env.self)) return "not-named";
  const proposers = proposersOf(descriptor);
  const index = proposers.indexOf(from);
  if (index === -1) return "not-named";
  const inRange = Number.isSafeInteger(ballot) && ballot >= 0;
  if (!inRange || ballot % proposers.length !== index) return "unjustified-proposal";
  if (ballot > (record?.promised ?? 0) + BALLOT_LEAP_MAX) return "unjustified-proposal";
  if (record !== undefined && record.hash !== message.hash) return "conflicting-descriptor";
  // A restored witness may have forgotten what it promised and accepted (R48).
  if (env.recovering) return "recovering";
  if (descriptor.sequence <= env.fence.forgottenUpTo) return "recovering";
  if (descriptor.sequence <= env.fence.watermark) return "stale-sequence";
  return undefined;
}

function turnAway<Work, Proof>(
  record: AcceptorRecord<Proof> | undefined,
  { from, message }: AcceptorEvent<Work, Proof>,
  code: RefusalCode,
): AcceptorStep<Work, Proof> {
  const head = headOfDescriptor(message.descriptor, message.hash);
  const suspicious =
    code === "not-named" ||
    code === "malformed-descriptor" ||
    code === "conflicting-descriptor" ||
    code === "unjustified-proposal";
  return stay(record, { ...head, kind: "refused", code }, suspicious ? { code, bank: from } : null);
}

function promiseBallot<Work, Proof>(
  record: AcceptorRecord<Proof> | undefined,
  message: PromiseMessage<Work, Proof>,
  env: AcceptorEnv<Proof>,
): AcceptorStep<Work, Proof> {
  const { descriptor, hash, ballot } = message;
  const head = headOfDescriptor(descriptor, hash);
  const accepted =
    record === undefined || record.accepted === null
      ? null
      : { ballot: record.accepted.ballot, outcome: record.accepted.outcome };
  const subject = { transaction: descriptor.id, hash, bank: env.self };
  const proof = env.sign({ kind: "promise", ...subject, ballot, accepted });
  const promise: WitnessPromise<Proof> = { ...subject, ballot, accepted, proof };
  const next: AcceptorRecord<Proof> =
    record !== undefined && record.promised === ballot
      ? record
      : {
          ...head,
          promised: ballot,
          accepted: record?.accepted ?? null,
          votes: record?.votes ?? [],
        };
  return stay(next, { ...head, kind: "promised", promise, votes: next.votes });
}

function acceptValue<Work, Proof>(
  record: AcceptorRecord<Proof> | undefined,
  message: AcceptMessage<Work, Proof>,
  from: BankId,
  env: AcceptorEnv<Proof>,
): AcceptorStep<Work, Proof> {
  const { descriptor, hash, ballot, outcome, votes } = message;
  const head = headOfDescriptor(descriptor, hash);
  const accepted = record?.accepted ?? null;
  if (accepted !== null && accepted.ballot === ballot) {
    // The same bytes again (R19); another value at one ballot is its proposer's lie.
    if (accepted.outcome === outcome) {
      return stay(record, { ...head, kind: "accepted", accept: accepted });
    }
    return turnAway(record, { from, message }, "unjustified-proposal");
  }
  const backed = outcome === "abort" || everyBranchSaidYes(descriptor, hash, votes);
  if (!backed || !promisesAllow(message)) {
    return turnAway(record, { from, message }, "unjustified-proposal");
  }
  const subject = { transaction: descriptor.id, hash, bank: env.self };
  const proof = env.sign({ kind: "accept", ...subject, ballot, outcome });
  const accept: Accept<Proof> = { ...subject, ballot, outcome, proof };
  const next: AcceptorRecord<Proof> = {
    ...head,
    promised: ballot,
    accepted: accept,
    votes: outcome === "commit" ? votes : [],
  };
  return stay(next, { ...head, kind: "accepted", accept });
}
