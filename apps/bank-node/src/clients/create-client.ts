import { parseTaxId } from "@pacto/banking";
import type { ClientView, CreateClientInput } from "@pacto/contract";
import { canonicalJson } from "@pacto/contract/signing";
import { v7 as uuidv7 } from "uuid";
import type { StaffContext } from "../context.ts";
import { sqlStateOf } from "../database/conflicts.ts";
import { withRetry } from "../database/retry.ts";
import { refused, recall, type Answer } from "../idempotency/once.ts";
import { actorScope } from "../staff/actor.ts";
import { RefusalError } from "../trpc.ts";
import { viewClient } from "./view-client.ts";

const UNIQUE_VIOLATION = "23505";
const OPERATION = "clients.create";

/**
 * Registers an individual (CPF) or a company (CNPJ). One client per tax id per bank (lesson 18).
 * Throws RefusalError `tax-id-invalid` or `tax-id-taken`.
 */
export async function createClient(
  ctx: StaffContext,
  input: CreateClientInput,
): Promise<ClientView> {
  const parsed = parseTaxId(input.taxId);
  if (!parsed.ok) {
    throw new RefusalError({ code: "tax-id-invalid", details: { reason: parsed.code } });
  }
  const { idempotencyKey, ...request } = input;
  const asked = {
    scope: actorScope(ctx.actor),
    key: idempotencyKey,
    operation: OPERATION,
    request: { ...request, taxId: parsed.taxId },
  };
  const row = {
    id: uuidv7(),
    kind: parsed.kind === "cpf" ? "individual" : "company",
    name: input.name,
    taxId: parsed.taxId,
    email: input.email ?? null,
    phone: input.phone ?? null,
  };
  const answer = await withRetry(async (): Promise<Answer<ClientView>> => {
    const { scope, key } = asked;
    const stored = await ctx.bank.prisma.idempotencyRecord.findUnique({
      where: { scope_key: { scope, key } },
    });
    if (stored !== null) return recall<ClientView>(stored, asked);
    try {
      return await insertClient(ctx, asked, row);
    } catch (error) {
      if (sqlStateOf(error) !== UNIQUE_VIOLATION && !isUniqueViolation(error)) throw error;
      return await answerToTakenKey(ctx, asked, row.taxId);
    }
  });
  if (!answer.ok) throw new RefusalError(answer.refusal);
  return answer.value;
}

interface Asked {
  readonly scope: string;
  readonly key: string;
  readonly operation: string;
  readonly request: object;
}

interface NewClient {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly taxId: string;
  readonly email: string | null;
  readonly phone: string | null;
}

/** Client, audit event and answer in one transaction. */
function insertClient(ctx: StaffContext, asked: Asked, row: NewClient) {
  return ctx.bank.prisma.$transaction(async (tx) => {
    const created = await tx.client.create({ data: row });
    const value = viewClient(ctx.bank.id, created);
    const answer: Answer<ClientView> = { ok: true, value };
    await tx.auditEvent.create({
      data: {
        actor: asked.scope,
        actorBank: ctx.actor.homeBank,
        action: OPERATION,
        subject: created.id,
        details: { kind: created.kind },
      },
    });
    await tx.idempotencyRecord.create({
      data: {
        scope: asked.scope,
        key: asked.key,
        operation: asked.operation,
        request: canonicalJson(asked.request),
        result: { ok: true, value: { ...value } },
      },
    });
    return answer;
  });
}

/** Either the same key won elsewhere a moment ago, or the tax id has an owner. */
async function answerToTakenKey(
  ctx: StaffContext,
  asked: Asked,
  taxId: string,
): Promise<Answer<ClientView>> {
  const { scope, key } = asked;
  const stored = await ctx.bank.prisma.idempotencyRecord.findUnique({
    where: { scope_key: { scope, key } },
  });
  if (stored !== null) return recall<ClientView>(stored, asked);
  const owner = await ctx.bank.prisma.client.findUnique({ where: { taxId } });
  return refused("tax-id-taken", { bank: ctx.bank.id, clientId: owner?.id ?? null });
}

/** Prisma reports a taken unique key as P2002, without the SQLSTATE. */
function isUniqueViolation(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "P2002";
}
