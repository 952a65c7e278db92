import {
  isLowering,
  limitPeriod,
  lowerTerms,
  type SpendingLimit,
  type SpendingTerms,
  termsAt,
  usedAt,
} from "@pacto/banking";
import type { LimitOwner, LimitsView, SetLimitsInput, SpendingTermsView } from "@pacto/contract";
import { readApprovalRules } from "../approvals/rules.ts";
import type { StaffContext } from "../context.ts";
import type { Tx } from "../database/transaction.ts";
import { onceInTransaction } from "../idempotency/once-in-transaction.ts";
import { readTerms } from "../ledger/engine/fetch-spending.ts";
import { RefusalError } from "../trpc.ts";

/** A raise waits this long, so that whoever stole a card or a phone gains nothing at once. */
const RAISE_AFTER_MS = 24 * 3_600_000;

const UNLIMITED: SpendingTerms = { perTransaction: null, perDay: null, perNight: null };

type Queries = Pick<Tx, "query">;

interface Owner {
  readonly column: "account_id" | "client_id";
  readonly id: string;
}

interface LimitRow extends SpendingTerms {
  readonly nextTerms: Parameters<typeof readTerms>[0] | null;
  readonly nextAt: Date | null;
  readonly periodStart: Date | null;
  readonly used: bigint;
}

/** The limits of an account or a client, and what is used of them. Throws RefusalError. */
export async function readLimits(
  ctx: StaffContext,
  input: { readonly owner: LimitOwner },
): Promise<LimitsView> {
  const pool = ctx.bank.pools.api;
  const owner = await findOwner(ctx, pool, input.owner);
  const limit = await selectLimit(pool, owner, "");
  const now = Date.now();
  const { next } = limit;
  const isWaiting = next !== null && next.at > now;
  return {
    terms: viewTerms(termsAt(limit, now)),
    next: isWaiting ? { terms: viewTerms(next.terms), at: new Date(next.at).toISOString() } : null,
    period: limitPeriod(new Date(now)).kind,
    usedCentavos: Number(usedAt(limit, now)),
  };
}

/**
 * Sets limits: what is lower acts at once, what is higher after 24 hours, or at once when `isRaised`
 * (two persons agreed). Throws RefusalError for an owner that does not exist, or `approval-needed`
 * for a raise by one person where the bank asks for two.
 */
export async function setLimits(
  ctx: StaffContext,
  input: SetLimitsInput,
  isRaised = false,
): Promise<LimitsView> {
  const owner = await findOwner(ctx, ctx.bank.pools.api, input.owner);
  if (!isRaised) await demandApproval(ctx, owner, input);
  await onceInTransaction(ctx, { operation: "limits.set", input }, async (tx) => {
    const wanted = storedTerms(input.terms);
    const now = Date.now();
    const limit = await selectLimit(tx, owner, "FOR UPDATE");
    const current = termsAt(limit, now);
    const isAtOnce = isRaised || isLowering(current, wanted);
    const terms = isAtOnce ? wanted : lowerTerms(current, wanted);
    await save(tx, owner, terms, isAtOnce ? null : wanted, new Date(now + RAISE_AFTER_MS));
    const details = { before: viewTerms(current), asked: input.terms, isAtOnce };
    return {
      answer: { ok: true, value: {} } as const,
      audit: { subject: owner.id, details },
    };
  });
  return readLimits(ctx, input);
}

/** Asked before the key is used, so that the request can still be made when it is approved. */
async function demandApproval(ctx: StaffContext, owner: Owner, { terms }: SetLimitsInput) {
  const { isRequired } = await readApprovalRules(ctx);
  if (!isRequired) return;
  const limit = await selectLimit(ctx.bank.pools.api, owner, "");
  if (isLowering(termsAt(limit, Date.now()), storedTerms(terms))) return;
  throw new RefusalError({ code: "approval-needed", details: { bank: ctx.bank.id } });
}

async function findOwner(ctx: StaffContext, queries: Queries, owner: LimitOwner): Promise<Owner> {
  if ("client" in owner) {
    const known = await ctx.bank.prisma.client.count({ where: { id: owner.client } });
    if (known === 0) {
      throw new RefusalError({ code: "client-not-found", details: { bank: ctx.bank.id } });
    }
    return { column: "client_id", id: owner.client };
  }
  const { rows } = await queries.query<{ id: bigint }>(
    `SELECT id FROM account a
      WHERE number = $1 AND EXISTS (SELECT FROM account_holder h WHERE h.account_id = a.id)`,
    [owner.account],
  );
  const [row] = rows;
  if (row === undefined) {
    const details = { bank: ctx.bank.id, account: owner.account };
    throw new RefusalError({ code: "account-not-found", details });
  }
  return { column: "account_id", id: String(row.id) };
}

async function selectLimit(
  queries: Queries,
  { column, id }: Owner,
  lock: "" | "FOR UPDATE",
): Promise<SpendingLimit> {
  const { rows } = await queries.query<LimitRow>(
    `SELECT per_transaction AS "perTransaction", per_day AS "perDay", per_night AS "perNight",
            next_terms AS "nextTerms", next_at AS "nextAt", period_start AS "periodStart", used
       FROM spending_limit WHERE ${column} = $1 ${lock}`,
    [id],
  );
  const [row] = rows;
  if (row === undefined) return { terms: UNLIMITED, next: null, periodStart: null, used: 0n };
  const { perTransaction, perDay, perNight, nextTerms, nextAt } = row;
  return {
    terms: { perTransaction, perDay, perNight },
    next:
      nextTerms === null || nextAt === null
        ? null
        : { terms: readTerms(nextTerms), at: nextAt.getTime() },
    periodStart: row.periodStart?.getTime() ?? null,
    used: row.used,
  };
}

async function save(
  tx: Tx,
  { column, id }: Owner,
  terms: SpendingTerms,
  next: SpendingTerms | null,
  nextAt: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO spending_limit (${column}, per_transaction, per_day, per_night, next_terms, next_at)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (${column}) DO UPDATE
        SET per_transaction = excluded.per_transaction, per_day = excluded.per_day,
            per_night = excluded.per_night, next_terms = excluded.next_terms,
            next_at = excluded.next_at, version = spending_limit.version + 1`,
    [
      id,
      terms.perTransaction,
      terms.perDay,
      terms.perNight,
      next === null ? null : JSON.stringify(jsonTerms(next)),
      next === null ? null : nextAt,
    ],
  );
}

function jsonTerms({ perTransaction, perDay, perNight }: SpendingTerms) {
  const centavos = (value: bigint | null) => (value === null ? null : Number(value));
  return {
    perTransaction: centavos(perTransaction),
    perDay: centavos(perDay),
    perNight: centavos(perNight),
  };
}

function viewTerms(terms: SpendingTerms): SpendingTermsView {
  const { perTransaction, perDay, perNight } = jsonTerms(terms);
  return {
    perTransactionCentavos: perTransaction,
    perDayCentavos: perDay,
    perNightCentavos: perNight,
  };
}

function storedTerms(terms: SpendingTermsView): SpendingTerms {
  return readTerms({
    perTransaction: terms.perTransactionCentavos,
    perDay: terms.perDayCentavos,
    perNight: terms.perNightCentavos,
  });
}
