import {
  assertParticipantInvariants,
  stepParticipant,
  type ParticipantEvent,
  type ParticipantRecord,
} from "@pacto/atomic-commit";
import type { Work } from "@pacto/contract";
import type { Proof } from "@pacto/contract/signing";
import type { Command } from "../ledger/engine/command.ts";
import type { WorkingSet } from "../ledger/engine/working-set.ts";
import { newId } from "../new-id.ts";
import { admitBranch } from "./admit-branch.ts";
import {
  accountsOf,
  accountsToForce,
  branchDebits,
  forceBranch,
  holdsOf,
  postingKindOf,
} from "./branch-money.ts";
import { chargesOf, releaseCharge, settleCharge } from "./branch-charge.ts";
import { applyKey, holdersOf, keysOf, recordPayment, releaseKey } from "./branch-directory.ts";
import { recordReturn } from "./branch-return.ts";
import { resultOf, type CommitParts, type StepResult } from "./parts.ts";
import { signLater } from "./sign-later.ts";

type Record_ = ParticipantRecord<Work, Proof>;
type Event = ParticipantEvent<Work, Proof>;

/** One event at this bank as a participant, as a command of the posting engine. */
export function participantCommand(
  parts: CommitParts,
  transaction: string,
  event: Event,
): Command<StepResult> {
  const arrived = performance.now();
  return {
    name: `participant.${event.kind}`,
    priority: event.kind === "prepare" ? "promise" : "settle",
    branch: transaction,
    ...exposureOf(parts, event),
    *accounts(set) {
      if (!touchesMoney(event)) return;
      const work = ownWork(parts.bank, event) ?? recordWork(set, parts.bank, transaction);
      if (work === undefined) return;
      yield* event.kind === "restore" ? accountsToForce(work) : accountsOf(work);
    },
    *pixKeys(set) {
      if (!touchesMoney(event)) return;
      const work = ownWork(parts.bank, event) ?? recordWork(set, parts.bank, transaction);
      if (work !== undefined) yield* keysOf(work);
    },
    *pixHolders() {
      const work = ownWork(parts.bank, event);
      if (event.kind === "prepare" && work !== undefined) yield* holdersOf(parts.bank, work);
    },
    *charges(set) {
      if (!touchesMoney(event)) return;
      const work = ownWork(parts.bank, event) ?? recordWork(set, parts.bank, transaction);
      if (work !== undefined) yield* chargesOf(parts.bank, work);
    },
    decide(set) {
      const waitedMs = performance.now() - arrived;
      const current: Event =
        event.kind === "prepare" ? { ...event, receivedAt: set.now - waitedMs } : event;
      return decide(parts, set, transaction, current);
    },
  };
}

function exposureOf({ caps }: CommitParts, event: Event): { readonly exposedTo?: string } {
  const isCapped = caps.openPerPeer !== undefined || caps.heldPerPeerCentavos !== undefined;
  if (event.kind !== "prepare" || !isCapped) return {};
  return { exposedTo: event.message.descriptor.coordinator };
}

function decide(
  parts: CommitParts,
  set: WorkingSet,
  transaction: string,
  event: Event,
): StepResult {
  const row = set.branches.get(transaction);
  if (event.kind === "prepare") {
    const { coordinator, incarnation } = event.message.descriptor;
    if (event.from === coordinator) set.hearIncarnation(coordinator, incarnation);
  }
  if (row !== undefined) assertParticipantInvariants(row.record, parts.bank);
  const step = stepParticipant(row?.record, event, {
    self: parts.bank,
    now: set.now,
    random: Math.random(),
    recovering: set.recovering,
    fence: set.fence(row?.coordinator ?? coordinatorOf(event) ?? ""),
    sign: signLater(set, parts.signer),
    reserve: (work) => {
      if (event.kind !== "prepare") throw new Error(`${event.kind} may not place a hold`);
      return admitBranch(parts, set, event.message.descriptor, work);
    },
  });
  const { record } = step;
  if (record !== undefined && record !== row?.record) {
    assertParticipantInvariants(record, parts.bank);
    const decided = record.state !== "prepared";
    set.branches.put(transaction, {
      id: transaction,
      coordinator: record.coordinator,
      debits: row?.debits ?? debitsOf(record, parts.bank),
      decidedAt: row?.decidedAt ?? (decided ? set.now : null),
      record,
    });
    applyEffect(parts, set, record, step.effect);
  }
  return resultOf(parts, set, step, { transaction, event });
}

function applyEffect(
  parts: CommitParts,
  set: WorkingSet,
  record: Record_,
  effect: "none" | "hold" | "capture" | "release" | "post",
): void {
  // `hold` was placed by reserve, which decided it.
  if (effect === "none" || effect === "hold") return;
  const work = workOf(record, parts.bank);
  if (work === undefined) throw new Error(`branch ${record.transaction} lost its work`);
  if (effect === "release") {
    releaseKey(set, record.transaction, work);
    releaseCharge(parts.bank, set, record.transaction, work);
    if (work.legs.length === 0) return;
    set.release(record.transaction, holdsOf(parts.bank, set, work));
    return;
  }
  if (work.pixKey !== undefined) applyKey(set, record.transaction, work.pixKey);
  if (work.legs.length === 0) return;
  recordPayment(set, record.transaction, work);
  settleCharge(parts.bank, set, work);
  recordReturn(set, record.transaction, work);
  const posting = {
    id: newId(set.now),
    kind: postingKindOf(work),
    description: work.description,
    transactionId: record.transaction,
    actor: record.coordinator,
  };
  if (effect === "capture") set.capture(posting, holdsOf(parts.bank, set, work));
  else forceBranch(parts.bank, set, posting, work);
}

/** Only these can place, capture or release; the others need no account locked. */
function touchesMoney(event: Event): boolean {
  switch (event.kind) {
    case "wake":
    case "promised":
    case "outbid":
    case "inquiry":
      return false;
    default:
      return true;
  }
}

function coordinatorOf(event: Event): string | undefined {
  if (event.kind === "prepare" || event.kind === "inquiry") {
    return event.message.descriptor.coordinator;
  }
  if (event.kind === "decision") return event.message.coordinator;
  if (event.kind === "restore") return event.signed.descriptor.coordinator;
  return undefined;
}

function debitsOf(record: Record_, bank: string): bigint {
  const work = workOf(record, bank);
  return work === undefined ? 0n : branchDebits(work);
}

/** The work that the event itself brings: a first PREPARE, or a restored commit. */
function ownWork(bank: string, event: Event): Work | undefined {
  if (event.kind === "prepare") return branchWork(event.message.descriptor.branches, bank);
  if (event.kind === "restore") return branchWork(event.signed.descriptor.branches, bank);
  return undefined;
}

function recordWork(set: WorkingSet, bank: string, transaction: string): Work | undefined {
  const row = set.branches.get(transaction);
  return row === undefined ? undefined : workOf(row.record, bank);
}

function workOf(record: Record_, bank: string): Work | undefined {
  return record.descriptor === null ? undefined : branchWork(record.descriptor.branches, bank);
}

function branchWork(
  branches: readonly { readonly bank: string; readonly work: Work }[],
  bank: string,
): Work | undefined {
  return branches.find((branch) => branch.bank === bank)?.work;
}
