import { type PageOptions, readPage } from "../arguments/page.ts";
import { readBank } from "../arguments/references.ts";
import { askBanks } from "../consortium/ask-banks.ts";
import { toldPages } from "../output/pages.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";

export interface ListClientsOptions extends PageOptions {
  readonly search?: string;
}

/** Clients of one bank, or of all. */
export async function listClients(
  session: Session,
  bankText: string | undefined,
  options: ListClientsOptions,
): Promise<Told> {
  const { language } = session;
  const bank = bankText === undefined ? undefined : readBank(bankText, language);
  const search = options.search === undefined ? {} : { search: options.search };
  const input = { ...search, ...readPage(options, language) };
  const answers = await askBanks(session, bank, async (api) => {
    const { clients, nextCursor } = await api.clients.list.query(input);
    return { items: clients, nextCursor };
  });
  const { columns: head, words } = language.texts;
  return toldPages(session, answers, {
    name: "clients",
    columns: [head.bank, head.client, head.name, head.taxId, head.kind, { right: head.accounts }],
    row: (client) => [
      client.bank,
      client.id,
      client.name,
      client.taxIdMasked,
      words[client.kind],
      String(client.accountCount),
    ],
    newest: (client) => client.createdAt,
  });
}
