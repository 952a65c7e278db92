import { writeFile } from "node:fs/promises";
import type { ExportListingInput } from "@pacto/contract";
import { type PageOptions, readPage } from "../arguments/page.ts";
import { readBank } from "../arguments/references.ts";
import { askBank } from "../consortium/ask-bank.ts";
import { saveExport } from "../exports/save-export.ts";
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
    return saveListing(session, bank, { kind: "holders", filter }, options.csv);
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
    return saveListing(session, bank, { kind: "history", filter }, options.csv);
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

/** The whole list as CSV, whatever its length: a long one is written by the bank as a job. */
async function saveListing(
  session: Session,
  bank: string,
  listing: ExportListingInput["listing"],
  path: string,
): Promise<Told> {
  const { csv, lines, isComplete } = await askBank(session.consortium(), bank, (api) =>
    listing.kind === "holders"
      ? api.listings.exportHolders.query(listing.filter)
      : api.listings.exportHistory.query(listing.filter),
  );
  if (!isComplete) {
    return saveExport(
      session,
      bank,
      (api, idempotencyKey) => api.exports.listing.mutate({ idempotencyKey, listing }),
      path,
    );
  }
  await writeFile(path, csv);
  const { counter } = session.language.texts;
  return { json: { path, lines, isComplete }, lines: [counter.written(path, lines)] };
}
