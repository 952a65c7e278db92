import { maskTaxId, type TaxId } from "@pacto/banking";
import type { ClientView } from "@pacto/contract";

export interface ClientRow {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly taxId: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly createdAt: Date;
  readonly _count?: { readonly accounts: number };
}

/** A client as lists show it: the tax id masked. */
export function viewClient(bank: string, row: ClientRow): ClientView {
  return {
    id: row.id,
    bank,
    kind: row.kind === "company" ? "company" : "individual",
    name: row.name,
    taxIdMasked: maskTaxId(row.taxId as TaxId),
    email: row.email,
    phone: row.phone,
    accountCount: row._count?.accounts ?? 0,
    createdAt: row.createdAt.toISOString(),
  };
}
