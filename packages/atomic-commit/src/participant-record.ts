import type { Certificate } from "./certificate.ts";
import type { BankId, Descriptor, Hash, TransactionId } from "./descriptor.ts";
import type {
  AnswerMessage,
  DecisionMessage,
  InquiryMessage,
  PrepareMessage,
  SignedDescriptor,
} from "./messages.ts";
import type { Proposal, ReportedPromise } from "./register.ts";
import type { Accept, Outcome, Refusal, Vote } from "./statement.ts";
import type { Env, Fence, Step } from "./step.ts";

/**
 * prepared: in doubt, the hold is placed. heuristic-*: two operators decided without the
 * consortium (R32); never merged with the normal states, whatever the truth turns out to be.
 */
export type ParticipantState =
  | "prepared"
  | "committed"
  | "aborted"
  | "heuristic-commit"
  | "heuristic-abort";

/** A participant's durable record of one global transaction. Plain JSON; no record = ∅. */
export interface ParticipantRecord<Work, Proof> {
  readonly transaction: TransactionId;
  readonly coordinator: BankId;
  readonly sequence: number;
  readonly hash: Hash;
  readonly state: ParticipantState;
  /** Null only for a tombstone left by a decision that came before any PREPARE (R13). */
  readonly descriptor: Descriptor<Work> | null;
  readonly descriptorProof: Proof | null;
  /** Own vote, null only for that same tombstone and for a restored commit. */
  readonly vote: Vote<Proof> | null;
  /** Set iff the outcome is known: always but in prepared and in an unresolved heuristic state. */
  readonly certificate: Certificate<Proof> | null;
  /** Own ballot in the register, while in doubt. */
  readonly proposal: Proposal<Proof> | null;
  /** When the hold was placed, on the local clock; null when it never was. */
  readonly preparedAt: number | null;
  /** Inquiries made so far. */
  readonly attempts: number;
  /** When the dispatcher hands in the next `wake`, on the local clock; null = never. */
  readonly wakeAt: number | null;
}

export type ParticipantEvent<Work, Proof> =
  | {
      readonly kind: "prepare";
      readonly from: BankId;
      /** When the bank got the message, on the clock of env.now: its deadline counts from here. */
      readonly receivedAt: number;
      readonly message: PrepareMessage<Work, Proof>;
    }
  | {
      readonly kind: "decision";
      readonly from: BankId;
      readonly message: DecisionMessage<Proof>;
    }
  | {
      readonly kind: "inquiry";
      readonly from: BankId;
      readonly message: InquiryMessage<Work, Proof>;
    }
  | { readonly kind: "answer"; readonly from: BankId; readonly message: AnswerMessage<Proof> }
  | { readonly kind: "wake" }
  /** Promises gathered for the own ballot; too few of them change nothing. */
  | { readonly kind: "promised"; readonly promises: readonly ReportedPromise<Proof>[] }
  /** Accepts gathered for the own ballot; too few of them change nothing. */
  | { readonly kind: "accepted"; readonly accepts: readonly Accept<Proof>[] }
  | { readonly kind: "outbid"; readonly promised: number }
  /** Two operators decide (R32). Refused by the shell while anybody can tell the outcome. */
  | { readonly kind: "heuristic"; readonly outcome: Outcome }
  /** A restored bank re-learns what it had committed (R48). */
  | {
      readonly kind: "restore";
      readonly from: BankId;
      readonly signed: SignedDescriptor<Work, Proof>;
      readonly certificate: Certificate<Proof>;
    };

export interface ParticipantEnv<Work, Proof> extends Env<Proof> {
  /** What this bank knows of the transaction's coordinator. */
  readonly fence: Fence;
  /**
   * Decides the hold for `work` and places it in the shell's working set, or says why not. Called
   * at most once in a step, and only when YES is due otherwise.
   */
  readonly reserve: (work: Work) => Refusal | undefined;
}

export type ParticipantStep<Work, Proof> = Step<
  ParticipantRecord<Work, Proof> | undefined,
  Work,
  Proof
>;
