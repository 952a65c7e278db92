import type {
  ChargeStatus,
  ChargeTermsWire,
  PixKeyOwner,
  RecoveredTransaction,
  Work,
} from "@pacto/contract";
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

/** A key of the PIX directory. */
export interface PixKeyRow {
  readonly key: string;
  readonly type: string;
  /** 0 until an operation on the key was committed; rises with each. */
  readonly version: number;
  /** Null while nobody has the key. */
  readonly owner: PixKeyOwner | null;
  /** The operation that made this version. */
  readonly transactionId: string | null;
  /** The transaction that has promised to change the key. */
  readonly pending: string | null;
  /** Account of this bank to which that transaction points the key. */
  readonly pendingAccount: string | null;
  /** Hash of the entry, in hexadecimal; null for version 0. */
  readonly cid: string | null;
  /** What proves this version, where it was learnt from a peer and is in no own row. */
  readonly proof: RecoveredTransaction | null;
  /** At the bank that has the key: who claims it. Written by the claims, cleared by a new version. */
  readonly claim: KeyClaim | null;
}

/** A claim on a key, as it stands at the bank that has the key. */
export interface KeyClaim {
  readonly id: string;
  readonly bank: string;
  readonly account: string;
  readonly isConfirmed: boolean;
}

/** A PIX charge of this bank. */
export interface ChargeRow {
  readonly txid: string;
  readonly status: ChargeStatus;
  readonly key: string;
  readonly terms: ChargeTermsWire;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  /** The transaction that has promised to pay it. */
  readonly pending: string | null;
  /** End-to-end id of the payment that settled it. */
  readonly paidBy: string | null;
  readonly paidAmount: bigint | null;
  /** Epoch milliseconds. */
  readonly paidAt: number | null;
}

/** How much of a received PIX went back or is on its way. */
export interface RefundBalance {
  readonly endToEndId: string;
  readonly original: bigint;
  readonly refunded: bigint;
  /** Epoch milliseconds. */
  readonly settledAt: number;
}

/** What a special return holds in an account here, and looks for in it still. */
export interface ReturnHoldRow {
  readonly id: string;
  readonly state: string;
  readonly held: bigint;
  readonly missing: bigint;
  readonly isWatched: boolean;
}

/** A PIX that was settled in an account here. */
export interface PixPaymentRow {
  readonly endToEndId: string;
  readonly direction: "sent" | "received";
  readonly account: string;
  readonly amount: bigint;
  readonly transactionId: string;
  readonly details: unknown;
}

/** An account to which a key is to point, and the keys that point to it or are promised to. */
export interface PixHolderRow {
  readonly account: string;
  /** Of its first holder; null for the bank's own accounts. */
  readonly kind: string | null;
  readonly keys: readonly string[];
}

/** How this bank's counter works. */
export interface CounterRules {
  readonly drawersRequired: boolean;
  /** Centavos that one withdrawal may hand out. */
  readonly withdrawalMax: number | null;
}

/** What takes two persons at this bank. */
export interface ApprovalRules {
  /** Unblocking, account terms and reversals. */
  readonly isRequired: boolean;
  /** Centavos from which a transfer or a withdrawal does; null is never. */
  readonly amountFrom: number | null;
}

/** What one coordinator has promised to it here and not decided yet. */
export interface Exposure {
  readonly open: number;
  readonly heldCentavos: bigint;
}
