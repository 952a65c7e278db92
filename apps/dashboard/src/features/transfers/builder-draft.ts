import type { PreviewTransferInput, TransferSide } from "@pacto/contract";
import type { PickedAccount } from "../accounts/account-picker.tsx";
import type { ScheduleDraft } from "../plans/schedule.ts";

/** One account's share as it is being filled in; the amount as it is typed. */
export interface SideDraft {
  readonly id: string;
  readonly bank: string;
  readonly account: PickedAccount | null;
  readonly amount: string;
}

export interface BuilderDraft {
  readonly from: readonly SideDraft[];
  readonly to: readonly SideDraft[];
  readonly purpose: string;
  /** Empty: the first source bank that is online. */
  readonly coordinator: string;
  /** Left out or null: at once. */
  readonly schedule?: ScheduleDraft | null;
}

export type Sides = "from" | "to";

export function emptySide(id: string, bank = ""): SideDraft {
  return { id, bank, account: null, amount: "" };
}

/** The lowest number that no side has: ids are for the page only, and stay across reloads. */
export function nextSideId(draft: BuilderDraft): string {
  const taken = [...draft.from, ...draft.to].map(({ id }) => Number(id));
  return String(Math.max(0, ...taken) + 1);
}

/** Whether anybody has begun to fill it in. */
export function isBegun({ bank, account, amount }: SideDraft): boolean {
  return bank !== "" || account !== null || amount.trim() !== "";
}

/** The sides with pasted ones after them; cards that nobody has begun give way. */
export function withPasted(
  draft: BuilderDraft,
  sides: Sides,
  pasted: readonly Omit<SideDraft, "id">[],
): readonly SideDraft[] {
  const next = Number(nextSideId(draft));
  const begun = draft[sides].filter(isBegun);
  return [...begun, ...pasted.map((side, at) => ({ ...side, id: String(next + at) }))];
}

/** What each of `parts` gets of a sum, centavos: as equal as can be, the first ones one more. */
export function splitEvenly(centavos: bigint, parts: number): bigint[] {
  const share = centavos / BigInt(parts);
  const rest = Number(centavos % BigInt(parts));
  return Array.from({ length: parts }, (_, at) => (at < rest ? share + 1n : share));
}

/** A side with its amount as it counts: null while there is none. */
export interface CountedSide extends SideDraft {
  readonly centavos: bigint | null;
  /** Its amount is left empty and follows the other side's sum. */
  readonly isFollowing: boolean;
}

export interface Counted {
  readonly from: readonly CountedSide[];
  readonly to: readonly CountedSide[];
  readonly leaves: bigint;
  readonly arrives: bigint;
  /** What leaves and has no destination yet; negative when more arrives than leaves. */
  readonly remaining: bigint;
}

/**
 * Reads the amounts and adds them up. A single destination whose amount is left empty gets the sum
 * of the sources, as `pacto transfer` does it. `read` gives the centavos of a text, or null.
 */
export function count(draft: BuilderDraft, read: (text: string) => bigint | null): Counted {
  const from = draft.from.map((side) => counted(side, read(side.amount)));
  const leaves = sum(from);
  const [only, ...others] = draft.to;
  const follows = only !== undefined && others.length === 0 && only.amount.trim() === "";
  const to = follows
    ? [{ ...only, centavos: leaves > 0n ? leaves : null, isFollowing: true }]
    : draft.to.map((side) => counted(side, read(side.amount)));
  const arrives = sum(to);
  return { from, to, leaves, arrives, remaining: leaves - arrives };
}

function counted(side: SideDraft, centavos: bigint | null): CountedSide {
  return { ...side, centavos, isFollowing: false };
}

function sum(sides: readonly CountedSide[]): bigint {
  return sides.reduce((total, { centavos }) => total + (centavos ?? 0n), 0n);
}

/** The request that the draft has become, or null while something is missing or out of balance. */
export function toRequest(counted: Counted): PreviewTransferInput | null {
  const from = counted.from.map(toSide);
  const to = counted.to.map(toSide);
  if (counted.remaining !== 0n || counted.leaves === 0n) return null;
  if (!from.every((side) => side !== null) || !to.every((side) => side !== null)) return null;
  return { from, to };
}

function toSide({ bank, account, centavos }: CountedSide): TransferSide | null {
  if (bank === "" || account === null || centavos === null) return null;
  return { bank, account: account.number, amountCentavos: Number(centavos) };
}

/** Who coordinates: the bank chosen, else the first source bank that takes work now. */
export function coordinatorOf(
  draft: BuilderDraft,
  takesWork: (bank: string) => boolean,
): string | null {
  if (draft.coordinator !== "") return draft.coordinator;
  return draft.from.map(({ bank }) => bank).find((bank) => bank !== "" && takesWork(bank)) ?? null;
}
