import { parseTaxId } from "@pacto/banking";
import { taxIdRefusal, type ClientView, type CreateClientInput } from "@pacto/contract";
import { canonicalJson } from "@pacto/contract/signing";
import { auditedStaff } from "../audit/audited.ts";
import type { StaffContext } from "../context.ts";
import { isOutcomeUnknown, sqlStateOf } from "../database/conflicts.ts";
import { withRetry } from "../database/retry.ts";
import { recall, refused, type Answer, type KeyedRequest } from "../idempotency/once.ts";
import { newId } from "../new-id.ts";
import { actorScope } from "../staff/actor.ts";
import { RefusalError } from "../trpc.ts";
import { readRepresentatives } from "./read-representatives.ts";
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
    throw new RefusalError(taxIdRefusal(parsed));
  }
  const kind = parsed.kind === "cpf" ? "individual" : "company";
  const { idempotencyKey, ...request } = input;
  const asked = {
    scope: actorScope(ctx.actor),
    key: idempotencyKey,
    operation: OPERATION,
    request: { ...request, taxId: parsed.taxId },
  };
  const row = {
    id: newId(),
    kind,
    name: input.name,
    taxId: parsed.taxId,
    email: input.email ?? null,
    phone: input.phone ?? null,
    postalCode: input.postalCode ?? null,
    address: input.address ?? null,
    city: input.city ?? null,
    state: input.state ?? null,
    representatives: readRepresentatives(kind, input.representatives ?? []).map((one) => ({
      ...one,
    })),
    sharesAccounts: input.sharesAccounts ?? false,
  };
  const answerOnce = () =>
    withRetry(async () => (await knownAnswer(ctx, asked)) ?? (await createOnce(ctx, asked, row)));
  const answer = await answerOnce().catch((error: unknown) => {
    if (!isOutcomeUnknown(error)) throw error;
    // The key tells what became of the first attempt (P7).
    return answerOnce();
  });
  if (!answer.ok) throw new RefusalError(answer.refusal);
  return answer.value;
}

interface NewClient {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly taxId: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly postalCode: string | null;
  readonly address: string | null;
  readonly city: string | null;
  readonly state: string | null;
  readonly representatives: { name: string; taxId: string; role: string }[];
  readonly sharesAccounts: boolean;
}

async function knownAnswer(
  ctx: StaffContext,
  asked: KeyedRequest,
): Promise<Answer<ClientView> | undefined> {
  const { scope, key } = asked;
  const stored = await ctx.bank.prisma.idempotencyRecord.findUnique({
    where: { scope_key: { scope, key } },
  });
  return stored === null ? undefined : recall<ClientView>(stored, asked);
}

async function createOnce(
  ctx: StaffContext,
  asked: KeyedRequest,
  row: NewClient,
): Promise<Answer<ClientView>> {
  try {
    return await insertClient(ctx, asked, row);
  } catch (error) {
    if (sqlStateOf(error) !== UNIQUE_VIOLATION && !isUniqueViolation(error)) throw error;
  }
  // Either the same key won elsewhere a moment ago, or the tax id has an owner.
  const known = await knownAnswer(ctx, asked);
  if (known !== undefined) return known;
  const owner = await ctx.bank.prisma.client.findUnique({ where: { taxId: row.taxId } });
  const answer = refused("tax-id-taken", { bank: ctx.bank.id, clientId: owner?.id ?? null });
  await ctx.bank.prisma.idempotencyRecord.createMany({
    data: [recordOf(asked, answer)],
    skipDuplicates: true,
  });
  return answer;
}

/** Client, audit event and answer in one transaction. */
function insertClient(
  ctx: StaffContext,
  asked: KeyedRequest,
  row: NewClient,
): Promise<Answer<ClientView>> {
  return ctx.bank.prisma.$transaction(async (tx) => {
    const created = await tx.client.create({ data: row });
    const answer = { ok: true, value: viewClient(ctx.bank.id, created) } as const;
    await tx.auditEvent.create({
      data: {
        ...auditedStaff(ctx),
        action: OPERATION,
        subject: created.id,
        details: { kind: created.kind },
      },
    });
    await tx.idempotencyRecord.create({ data: recordOf(asked, answer) });
    return answer;
  });
}

function recordOf({ scope, key, operation, request }: KeyedRequest, result: object) {
  return { scope, key, operation, request: canonicalJson(request), result: { ...result } };
}

/** Prisma reports a taken unique key as P2002, without the SQLSTATE. */
function isUniqueViolation(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "P2002";
}
