import { type PageOptions, readPage } from "../arguments/page.ts";
import { readBank } from "../arguments/references.ts";
import { findClient } from "../clients/find-client.ts";
import { askBanks } from "../consortium/ask-banks.ts";
import { Refused } from "../exit.ts";
import { toldPages } from "../output/pages.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import { accountColumns, accountRow } from "./account-lines.ts";

export interface ListAccountsOptions extends PageOptions {
  readonly search?: string;
  readonly client?: string;
}

/** Accounts of one bank, or of all; with a client, those at each bank that knows the client. */
export async function listAccounts(
  session: Session,
  bankText: string | undefined,
  options: ListAccountsOptions,
): Promise<Told> {
  const { language } = session;
  const bank = bankText === undefined ? undefined : readBank(bankText, language);
  const search = options.search === undefined ? {} : { search: options.search };
  const input = { ...search, ...readPage(options, language) };
  const answers = await askBanks(session, bank, async (api, id) => {
    const holder = await holderAt(session, id, options.client);
    if (holder === null) return { items: [], nextCursor: null };
    const filter = holder === undefined ? {} : { clientId: holder };
    const { accounts, nextCursor } = await api.accounts.list.query({ ...input, ...filter });
    return { items: accounts, nextCursor };
  });
  return toldPages(session, answers, {
    name: "accounts",
    columns: accountColumns(session),
    row: (account) => accountRow(account, session),
    newest: (account) => account.openedAt,
  });
}

/** The client's id at that bank; null when the bank has no such client, undefined when any will do. */
async function holderAt(
  session: Session,
  bank: string,
  client: string | undefined,
): Promise<string | null | undefined> {
  if (client === undefined) return undefined;
  try {
    return (await findClient(session, bank, client)).id;
  } catch (error) {
    if (error instanceof Refused && error.refusal.code === "client-not-found") return null;
    throw error;
  }
}
