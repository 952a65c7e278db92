import { maskTaxId, type TaxId } from "@pacto/banking";
import type { ClientDetail, ClientRevision, UpdateClientInput } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import type { Tx } from "../database/transaction.ts";
import { onceInTransaction } from "../idempotency/once-in-transaction.ts";
import { refused } from "../idempotency/once.ts";
import { actorScope } from "../staff/actor.ts";
import { maskChange } from "./mask-change.ts";
import { getClientDetail } from "./read-clients.ts";
import { readRepresentatives } from "./read-representatives.ts";
import type { ClientDetailRow, Representative } from "./view-client.ts";

const COLUMNS = {
  name: "name",
  email: "email",
  phone: "phone",
  postalCode: "postal_code",
  address: "address",
  city: "city",
  state: "state",
  representatives: "representatives",
  sharesAccounts: "shares_accounts",
  status: "status",
} as const;

type Field = keyof typeof COLUMNS;
const FIELDS = Object.keys(COLUMNS) as Field[];

type Changes = ClientRevision["changes"];

/**
 * Edits a client and keeps what it was before. Two people who edit the same version at once make
 * one edit and one refusal. Throws RefusalError `client-not-found` or `changed-meanwhile`.
 */
export async function updateClient(
  ctx: StaffContext,
  input: UpdateClientInput,
): Promise<ClientDetail> {
  await onceInTransaction(ctx, { operation: "clients.update", input }, async (tx) => {
    const row = await lockClient(tx, input.id);
    if (row === undefined) {
      return { answer: refused("client-not-found", { bank: ctx.bank.id }), audit: null };
    }
    if (row.version !== input.version) {
      return { answer: refused("changed-meanwhile", { version: row.version }), audit: null };
    }
    const next = nextValues(row, input);
    const changes = changesOf(row, next);
    const answer = { ok: true, value: { id: row.id } } as const;
    if (changes.length === 0) return { answer, audit: null };
    await save(tx, row, next);
    await tx.query(
      `INSERT INTO client_revision (client_id, version, changed_by, changes)
       VALUES ($1, $2, $3, $4)`,
      [row.id, row.version + 1, actorScope(ctx.actor), JSON.stringify(changes)],
    );
    const details = { version: row.version + 1, changes: changes.map(maskChange) };
    return { answer, audit: { subject: row.id, details } };
  });
  return getClientDetail(ctx, { id: input.id });
}

async function lockClient(tx: Tx, id: string): Promise<ClientDetailRow | undefined> {
  const { rows } = await tx.query<ClientDetailRow>(
    `SELECT id, kind, name, tax_id AS "taxId", email, phone, created_at AS "createdAt", status,
            version, postal_code AS "postalCode", address, city, state, representatives,
            shares_accounts AS "sharesAccounts"
       FROM client WHERE id = $1 FOR UPDATE`,
    [id],
  );
  return rows[0];
}

type Values = Readonly<Record<Field, unknown>>;

function nextValues(row: ClientDetailRow, input: UpdateClientInput): Values {
  const kind = row.kind === "company" ? "company" : "individual";
  const representatives =
    input.representatives === undefined
      ? row.representatives
      : readRepresentatives(kind, input.representatives);
  const given = { ...input, representatives };
  // An empty text takes the value away.
  const value = (field: Field) => (given[field] === "" ? null : (given[field] ?? row[field]));
  return Object.fromEntries(FIELDS.map((field) => [field, value(field)])) as Values;
}

function changesOf(row: ClientDetailRow, next: Values): Changes {
  return FIELDS.filter((field) => JSON.stringify(row[field]) !== JSON.stringify(next[field])).map(
    (field) => ({ field, before: shown(row[field]), after: shown(next[field]) }),
  );
}

function shown(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "boolean" || typeof value === "string") return String(value);
  return (value as readonly Representative[])
    .map(({ name, taxId, role }) => `${name} (${maskTaxId(taxId as TaxId)}) ${role}`.trim())
    .join("; ");
}

async function save(tx: Tx, { id, version }: ClientDetailRow, next: Values): Promise<void> {
  const assignments = FIELDS.map((field, at) => `${COLUMNS[field]} = $${at + 3}`);
  await tx.query(`UPDATE client SET version = $2, ${assignments.join(", ")} WHERE id = $1`, [
    id,
    version + 1,
    ...FIELDS.map((field) =>
      field === "representatives" ? JSON.stringify(next[field]) : next[field],
    ),
  ]);
}
