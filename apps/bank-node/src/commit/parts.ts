import type { Alarm, Envelope, Message, Step } from "@pacto/atomic-commit";
import { findMember, type Manifest, type ManifestDecider, type Work } from "@pacto/contract";
import type { Proof, SigningKey } from "@pacto/contract/signing";
import { auditedNode, EVIDENCE } from "../audit/audited.ts";
import type { PeerCaps } from "./admit-branch.ts";
import type { WorkingSet } from "../ledger/engine/working-set.ts";

export type WireMessage = Message<Work, Proof>;
export type WireEnvelope = Envelope<Work, Proof>;

/** What every protocol step at this bank needs. */
export interface CommitParts {
  /** This bank's id. */
  readonly bank: string;
  readonly signer: SigningKey;
  /** What one coordinator may hold here undecided (R47). */
  readonly caps: PeerCaps;
  /** Who decides, by the manifest: the bank promises nothing that others would decide. */
  readonly decider: ManifestDecider;
  /** Every bank of the consortium, this one included: who may count towards a majority. */
  readonly members: readonly string[];
}

/** The parts of a bank by its manifest as it is at each step: a new one counts from the next on. */
export function partsBy({
  bank,
  signer,
  manifest,
}: Pick<CommitParts, "bank" | "signer"> & { readonly manifest: () => Manifest }): CommitParts {
  return {
    bank,
    signer,
    get caps() {
      return findMember(manifest(), bank)?.caps ?? {};
    },
    get decider() {
      return manifest().decider;
    },
    get members() {
      return manifest().members.map(({ id }) => id);
    },
  };
}

/** What a step leaves to do once its batch is durable. */
export interface StepResult {
  /** The outcome is known here: nothing is gathered for the transaction any more. */
  readonly isDecided: boolean;
  readonly reply: WireMessage | null;
  readonly sends: readonly WireEnvelope[];
  readonly alarm: Alarm | null;
}

/**
 * Keeps what cannot happen among honest banks as evidence, with the event that said it, in the
 * batch's own transaction.
 */
export function resultOf(
  parts: CommitParts,
  set: WorkingSet,
  step: Step<object | undefined, Work, Proof>,
  about: { readonly transaction: string; readonly event: unknown },
): StepResult {
  const { alarm } = step;
  if (alarm !== null) recordAlarm(parts, set, { ...about, ...alarm });
  const { record } = step;
  const isDecided = record !== undefined && "certificate" in record && record.certificate !== null;
  return { isDecided, reply: step.reply, sends: step.sends, alarm };
}

/** Something that only a defect or a lie explains, and the bank that it came from. */
export interface RecordedAlarm {
  readonly code: Alarm["code"] | "invalid-signature";
  readonly bank: string;
  readonly transaction: string;
  readonly event: unknown;
}

export function recordAlarm(
  parts: CommitParts,
  set: WorkingSet,
  { code, bank, transaction, event }: RecordedAlarm,
): void {
  set.audit({
    ...auditedNode(bank, bank),
    action: `${EVIDENCE}${code}`,
    subject: transaction,
    transactionId: transaction,
    details: { at: parts.bank, event },
  });
}
