import { maskEmail, maskName, maskPhone, maskTaxId, type TaxId } from "@pacto/banking";
import type { ClientDetail, ClientView } from "@pacto/contract";

export interface ClientRow {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly taxId: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly createdAt: Date;
  readonly status: string;
  readonly version: number;
  readonly _count?: { readonly accounts: number };
}

export interface ClientDetailRow extends ClientRow {
  readonly postalCode: string | null;
  readonly address: string | null;
  readonly city: string | null;
  readonly state: string | null;
  readonly representatives: unknown;
  readonly sharesAccounts: boolean;
}

/** Who signs for a company, as the client's row keeps it. */
export interface Representative {
  readonly name: string;
  readonly taxId: string;
  readonly role: string;
}

/** A client as lists show it: tax id, e-mail and phone masked. */
export function listClient(bank: string, row: ClientRow): ClientView {
  const client = viewClient(bank, row);
  const { email, phone } = client;
  return {
    ...client,
    email: email === null ? null : maskEmail(email),
    phone: phone === null ? null : maskPhone(phone),
  };
}

/** A client as the staff of its own bank works with it: the tax id masked. */
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
    status: row.status === "inactive" ? "inactive" : "active",
    version: row.version,
  };
}

/** A client as staff of another bank sees it: enough to recognise the person by. */
export function maskClient(client: ClientDetail): ClientDetail {
  const { email, name, phone, representatives } = client;
  return {
    ...client,
    name: maskName(name),
    postalCode: null,
    address: null,
    email: email === null ? null : maskEmail(email),
    phone: phone === null ? null : maskPhone(phone),
    representatives: representatives.map((one) => ({ ...one, name: maskName(one.name) })),
  };
}

/** A client with address, representatives and consent. */
export function viewClientDetail(bank: string, row: ClientDetailRow): ClientDetail {
  const representatives = row.representatives as readonly Representative[];
  return {
    ...viewClient(bank, row),
    postalCode: row.postalCode,
    address: row.address,
    city: row.city,
    state: row.state,
    representatives: representatives.map(({ name, taxId, role }) => ({
      name,
      taxIdMasked: maskTaxId(taxId as TaxId),
      role,
    })),
    sharesAccounts: row.sharesAccounts,
  };
}
