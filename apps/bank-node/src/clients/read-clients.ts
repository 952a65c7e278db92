import { parseTaxId } from "@pacto/banking";
import type { ClientDetail, ClientRevision } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { RefusalError } from "../trpc.ts";
import { maskChange } from "./mask-change.ts";
import { listClient, maskClient, viewClientDetail } from "./view-client.ts";

const withAccountCount = { _count: { select: { accounts: true } } } as const;

/** Throws RefusalError `client-not-found`. */
export async function getClientDetail(
  ctx: StaffContext,
  input: { id: string },
): Promise<ClientDetail> {
  const row = await ctx.bank.prisma.client.findUnique({
    where: { id: input.id },
    include: withAccountCount,
  });
  if (row === null) {
    throw new RefusalError({ code: "client-not-found", details: { bank: ctx.bank.id } });
  }
  const client = viewClientDetail(ctx.bank.id, row);
  return ctx.actor.homeBank === ctx.bank.id ? client : maskClient(client);
}

/**
 * What was edited, newest first; a client holds at most one row per edit. Staff of another bank
 * sees that something was, and not a person's data.
 */
export async function readClientHistory(
  ctx: StaffContext,
  input: { id: string },
): Promise<ClientRevision[]> {
  const rows = await ctx.bank.prisma.clientRevision.findMany({
    where: { clientId: input.id },
    orderBy: { version: "desc" },
    take: 100,
  });
  const isOwn = ctx.actor.homeBank === ctx.bank.id;
  return rows.map(({ version, changedAt, changedBy, ...row }) => {
    const changes = row.changes as ClientRevision["changes"];
    return {
      version,
      changedAt: changedAt.toISOString(),
      changedBy,
      changes: isOwn ? changes : changes.map(maskChange),
    };
  });
}

interface ListClients {
  readonly search?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Newest first; a search matches a part of the name or a whole CPF or CNPJ. */
export async function listClients(ctx: StaffContext, input: ListClients) {
  const rows = await ctx.bank.prisma.client.findMany({
    where: input.search === undefined ? {} : matches(input.search),
    include: withAccountCount,
    orderBy: { id: "desc" },
    take: input.limit + 1,
    ...(input.cursor === undefined ? {} : { cursor: { id: input.cursor }, skip: 1 }),
  });
  const page = rows.slice(0, input.limit);
  return {
    clients: page.map((row) => listClient(ctx.bank.id, row)),
    nextCursor: rows.length > input.limit ? (page.at(-1)?.id ?? null) : null,
  };
}

function matches(search: string) {
  const parsed = parseTaxId(search);
  if (parsed.ok) return { taxId: parsed.taxId };
  // Prisma leaves the wildcards of LIKE as they are.
  const contains = search.replaceAll(/[\\%_]/g, String.raw`\$&`);
  return { name: { contains, mode: "insensitive" as const } };
}
