import type { Work } from "@pacto/contract";
import type { CoordinatorRecord, ParticipantRecord, AcceptorRecord } from "@pacto/atomic-commit";
import type { Proof } from "@pacto/contract/signing";

export interface IdempotencyRow {
  readonly scope: string;
  readonly key: string;
  readonly operation: string;
  /** The request as canonical JSON. */
  readonly request: string;
  readonly result: unknown;
}

export interface CoordinatorRow {
  readonly id: string;
  readonly record: CoordinatorRecord<Work, Proof>;
  readonly purpose: string;
  readonly createdBy: string;
  /** Epoch milliseconds; null until the decision is durable. */
  readonly decidedAt: number | null;
}

export interface BranchRow {
  readonly id: string;
  readonly coordinator: string;
  /** Centavos that the branch takes from this bank's customers. */
  readonly debits: bigint;
  /** Epoch milliseconds; null while in doubt. */
  readonly decidedAt: number | null;
  readonly record: ParticipantRecord<Work, Proof>;
}

export interface RegisterRow {
  readonly id: string;
  readonly record: AcceptorRecord<Proof>;
}

/** What is remembered of another bank. */
export interface PeerRow {
  readonly incarnation: number;
  readonly forgottenUpTo: number;
}

/** How this bank's counter works. */
export interface CounterRules {
  readonly drawersRequired: boolean;
  /** Centavos that one withdrawal may hand out. */
  readonly withdrawalMax: number | null;
}

/** What one coordinator has promised to it here and not decided yet. */
export interface Exposure {
  readonly open: number;
  readonly heldCentavos: bigint;
}
