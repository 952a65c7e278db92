import type { Descriptor } from "@pacto/atomic-commit";
import type { MemberCaps, Refusal, Work } from "@pacto/contract";
import type { WorkingSet } from "../ledger/engine/working-set.ts";
import { branchDebits, descriptorRefusal, reserveBranch } from "./branch-money.ts";
import { isNew } from "./age.ts";
import { reserveKey } from "./branch-directory.ts";
import type { CommitParts } from "./parts.ts";

/**
 * A participant's whole admission of a new branch: the bank takes on work at all, the descriptor
 * is decided by whom the manifest names, new, and balanced, the coordinator stays under its caps,
 * and the ledger places the holds.
 */
export function admitBranch(
  parts: CommitParts,
  set: WorkingSet,
  descriptor: Descriptor<Work>,
  work: Work,
): Refusal | undefined {
  if (set.draining) return { code: "bank-draining", details: { bank: parts.bank } };
  const { coordinator } = descriptor;
  const debits = branchDebits(work);
  const refusal =
    strangerRefusal(parts, descriptor) ??
    deciderRefusal(parts, descriptor) ??
    ageRefusal(parts, set, descriptor) ??
    descriptorRefusal(descriptor) ??
    sizeRefusal(parts, descriptor) ??
    exposureRefusal(parts, set, coordinator, debits) ??
    reserveKey(parts, set, descriptor, work) ??
    reserveBranch(parts.bank, set, descriptor.id, work);
  if (refusal === undefined) set.expose(coordinator, debits);
  return refusal;
}

/** Nobody puts money into a transaction with a bank that has left, or never came. */
function strangerRefusal({ members }: CommitParts, { branches }: Descriptor<Work>) {
  const known = new Set(members);
  const stranger = branches.find(({ bank }) => !known.has(bank));
  if (stranger === undefined) return undefined;
  return { code: "unknown-bank", details: { bank: stranger.bank } } as const;
}

/**
 * The coordinator names the decider and its witnesses, all of them perhaps banks of its own making;
 * the bank puts its money only into the hands of those that the consortium chose.
 */
function deciderRefusal(
  { bank, decider }: CommitParts,
  { coordinator, decider: named }: Descriptor<Work>,
): Refusal | undefined {
  if (named.kind === "local" && decider.kind === "local") return undefined;
  if (named.kind === "register" && decider.kind === "register") {
    const { witnesses } = decider;
    const isSameSize = named.witnesses.length === witnesses.length;
    if (isSameSize && witnesses.every((witness) => named.witnesses.includes(witness))) {
      return undefined;
    }
  }
  return { code: "other-decider", details: { bank, coordinator } };
}

/**
 * A bank that wakes up in a backup asks its peers for what is not much older than its last vote
 * (R48): no transaction may hide below that.
 */
function ageRefusal({ bank }: CommitParts, set: WorkingSet, descriptor: Descriptor<Work>) {
  const { id, coordinator } = descriptor;
  if (coordinator === bank || isNew(id, set.now)) return undefined;
  return { code: "transaction-misdated", details: { bank, coordinator } } as const;
}

/** R47: one transaction may bind no more banks than this bank takes part with. */
function sizeRefusal({ bank, caps }: CommitParts, descriptor: Descriptor<Work>) {
  const most = caps.branchesPerTransaction;
  if (most === undefined || descriptor.branches.length <= most) return undefined;
  return { code: "too-many-branches", details: { bank, most } } as const;
}

/** R47: a coordinator that prepares and never decides can freeze no more than its caps. */
function exposureRefusal(
  { bank, caps }: CommitParts,
  set: WorkingSet,
  coordinator: string,
  debits: bigint,
): Refusal | undefined {
  const { open, heldCentavos } = set.exposureTo(coordinator);
  const isOverCount = caps.openPerPeer !== undefined && open >= caps.openPerPeer;
  const isOverSum =
    caps.heldPerPeerCentavos !== undefined &&
    heldCentavos + debits > BigInt(caps.heldPerPeerCentavos);
  if (!isOverCount && !isOverSum) return undefined;
  return { code: "peer-exposure", details: { bank, coordinator } };
}

export type PeerCaps = Pick<
  MemberCaps,
  "openPerPeer" | "heldPerPeerCentavos" | "branchesPerTransaction"
>;
