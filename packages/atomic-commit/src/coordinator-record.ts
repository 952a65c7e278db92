import type { Certificate } from "./certificate.ts";
import type { BankId, Descriptor, Hash, TransactionId } from "./descriptor.ts";
import type {
  AnswerMessage,
  DecisionMessage,
  InquiryMessage,
  SignedDescriptor,
} from "./messages.ts";
import type { Proposal, ReportedPromise } from "./register.ts";
import type { Accept, Refusal, Vote } from "./statement.ts";
import type { Env, Step } from "./step.ts";

/** proposed: register only, ballot 0 for commit is out; from then on the register alone decides. */
export type CoordinatorState = "preparing" | "proposed" | "committed" | "aborted";

/** The coordinator's durable record of one global transaction. Plain JSON; no record = ∅. */
export interface CoordinatorRecord<Work, Proof> {
  readonly transaction: TransactionId;
  readonly coordinator: BankId;
  readonly sequence: number;
  readonly hash: Hash;
  readonly state: CoordinatorState;
  readonly descriptor: Descriptor<Work>;
  readonly descriptorProof: Proof;
  /** Vote on the coordinator's own branch, cast with begin; null when it has no branch. */
  readonly ownVote: Vote<Proof> | null;
  /** On the local clock; from then on an undecided transaction is given up. */
  readonly deadline: number;
  /** Own ballot in the register, while proposed. */
  readonly proposal: Proposal<Proof> | null;
  /** Set iff the state is committed or aborted. */
  readonly certificate: Certificate<Proof> | null;
  /** Why it aborted, where the coordinator knows. */
  readonly refusal: Refusal | null;
  /** Once decided: the participants that have not acknowledged the decision. */
  readonly unacknowledged: readonly BankId[];
  /** Decided and acknowledged by all. */
  readonly settled: boolean;
  readonly attempts: number;
  /** When the dispatcher hands in the next `wake`, on the local clock; null = never. */
  readonly wakeAt: number | null;
}

export type CoordinatorEvent<Work, Proof> =
  | { readonly kind: "begin"; readonly descriptor: Descriptor<Work>; readonly hash: Hash }
  /** Votes gathered so far, the coordinator's own excepted. Volatile: R21. */
  | {
      readonly kind: "decide";
      readonly votes: readonly Vote<Proof>[];
      /** Of the message that brought a vote: late echoes of compacted ones raise no alarm. */
      readonly sequence?: number;
    }
  | { readonly kind: "expire" }
  | { readonly kind: "ack"; readonly from: readonly BankId[]; readonly sequence?: number }
  | {
      readonly kind: "inquiry";
      readonly from: BankId;
      readonly message: InquiryMessage<Work, Proof>;
    }
  /** A decision that reached the coordinator from outside: gossip, or an answer. */
  | {
      readonly kind: "learned";
      readonly from: BankId;
      readonly message: DecisionMessage<Proof> | AnswerMessage<Proof>;
    }
  /** `voted`: whose votes this process has gathered, where it knows; it only names the others. */
  | { readonly kind: "wake"; readonly voted?: readonly BankId[] }
  /** Promises gathered for the own ballot; too few of them change nothing. */
  | { readonly kind: "promised"; readonly promises: readonly ReportedPromise<Proof>[] }
  /** Accepts gathered for the own ballot; too few of them change nothing. */
  | { readonly kind: "accepted"; readonly accepts: readonly Accept<Proof>[] }
  | { readonly kind: "outbid"; readonly promised: number }
  /** A restored bank re-learns a transaction that it had coordinated (R48). */
  | {
      readonly kind: "restore";
      readonly from: BankId;
      readonly signed: SignedDescriptor<Work, Proof>;
      readonly certificate: Certificate<Proof>;
    };

export interface CoordinatorEnv<Work, Proof> extends Env<Proof> {
  /** This bank's current incarnation; raised by every restore (R48). */
  readonly incarnation: number;
  /** Own sequences up to here are finished and compacted (R31); 0 = none. */
  readonly watermark: number;
  /**
   * Decides the own branch and places its hold in the shell's working set, or says why not.
   * `intent` is "post" when no other bank takes part: the work is then done at once. Called at
   * most once in a step.
   */
  readonly reserve: (work: Work, intent: "hold" | "post") => Refusal | undefined;
}

export type CoordinatorStep<Work, Proof> = Step<
  CoordinatorRecord<Work, Proof> | undefined,
  Work,
  Proof
>;
