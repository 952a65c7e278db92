import { type PageOptions, readPage } from "../arguments/page.ts";
import { readAccountReference } from "../arguments/references.ts";
import { askBank } from "../consortium/ask-bank.ts";
import { table } from "../output/layout.ts";
import { moment, money } from "../output/show.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";

/** The entries of one account with the balance after each, newest first. */
export async function showStatement(
  session: Session,
  reference: string,
  options: PageOptions,
): Promise<Told> {
  const { language } = session;
  const { bank, account: number } = readAccountReference(reference, language);
  const page = readPage(options, language);
  const { entries, nextCursor } = await askBank(session.consortium(), bank, (api) =>
    api.accounts.statement.query({ number, ...page }),
  );
  const { columns: head, words, says } = language.texts;
  const rows = entries.map((entry) => [
    String(entry.version),
    moment(entry.at),
    words[entry.kind],
    money(entry.amountCentavos, language),
    money(entry.balanceAfterCentavos, language),
    entry.description,
  ]);
  const columns = [
    ...[{ right: "#" }, head.at, head.kind],
    ...[{ right: head.amount }, { right: head.balance }, head.description],
  ];
  return {
    json: { bank, account: number, entries, nextCursor },
    lines: [
      ...(rows.length === 0 ? [says.nothing] : table(columns, rows)),
      ...(nextCursor === null ? [] : [says.more(nextCursor)]),
    ],
  };
}
