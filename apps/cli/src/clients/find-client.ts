import { parseTaxId } from "@pacto/banking";
import { type ClientView, taxIdRefusal, uuid } from "@pacto/contract";
import { askBank } from "../consortium/ask-bank.ts";
import { Refused } from "../exit.ts";
import type { Session } from "../session.ts";

/**
 * The client of a bank by id, CPF or CNPJ.
 * @throws Refused `client-not-found`, or `tax-id-invalid` when it can be neither
 */
export async function findClient(
  session: Session,
  bank: string,
  client: string,
): Promise<ClientView> {
  const id = uuid.safeParse(client);
  const consortium = session.consortium();
  if (id.success) {
    const found = await askBank(consortium, bank, (api) => api.clients.get.query({ id: id.data }));
    return found.client;
  }
  const taxId = parseTaxId(client);
  if (!taxId.ok) {
    const refusal = taxIdRefusal(taxId);
    throw new Refused(refusal.code, refusal.details);
  }
  const { clients } = await askBank(consortium, bank, (api) =>
    api.clients.list.query({ search: taxId.taxId, limit: 2 }),
  );
  const [found] = clients;
  if (found === undefined) throw new Refused("client-not-found", { bank });
  return found;
}
