import { parseTaxId } from "@pacto/banking";
import { taxIdRefusal, type ClientKind, type CreateClientInput } from "@pacto/contract";
import { RefusalError } from "../trpc.ts";
import type { Representative } from "./view-client.ts";

/**
 * The people who sign for a company, their CPFs checked.
 * Throws RefusalError `tax-id-invalid`, or `representatives-of-company` for an individual.
 */
export function readRepresentatives(
  kind: ClientKind,
  given: NonNullable<CreateClientInput["representatives"]>,
): Representative[] {
  if (kind === "individual" && given.length > 0) {
    throw new RefusalError({ code: "representatives-of-company", details: {} });
  }
  return given.map(({ name, taxId, role }) => {
    const parsed = parseTaxId(taxId);
    if (!parsed.ok) throw new RefusalError(taxIdRefusal(parsed));
    if (parsed.kind !== "cpf") {
      throw new RefusalError({ code: "representatives-of-company", details: {} });
    }
    return { name, taxId: parsed.taxId, role };
  });
}
