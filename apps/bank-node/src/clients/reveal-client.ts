import type { RevealClientInput, RevealedClient } from "@pacto/contract";
import { formatTaxId, type TaxId } from "@pacto/banking";
import { auditedStaff, writeAudit } from "../audit/audited.ts";
import type { StaffContext } from "../context.ts";
import { withTransaction } from "../database/transaction.ts";
import { RefusalError } from "../trpc.ts";
import type { Representative } from "./view-client.ts";

interface Row {
  readonly name: string;
  readonly taxId: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly representatives: readonly Representative[];
}

/**
 * Shows a client's data unmasked, for a reason that the audit keeps: no reveal without its event.
 * Only staff of the client's own bank. Throws RefusalError `not-allowed` or `client-not-found`.
 */
export async function revealClient(
  ctx: StaffContext,
  { id, reason }: RevealClientInput,
): Promise<RevealedClient> {
  if (ctx.actor.homeBank !== ctx.bank.id) {
    throw new RefusalError({ code: "not-allowed", details: {} });
  }
  return withTransaction(ctx.bank.pools.api, async (tx) => {
    const { rows } = await tx.query<Row>(
      `SELECT name, tax_id AS "taxId", email, phone, representatives FROM client WHERE id = $1`,
      [id],
    );
    const [row] = rows;
    if (row === undefined) {
      throw new RefusalError({ code: "client-not-found", details: { bank: ctx.bank.id } });
    }
    await writeAudit(tx, {
      ...auditedStaff(ctx),
      action: "clients.reveal",
      subject: id,
      transactionId: null,
      details: { reason },
    });
    return {
      name: row.name,
      taxId: formatTaxId(row.taxId as TaxId),
      email: row.email,
      phone: row.phone,
      representatives: row.representatives.map(({ name, taxId }) => ({
        name,
        taxId: formatTaxId(taxId as TaxId),
      })),
    };
  });
}
