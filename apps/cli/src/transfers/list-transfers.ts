import { type PageOptions, readPage } from "../arguments/page.ts";
import { readAccountReference, readBank } from "../arguments/references.ts";
import { askBanks } from "../consortium/ask-banks.ts";
import { moment, money } from "../output/show.ts";
import { toldPages } from "../output/pages.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";

export interface ListTransfersOptions extends PageOptions {
  readonly open?: boolean;
  readonly account?: string;
}

/** Transfers that one bank coordinates, or that any does, newest first. */
export async function listTransfers(
  session: Session,
  bankText: string | undefined,
  options: ListTransfersOptions,
): Promise<Told> {
  const { language } = session;
  const bank = bankText === undefined ? undefined : readBank(bankText, language);
  const touched =
    options.account === undefined ? undefined : readAccountReference(options.account, language);
  const input = {
    openOnly: options.open === true,
    ...(touched === undefined ? {} : { account: touched.account }),
    ...readPage(options, language),
  };
  const answers = await askBanks(session, bank, async (api) => {
    const { transfers, nextCursor } = await api.transfers.list.query(input);
    // The bank looks for the number alone, which other banks may have too (lesson 2).
    const items = transfers.filter(
      ({ from, to }) =>
        touched === undefined ||
        [...from, ...to].some((it) => it.bank === touched.bank && it.account === touched.account),
    );
    return { items, nextCursor };
  });
  const { columns: head, words } = language.texts;
  return toldPages(session, answers, {
    name: "transfers",
    columns: [head.at, head.transaction, head.state, { right: head.total }, head.purpose],
    row: (it) => [
      moment(it.createdAt),
      `${it.coordinator}/${it.id}`,
      words[it.state],
      money(it.totalCentavos, language),
      it.purpose,
    ],
    newest: (it) => it.createdAt,
  });
}
