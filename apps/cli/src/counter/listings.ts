import { writeFile } from "node:fs/promises";
import { type PageOptions, readPage } from "../arguments/page.ts";
import { readBank } from "../arguments/references.ts";
import { askBank } from "../consortium/ask-bank.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import { given } from "./read.ts";
import { tellList } from "./tell.ts";

export interface ListingOptions extends PageOptions {
  readonly search?: string;
  readonly csv?: string;
}

/** All account holders of a bank. */
export async function listHolders(
  session: Session,
  bankText: string,
  options: ListingOptions,
): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const filter = given("search", options.search);
  if (options.csv !== undefined) {
    const file = await askBank(session.consortium(), bank, (api) =>
      api.listings.exportHolders.query(filter),
    );
    return save(session, options.csv, file);
  }
  const page = readPage(options, session.language);
  const answer = await askBank(session.consortium(), bank, (api) =>
    api.listings.holders.query({ ...filter, ...page }),
  );
  const columns = ["number", "name", "taxIdMasked", "kind", "status", "ledgerCentavos"] as const;
  return withNext(session, tellList(session, answer.holders, columns, answer), answer.nextCursor);
}

/** Every entry of all accounts of a bank, newest first. */
export async function listEntries(
  session: Session,
  bankText: string,
  options: ListingOptions,
): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const filter = given("text", options.search);
  if (options.csv !== undefined) {
    const file = await askBank(session.consortium(), bank, (api) =>
      api.listings.exportHistory.query(filter),
    );
    return save(session, options.csv, file);
  }
  const page = readPage(options, session.language);
  const answer = await askBank(session.consortium(), bank, (api) =>
    api.listings.history.query({ ...filter, ...page }),
  );
  const columns = [
    ...(["at", "number", "holder", "kind"] as const),
    ...(["amountCentavos", "balanceAfterCentavos", "description"] as const),
  ];
  return withNext(session, tellList(session, answer.entries, columns, answer), answer.nextCursor);
}

function withNext({ language }: Session, told: Told, cursor: string | null): Told {
  if (cursor === null) return told;
  return { ...told, lines: [...told.lines, language.texts.says.more(cursor)] };
}

interface CsvFile {
  readonly csv: string;
  readonly lines: number;
  readonly isComplete: boolean;
}

async function save(
  { language }: Session,
  path: string,
  { csv, lines, isComplete }: CsvFile,
): Promise<Told> {
  await writeFile(path, csv);
  const { counter } = language.texts;
  return {
    json: { path, lines, isComplete },
    lines: [counter.written(path, lines)],
    ...(isComplete ? {} : { notes: [counter.truncated] }),
  };
}
