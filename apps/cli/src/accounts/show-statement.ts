import { postingKind } from "@pacto/contract";
import { readAmount } from "../arguments/amount.ts";
import { type PageOptions, readPage } from "../arguments/page.ts";
import { readAccountReference } from "../arguments/references.ts";
import { askBank } from "../consortium/ask-bank.ts";
import { given, readWord } from "../counter/read.ts";
import { type DayOptions, readDays } from "../office/reports.ts";
import { saveReport } from "../office/files.ts";
import { table } from "../output/layout.ts";
import { moment, money } from "../output/show.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";

export interface StatementOptions extends PageOptions, DayOptions {
  readonly kind?: string;
  readonly min?: string;
  readonly max?: string;
  readonly text?: string;
}

function readFilter({ kind, min, max, text, from, to }: StatementOptions, { language }: Session) {
  const amount = (one: string | undefined) =>
    one === undefined ? undefined : readAmount(one, language);
  const asked = kind === undefined ? undefined : readWord(kind, postingKind.options, language);
  return {
    ...(asked === undefined ? {} : { kind: asked }),
    ...given("minimumCentavos", amount(min)),
    ...given("maximumCentavos", amount(max)),
    ...given("text", text),
    ...given("from", from),
    ...given("to", to),
  };
}

/** The entries of one account with the balance after each, newest first. */
export async function showStatement(
  session: Session,
  reference: string,
  options: StatementOptions,
): Promise<Told> {
  const { language } = session;
  const { bank, account: number } = readAccountReference(reference, language);
  if (options.format !== undefined || options.out !== undefined) {
    const report = { kind: "statement", number, ...readDays(options) } as const;
    return saveReport(session, bank, report, options);
  }
  const page = { ...readFilter(options, session), ...readPage(options, language) };
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
