import {
  assertCoordinatorInvariants,
  stepCoordinator,
  type CoordinatorEvent,
  type CoordinatorRecord,
  type Descriptor,
  type Effect,
} from "@pacto/atomic-commit";
import type { Refusal, Work } from "@pacto/contract";
import type { Proof } from "@pacto/contract/signing";
import type { Command } from "../ledger/engine/command.ts";
import type { Signed, WorkingSet } from "../ledger/engine/working-set.ts";
import { ledgerRefusal } from "../ledger/ledger-refusal.ts";
import {
  accountsOf,
  accountsToForce,
  branchLegs,
  forceBranch,
  holdsOf,
  postingKindOf,
  reserveBranch,
  settlementRefusal,
} from "./branch-money.ts";
import { chargeRefusal, chargesOf, releaseCharge, settleCharge } from "./branch-charge.ts";
import {
  applyKey,
  holdersOf,
  keysOf,
  payeeRefusal,
  recordPayment,
  releaseKey,
  reserveKey,
} from "./branch-directory.ts";
import { recordReturn, releaseReturn } from "./branch-return.ts";
import { newId } from "../new-id.ts";
import { resultOf, type CommitParts, type StepResult } from "./parts.ts";
import { signLater } from "./sign-later.ts";

type Event = CoordinatorEvent<Work, Proof>;
type Record_ = CoordinatorRecord<Work, Proof>;

/** What the begin row keeps beside the protocol's record. */
export interface Begun {
  readonly purpose: string;
  readonly createdBy: string;
  /** Own accounts for whose debit every holder has signed. */
  readonly signed?: Signed;
}

/** One event at this bank as coordinator of a transaction it has begun. */
export function coordinatorCommand(
  parts: CommitParts,
  transaction: string,
  event: Exclude<Event, { kind: "begin" }>,
): Command<StepResult> {
  return {
    name: `coordinator.${event.kind}`,
    priority: "settle",
    coordinated: transaction,
    *accounts(set) {
      if (!touchesMoney(event)) return;
      const row = set.coordinators.get(transaction);
      const work =
        row === undefined
          ? event.kind === "restore" && ownWork(event.signed.descriptor, parts.bank)
          : ownWork(row.record.descriptor, parts.bank);
      if (work) yield* event.kind === "restore" ? accountsToForce(work) : accountsOf(work);
    },
    *pixKeys(set) {
      if (!touchesMoney(event)) return;
      const row = set.coordinators.get(transaction);
      const descriptor =
        row?.record.descriptor ?? (event.kind === "restore" ? event.signed.descriptor : undefined);
      if (descriptor !== undefined) yield* beginKeys(parts.bank, descriptor);
    },
    *charges(set) {
      if (!touchesMoney(event)) return;
      const row = set.coordinators.get(transaction);
      const descriptor =
        row?.record.descriptor ?? (event.kind === "restore" ? event.signed.descriptor : undefined);
      if (descriptor !== undefined) yield* beginCharges(parts.bank, descriptor);
    },
    decide: (set) => stepInto(set, parts, transaction, event),
  };
}

/**
 * Begins a transaction inside a command of the caller: the begin row, the own branch's hold and
 * whatever else the command writes are one database transaction (R7). The command must lock
 * `beginAccounts(...)`, `beginKeys(...)` and `beginCharges(...)`.
 */
export function beginTransaction(
  set: WorkingSet,
  parts: CommitParts,
  descriptor: Descriptor<Work>,
  hash: string,
  begun: Begun,
): StepResult {
  return stepInto(set, parts, descriptor.id, { kind: "begin", descriptor, hash }, begun);
}

export function* beginAccounts(bank: string, descriptor: Descriptor<Work>): Iterable<string> {
  const work = ownWork(descriptor, bank);
  if (work !== undefined) yield* accountsOf(work);
}

/** The PIX keys to lock, as `beginAccounts`. */
export function* beginKeys(bank: string, descriptor: Descriptor<Work>): Iterable<string> {
  const work = ownWork(descriptor, bank);
  if (work !== undefined) yield* keysOf(work);
}

/** The accounts whose keys are counted, as `beginAccounts`. */
export function* beginHolders(bank: string, descriptor: Descriptor<Work>): Iterable<string> {
  const work = ownWork(descriptor, bank);
  if (work !== undefined) yield* holdersOf(bank, work);
}

/** The PIX charges to lock, as `beginAccounts`. */
export function* beginCharges(bank: string, descriptor: Descriptor<Work>): Iterable<string> {
  const work = ownWork(descriptor, bank);
  if (work !== undefined) yield* chargesOf(bank, work);
}

function stepInto(
  set: WorkingSet,
  parts: CommitParts,
  transaction: string,
  event: Event,
  begun?: Begun,
): StepResult {
  const row = set.coordinators.get(transaction);
  if (row !== undefined) assertCoordinatorInvariants(row.record, parts.bank);
  const step = stepCoordinator(row?.record, event, {
    self: parts.bank,
    now: set.now,
    random: Math.random(),
    recovering: set.recovering,
    incarnation: set.incarnation,
    watermark: 0,
    sign: signLater(set, parts.signer),
    reserve: (work, intent) =>
      reserveOwnKey(set, parts, event, work) ??
      (intent === "hold"
        ? reserveBranch(parts.bank, set, transaction, work, begun?.signed)
        : spendBranch(parts.bank, set, transaction, work, begun?.signed)),
  });
  const { record } = step;
  if (record !== undefined && record !== row?.record) {
    assertCoordinatorInvariants(record, parts.bank);
    const isDecided = record.certificate !== null;
    set.coordinators.put(transaction, {
      id: transaction,
      record,
      purpose: row?.purpose ?? begun?.purpose ?? record.descriptor.purpose,
      createdBy: row?.createdBy ?? begun?.createdBy ?? record.coordinator,
      decidedAt: row?.decidedAt ?? (isDecided ? set.now : null),
    });
    applyEffect(parts.bank, set, record, step.effect, event.kind === "restore");
  }
  return resultOf(parts, set, step, { transaction, event });
}

function reserveOwnKey(
  set: WorkingSet,
  parts: CommitParts,
  event: Event,
  work: Work,
): Refusal | undefined {
  return event.kind === "begin" ? reserveKey(parts, set, event.descriptor, work) : undefined;
}

function applyEffect(
  bank: string,
  set: WorkingSet,
  record: Record_,
  effect: Effect,
  isRestore: boolean,
): void {
  const work = ownWork(record.descriptor, bank);
  if (work === undefined) return;
  // `hold` and a begin's `post` were done by reserve, which decided them.
  if (effect === "release") {
    releaseReturn(set, record.transaction, work);
    releaseKey(set, record.transaction, work);
    releaseCharge(bank, set, record.transaction, work);
  }
  if (effect === "capture" || effect === "post") {
    if (work.pixKey !== undefined) applyKey(set, record.transaction, work.pixKey);
    recordPayment(set, record.transaction, work);
    settleCharge(bank, set, work);
    recordReturn(set, record.transaction, work);
  }
  if (work.legs.length === 0) return;
  if (effect === "release") set.release(record.transaction, holdsOf(bank, set, work));
  if (effect === "capture") {
    set.capture(postingOf(set, record.transaction, work, bank), holdsOf(bank, set, work));
  }
  if (effect === "post" && isRestore) {
    forceBranch(bank, set, postingOf(set, record.transaction, work, bank), work);
  }
}

/** Only these can capture or release; the others need no account locked. */
function touchesMoney(event: Event): boolean {
  switch (event.kind) {
    case "ack":
    case "inquiry":
    case "promised":
    case "outbid":
      return false;
    default:
      return true;
  }
}

/** All accounts at this bank: one local posting, no holds. */
function spendBranch(
  bank: string,
  set: WorkingSet,
  transaction: string,
  work: Work,
  signed: Signed | undefined,
): Refusal | undefined {
  const refusal =
    payeeRefusal(bank, set, work) ??
    chargeRefusal(bank, set, transaction, work) ??
    settlementRefusal(bank, set, work);
  if (refusal !== undefined) return refusal;
  if (work.legs.length === 0) return undefined;
  const branch = branchLegs(bank, set, work);
  if (!branch.ok) return branch.refusal;
  const decision = set.spend(postingOf(set, transaction, work, bank), branch.legs, signed);
  return decision.ok ? undefined : ledgerRefusal(bank, set, decision.refusal);
}

function postingOf(set: WorkingSet, transactionId: string, work: Work, actor: string) {
  return {
    id: newId(set.now),
    kind: postingKindOf(work),
    description: work.description,
    transactionId,
    actor,
  };
}

function ownWork(descriptor: Descriptor<Work>, bank: string): Work | undefined {
  return descriptor.branches.find((branch) => branch.bank === bank)?.work;
}
