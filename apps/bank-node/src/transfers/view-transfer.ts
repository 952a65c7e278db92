import { participantsOf } from "@pacto/atomic-commit";
import {
  refusalCatalogue,
  type BranchProgress,
  type Refusal,
  type RefusalCode,
  type TransferView,
} from "@pacto/contract";
import type { CoordinatorRow } from "../ledger/engine/rows.ts";
import type { MoneyBranch } from "./split-into-branches.ts";

interface ReasonOfNo {
  readonly code: string;
  readonly [detail: string]: unknown;
}

function isKnown(code: string): code is RefusalCode {
  return Object.hasOwn(refusalCatalogue, code);
}

/** A refusal from the protocol as the catalogue knows it; a foreign code keeps its name. */
export function refusalFrom(reason: ReasonOfNo, bank: string): Refusal {
  const { silent } = reason;
  if (Array.isArray(silent) && silent.length > 0) {
    return { code: "banks-silent", details: { banks: silent.join(", ") } };
  }
  const details = (reason["details"] ?? {}) as Refusal["details"];
  if (isKnown(reason.code)) return { code: reason.code, details: { bank, ...details } };
  return { code: "refused", details: { bank, reason: reason.code } };
}

/** The transfer as its coordinator's row tells it (R52); votes are those gathered so far. */
export function viewTransfer(
  row: CoordinatorRow & { readonly createdAt: Date },
  votes: ReadonlyMap<string, "yes" | "no">,
): TransferView {
  const { record } = row;
  const { branches } = record.descriptor;
  const [from, to] = [sidesOf(branches, "debit"), sidesOf(branches, "credit")];
  const refuser = record.certificate?.votes.find(({ vote }) => vote === "no")?.bank;
  return {
    id: row.id,
    coordinator: record.coordinator,
    state: record.state,
    settled: record.settled,
    from,
    to,
    totalCentavos: from.reduce((sum, side) => sum + side.amountCentavos, 0),
    purpose: branches[0]?.work.description ?? "",
    branches: branches.map(({ bank }) => progressOf(row, bank, votes)),
    refusal:
      record.refusal === null ? null : refusalFrom(record.refusal, refuser ?? record.coordinator),
    createdAt: row.createdAt.toISOString(),
    decidedAt: row.decidedAt === null ? null : new Date(row.decidedAt).toISOString(),
  };
}

/** The accounts of one side, over all branches. */
export function sidesOf(
  branches: readonly MoneyBranch[],
  direction: "debit" | "credit",
): TransferView["from"] {
  return branches.flatMap(({ bank, work }) =>
    work.legs
      .filter((leg) => leg.direction === direction)
      .map(({ account, amountCentavos }) => ({ bank, account, amountCentavos })),
  );
}

function progressOf(
  { record }: CoordinatorRow,
  bank: string,
  votes: ReadonlyMap<string, "yes" | "no">,
): BranchProgress {
  const certified = record.certificate?.votes.find((vote) => vote.bank === bank)?.vote;
  const own = record.ownVote?.bank === bank ? record.ownVote.vote : undefined;
  const proposed = record.proposal?.votes.find((vote) => vote.bank === bank)?.vote;
  const vote = certified ?? own ?? proposed ?? votes.get(bank) ?? "pending";
  if (record.certificate === null) return { bank, vote, decision: "pending" };
  const isOpen =
    participantsOf(record.descriptor).includes(bank) && record.unacknowledged.includes(bank);
  return { bank, vote, decision: isOpen ? "sent" : "applied" };
}
