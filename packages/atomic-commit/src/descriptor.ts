export type BankId = string;
export type TransactionId = string;
/** Digest of a descriptor, computed by the shell over its canonical bytes. */
export type Hash = string;

/** One bank's share of a global transaction. `Work` is what the bank is asked to do. */
export interface Branch<Work> {
  readonly bank: BankId;
  readonly work: Work;
}

/** Who decides: the coordinator's database alone, or a majority of witness banks. */
export type Decider =
  | { readonly kind: "local" }
  | { readonly kind: "register"; readonly witnesses: readonly BankId[] };

/** What all parties of a global transaction agree on before anything happens. Never changes. */
export interface Descriptor<Work> {
  readonly id: TransactionId;
  readonly coordinator: BankId;
  /** The coordinator's incarnation when it began the transaction (R48). */
  readonly incarnation: number;
  /** Per coordinator, strictly increasing, from 1 (R31). */
  readonly sequence: number;
  /** One per bank; several accounts of one bank are one branch. */
  readonly branches: readonly Branch<Work>[];
  readonly decider: Decider;
  /** A duration: every party counts it on its own clock, from its own begin or receipt (R42). */
  readonly prepareWithinMs: number;
  readonly purpose: string;
}

export const BRANCHES_MAX = 16;
export const WITNESSES_MAX = 7;
export const PREPARE_WITHIN_MS_MAX = 10_000;

export function branchOf<Work>(
  descriptor: Descriptor<Work>,
  bank: BankId,
): Branch<Work> | undefined {
  for (const branch of descriptor.branches) if (branch.bank === bank) return branch;
  return undefined;
}

/** Banks with a branch, the coordinator excepted: those that are asked to prepare. */
export function participantsOf(descriptor: Descriptor<unknown>): BankId[] {
  const banks: BankId[] = [];
  for (const { bank } of descriptor.branches) {
    if (bank !== descriptor.coordinator) banks.push(bank);
  }
  return banks;
}

/** Banks that may propose in the register, in the order that gives each its ballots (R25). */
export function proposersOf(descriptor: Descriptor<unknown>): BankId[] {
  return [descriptor.coordinator, ...participantsOf(descriptor)];
}

/** A transaction of the coordinator alone is one local posting and needs no witnesses. */
export function decidedByRegister(descriptor: Descriptor<unknown>): boolean {
  return descriptor.decider.kind === "register" && participantsOf(descriptor).length > 0;
}

export function witnessesOf(descriptor: Descriptor<unknown>): readonly BankId[] {
  return descriptor.decider.kind === "register" ? descriptor.decider.witnesses : [];
}

/** Smallest number of witnesses of which any two sets share one: F+1 of 2F+1. */
export function majorityOf(descriptor: Descriptor<unknown>): number {
  return Math.floor(witnessesOf(descriptor).length / 2) + 1;
}

/** Says what is wrong with a descriptor, or undefined. One branch per bank (lesson 1). */
export function descriptorFault(descriptor: Descriptor<unknown>): string | undefined {
  const { branches, decider, sequence, incarnation, prepareWithinMs } = descriptor;
  if (descriptor.id === "" || descriptor.coordinator === "") return "empty-id";
  if (branches.length === 0 || branches.length > BRANCHES_MAX) return "branch-count";
  if (new Set(branches.map(({ bank }) => bank)).size !== branches.length) return "bank-twice";
  if (!Number.isSafeInteger(sequence) || sequence < 1) return "sequence";
  if (!Number.isSafeInteger(incarnation) || incarnation < 0) return "incarnation";
  if (!(prepareWithinMs > 0 && prepareWithinMs <= PREPARE_WITHIN_MS_MAX)) return "deadline";
  if (decider.kind === "local") return undefined;
  const { witnesses } = decider;
  if (witnesses.length % 2 === 0 || witnesses.length > WITNESSES_MAX) return "witness-count";
  return new Set(witnesses).size === witnesses.length ? undefined : "witness-twice";
}
