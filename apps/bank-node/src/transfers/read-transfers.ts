import { branchOf, witnessesOf } from "@pacto/atomic-commit";
import type { BranchView, TransferView } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { RefusalError } from "../trpc.ts";
import {
  selectBranch,
  selectInDoubt,
  selectTransfer,
  selectTransfers,
  type BranchViewRow,
} from "./sql.ts";
import { refusalFrom, viewTransfer } from "./view-transfer.ts";

/** A transfer that this bank coordinates. Throws RefusalError `transfer-not-found`. */
export async function readTransfer(ctx: StaffContext, id: string): Promise<TransferView> {
  const row = await selectTransfer(ctx.bank.pools.api, id);
  if (row === undefined) {
    throw new RefusalError({ code: "transfer-not-found", details: { bank: ctx.bank.id, id } });
  }
  return viewTransfer(row, ctx.bank.commit.votesOf(id));
}

interface ListTransfers {
  readonly openOnly: boolean;
  readonly account?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Transfers that this bank coordinates, newest first. */
export async function listTransfers(ctx: StaffContext, input: ListTransfers) {
  const rows = await selectTransfers(ctx.bank.pools.api, {
    openOnly: input.openOnly,
    account: input.account,
    bank: ctx.bank.id,
    before: input.cursor,
    limit: input.limit + 1,
  });
  const page = rows.slice(0, input.limit);
  return {
    transfers: page.map((row) => viewTransfer(row, ctx.bank.commit.votesOf(row.id))),
    nextCursor: rows.length > input.limit ? (page.at(-1)?.id ?? null) : null,
  };
}

function viewBranch(bank: string, row: BranchViewRow): BranchView {
  const { record } = row;
  const work = record.descriptor && branchOf(record.descriptor, bank)?.work;
  const reason = record.vote?.reason ?? null;
  return {
    bank,
    transactionId: row.id,
    coordinator: row.coordinator,
    state: record.state,
    legs: work ? [...work.legs] : [],
    refusal: reason === null ? null : refusalFrom(reason, bank),
    votedAt: row.votedAt.toISOString(),
    decidedAt: row.decidedAt === null ? null : new Date(row.decidedAt).toISOString(),
  };
}

/** What this bank itself knows of a transaction that another bank coordinates. */
export async function readBranch(ctx: StaffContext, id: string): Promise<BranchView | null> {
  const row = await selectBranch(ctx.bank.pools.api, id);
  return row === undefined ? null : viewBranch(ctx.bank.id, row);
}

/** Branches in doubt, oldest first, with what they hold and for whom they wait. */
export async function listInDoubt(ctx: StaffContext) {
  const rows = await selectInDoubt(ctx.bank.pools.api);
  return {
    branches: rows.map((row) => {
      const view = viewBranch(ctx.bank.id, row);
      const debits = view.legs.filter((leg) => leg.direction === "debit");
      return {
        ...view,
        heldCentavos: debits.reduce((sum, leg) => sum + leg.amountCentavos, 0),
        waitingFor: [row.coordinator],
        witnesses: row.record.descriptor === null ? [] : [...witnessesOf(row.record.descriptor)],
      };
    }),
  };
}
