import type { BranchView, TransferView } from "@pacto/contract";
import { readTransactionReference } from "../arguments/references.ts";
import { askBank } from "../consortium/ask-bank.ts";
import { askBanks, silenceNotes } from "../consortium/ask-banks.ts";
import { Refused, Unanswered } from "../exit.ts";
import { table } from "../output/layout.ts";
import { moment, money } from "../output/show.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import { isDecided, transferLines } from "./transfer-lines.ts";

/**
 * One transfer: as its coordinator tells it, and while the coordinator is away, what each
 * participant itself knows. Exit 3 when no bank that answers knows the outcome.
 */
export async function showTransfer(session: Session, reference: string): Promise<Told> {
  const { coordinator, id } = readTransactionReference(reference, session.language);
  const known = await askCoordinator(session, coordinator, id);
  if (known !== null) {
    const { says } = session.language.texts;
    const isOpen = !isDecided(known);
    const notes = isOpen ? [says.inProgress(`${known.coordinator}/${id}`)] : [];
    return {
      json: { transfer: known },
      lines: transferLines(known, session),
      ...(isOpen ? { exit: 3 as const, notes } : {}),
    };
  }
  return tellBranches(session, id);
}

/** Null when the coordinator does not answer, or is not known and none of those that answer. */
async function askCoordinator(
  session: Session,
  coordinator: string | null,
  id: string,
): Promise<TransferView | null> {
  if (coordinator !== null) {
    try {
      const question = askBank(session.consortium(), coordinator, (api) =>
        api.transfers.get.query({ id }),
      );
      return (await question).transfer;
    } catch (error) {
      if (error instanceof Unanswered) return null;
      throw error;
    }
  }
  const { answered } = await askBanks(session, undefined, async (api) => {
    try {
      return (await api.transfers.get.query({ id })).transfer;
    } catch (error) {
      if (isNotFound(error)) return null;
      throw error;
    }
  });
  return answered.find(({ answer }) => answer !== null)?.answer ?? null;
}

function isNotFound(error: unknown): boolean {
  const data = error instanceof Error && "data" in error ? error.data : undefined;
  return typeof data === "object" && data !== null && "code" in data && data.code === "NOT_FOUND";
}

async function tellBranches(session: Session, id: string): Promise<Told> {
  const { answered, silent } = await askBanks(session, undefined, async (api) => {
    return (await api.transfers.branch.query({ id })).branch;
  });
  const branches = answered.flatMap(({ answer }) => (answer === null ? [] : [answer]));
  const { errors } = session.language.texts;
  if (branches.length === 0 && silent.length === 0) {
    throw new Refused("transfer-not-found", { id, bank: "*" });
  }
  const isKnown = branches.some(({ state }) => state === "committed" || state === "aborted");
  const lines = branches.length === 0 ? [] : branchTable(branches, session);
  const notes = silenceNotes(silent, session);
  if (!isKnown) notes.push(errors.notDecided);
  return { json: { branches, silent }, lines, notes, ...(isKnown ? {} : { exit: 3 as const }) };
}

function branchTable(branches: readonly BranchView[], { language }: Session): string[] {
  const { columns: head, words } = language.texts;
  const rows = branches.flatMap((branch) =>
    branch.legs.map((leg) => [
      `${branch.bank}/${leg.account}`,
      words[leg.direction],
      money(leg.amountCentavos, language),
      words[branch.state],
      moment(branch.decidedAt ?? branch.votedAt),
      branch.coordinator,
    ]),
  );
  const amount = { right: head.amount };
  return table(
    [head.account, head.direction, amount, head.state, head.since, head.coordinator],
    rows,
  );
}
