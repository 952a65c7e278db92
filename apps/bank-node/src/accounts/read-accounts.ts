import { maskTaxId, saoPauloInstant, type LocalDate, type TaxId } from "@pacto/banking";
import {
  CENTAVOS_MAX,
  type AccountKind,
  type AccountView,
  type EntryView,
  type HoldView,
  type StatementInput,
} from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { RefusalError } from "../trpc.ts";
import {
  selectAccounts,
  selectBalanceAt,
  selectEntries,
  selectHolds,
  type AccountRow,
  type EntryRow,
} from "./sql.ts";

function viewAccount(bank: string, row: AccountRow): AccountView {
  const floor = row.floor ?? 0n;
  return {
    bank,
    agency: row.agency,
    number: row.number,
    kind: row.kind as AccountKind,
    status: row.status === "closed" ? "closed" : row.blocked ? "blocked" : "active",
    holders: row.holders.map((holder) => ({
      clientId: holder.clientId,
      name: holder.name,
      taxIdMasked: maskTaxId(holder.taxId as TaxId),
    })),
    ledgerCentavos: Number(row.ledger),
    heldCentavos: Number(row.held),
    incomingCentavos: Number(row.incoming),
    // No debit can take more than the wire can say, so an overdraft beyond it shows as that much.
    availableCentavos: Math.min(Number(row.ledger - row.held - floor), CENTAVOS_MAX),
    // That of a loan is zero, so that nobody pays more than is owed: no maximum that one could set.
    ceilingCentavos: row.ceiling === null || row.kind === "loan" ? null : Number(row.ceiling),
    overdraftCentavos: Number(-floor),
    version: Number(row.version),
    openedAt: row.openedAt.toISOString(),
    signing: row.signing === "both" ? "both" : "either",
    debitsBlocked: row.debitsBlocked,
    creditsBlocked: row.creditsBlocked,
    statusReason: row.statusReason,
  };
}

/** Throws RefusalError `account-not-found`. */
export async function oneAccount(ctx: StaffContext, number: string): Promise<AccountRow> {
  const [row] = await selectAccounts(ctx.bank.pools.api, { number, limit: 1 });
  if (row === undefined) {
    const details = { bank: ctx.bank.id, account: number };
    throw new RefusalError({ code: "account-not-found", details });
  }
  return row;
}

/** The account with its open holds. Throws RefusalError `account-not-found`. */
export async function getAccount(
  ctx: StaffContext,
  input: { readonly number: string },
): Promise<{ account: AccountView; holds: HoldView[] }> {
  const row = await oneAccount(ctx, input.number);
  const holds = await selectHolds(ctx.bank.pools.api, row.id);
  return {
    account: viewAccount(ctx.bank.id, row),
    holds: holds.map((hold) => ({
      transactionId: hold.transactionId,
      coordinator: hold.coordinator ?? ctx.bank.id,
      direction: hold.direction,
      amountCentavos: Number(hold.amount),
      placedAt: hold.placedAt.toISOString(),
    })),
  };
}

/** The account's balances at a past instant. Throws RefusalError `account-not-found`. */
export async function readBalanceAt(
  ctx: StaffContext,
  input: { readonly number: string; readonly at: string },
) {
  const { id } = await oneAccount(ctx, input.number);
  const row = await selectBalanceAt(ctx.bank.pools.api, id, new Date(input.at));
  return {
    ...input,
    ledgerCentavos: Number(row.ledger),
    heldCentavos: Number(row.held),
    incomingCentavos: Number(row.incoming),
  };
}

interface ListAccounts {
  readonly clientId?: string | undefined;
  readonly search?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Customers' accounts, newest first. */
export async function listAccounts(ctx: StaffContext, input: ListAccounts) {
  const rows = await selectAccounts(ctx.bank.pools.api, {
    clientId: input.clientId,
    search: input.search,
    before: input.cursor,
    limit: input.limit + 1,
  });
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    accounts: page.map((row) => viewAccount(ctx.bank.id, row)),
    nextCursor: rows.length > input.limit && last !== undefined ? String(last.id) : null,
  };
}

export function viewEntry(row: EntryRow): EntryView {
  return {
    version: Number(row.version),
    at: row.at.toISOString(),
    kind: row.kind,
    amountCentavos: Number(row.amount),
    balanceAfterCentavos: Number(row.balanceAfter),
    description: row.description,
    transactionId: row.transactionId,
  };
}

/** Entries, newest first, with the balance after each. Throws RefusalError `account-not-found`. */
export async function readStatement(ctx: StaffContext, input: StatementInput) {
  const { number, limit, cursor, from, to, ...filter } = input;
  const { id } = await oneAccount(ctx, number);
  const rows = await selectEntries(ctx.bank.pools.api, id, {
    ...filter,
    from: from === undefined ? undefined : saoPauloInstant(from as LocalDate),
    to: to === undefined ? undefined : saoPauloInstant(to as LocalDate, 24),
    before: cursor,
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { entries: page.map(viewEntry), nextCursor: more ? String(last.version) : null };
}
