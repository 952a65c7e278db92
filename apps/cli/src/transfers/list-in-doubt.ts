import { readBank } from "../arguments/references.ts";
import { askBanks } from "../consortium/ask-banks.ts";
import { toldPages } from "../output/pages.ts";
import { moment, money } from "../output/show.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";

/** Branches that voted yes and wait: who waits for whom, since when, and how much is held. */
export async function listInDoubt(session: Session, bankText: string | undefined): Promise<Told> {
  const { language } = session;
  const bank = bankText === undefined ? undefined : readBank(bankText, language);
  const answers = await askBanks(session, bank, async (api) => {
    const { branches } = await api.transfers.inDoubt.query();
    return { items: branches, nextCursor: null };
  });
  const { columns: head } = language.texts;
  return toldPages(session, answers, {
    name: "branches",
    columns: [head.bank, head.since, { right: head.held }, head.waitingFor, head.transaction],
    row: (it) => [
      it.bank,
      moment(it.votedAt),
      money(it.heldCentavos, language),
      it.waitingFor.join(", "),
      `${it.coordinator}/${it.transactionId}`,
    ],
    newest: (it) => it.votedAt,
  });
}
