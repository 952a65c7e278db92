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
  /** The caller's request, for its views. */
  readonly request: unknown;
  readonly createdBy: string;
  /** Epoch milliseconds; null until the decision is durable. */
  readonly decidedAt: number | null;
}

export interface BranchRow {
  readonly id: string;
  readonly coordinator: string;
  /** Epoch milliseconds; null while in doubt. */
  readonly decidedAt: number | null;
  readonly record: ParticipantRecord<Work, Proof>;
}

export interface RegisterRow {
  readonly id: string;
  readonly record: AcceptorRecord<Proof>;
}
