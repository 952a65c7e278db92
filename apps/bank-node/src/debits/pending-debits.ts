import type {
  AskDebitInput,
  DebitRequest,
  PendingDebitView,
  Refusal,
  SignDebitInput,
} from "@pacto/contract";
import { withdraw } from "../cash/move-cash.ts";
import type { StaffContext } from "../context.ts";
import type { Tx } from "../database/transaction.ts";
import { onceInTransaction, type Told } from "../idempotency/once-in-transaction.ts";
import { refused } from "../idempotency/once.ts";
import { newId } from "../new-id.ts";
import { actorScope } from "../staff/actor.ts";
import { createTransfer } from "../transfers/create-transfer.ts";
import { RefusalError } from "../trpc.ts";

/** Keys of signed debits belong to the debits, whoever of the staff carries them out. */
const SCOPE = "debits";

interface DebitRow {
  readonly id: string;
  readonly number: string;
  readonly request: DebitRequest;
  readonly askedBy: string;
  readonly askedByName: string;
  readonly status: PendingDebitView["status"];
  readonly signedBy: string | null;
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
}

const SELECT = `SELECT d.id, d.number, d.request, d.asked_by AS "askedBy", c.name AS "askedByName",
       d.status, d.signed_by AS "signedBy", d.created_at AS "createdAt",
       d.decided_at AS "decidedAt"
  FROM pending_debit d JOIN client c ON c.id = d.asked_by`;

type Refused = Told<{ readonly id: string }>;

function refuse(code: Refusal["code"], details: Refusal["details"] = {}): Refused {
  return { answer: refused(code, details), audit: null };
}

/**
 * Keeps what one holder of a joint account asks for until the other one confirms. Nothing is held
 * meanwhile: funds and limits are looked at when both have signed.
 * Throws RefusalError `not-a-holder`, or when the account or the request does not fit.
 */
export async function askDebit(ctx: StaffContext, input: AskDebitInput): Promise<PendingDebitView> {
  const { number, askedBy, request } = input;
  if (!debits(ctx, request).includes(number)) {
    throw new RefusalError({ code: "request-not-of-account", details: { account: number } });
  }
  const { id } = await onceInTransaction(ctx, { operation: "debits.ask", input }, async (tx) => {
    const holders = await holdersOf(tx, number);
    if (holders === undefined) {
      return refuse("account-not-found", { bank: ctx.bank.id, account: number });
    }
    if (!holders.includes(askedBy)) return refuse("not-a-holder", { account: number });
    const debit = newId();
    await tx.query(
      `INSERT INTO pending_debit (id, kind, number, request, asked_by, created_by)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [debit, request.kind, number, JSON.stringify(request), askedBy, actorScope(ctx.actor)],
    );
    return {
      answer: { ok: true, value: { id: debit } },
      audit: { subject: number, details: { debit, kind: request.kind, askedBy } },
    };
  });
  return readDebit(ctx, id);
}

/**
 * The other holder confirms, and the debit is done under a key of its own: signing again after a
 * crash finds what was done. Throws RefusalError `debit-not-found`, `debit-not-open`,
 * `not-a-holder`, `same-holder`, or what the debit itself is refused with.
 */
export async function signDebit(ctx: StaffContext, input: SignDebitInput) {
  await onceInTransaction(ctx, { operation: "debits.sign", input }, async (tx) => {
    const row = await lockDebit(tx, input.id);
    if (row === undefined) return refuse("debit-not-found");
    const answer = { ok: true, value: { id: row.id } } as const;
    // Signed by the same holder, and perhaps not done yet: it is done below, once.
    if (row.status === "signed" && row.signedBy === input.signedBy) return { answer, audit: null };
    if (row.status !== "pending") return refuse("debit-not-open");
    if (row.askedBy === input.signedBy) return refuse("same-holder", { account: row.number });
    const holders = await holdersOf(tx, row.number);
    if (holders?.includes(input.signedBy) !== true) {
      return refuse("not-a-holder", { account: row.number });
    }
    await tx.query(
      `UPDATE pending_debit SET status = 'signed', signed_by = $2, decided_by = $3,
              decided_at = now() WHERE id = $1`,
      [row.id, input.signedBy, actorScope(ctx.actor)],
    );
    const details = { debit: row.id, signedBy: input.signedBy };
    return { answer, audit: { subject: row.number, details } };
  });
  const debit = await readDebit(ctx, input.id);
  return { debit, ...(await carryOut(ctx, debit)) };
}

async function carryOut(ctx: StaffContext, { id, number, request }: PendingDebitView) {
  const by = { scope: SCOPE, signed: new Set([number]) };
  const key = { idempotencyKey: id };
  if (request.kind === "withdrawal") {
    return { cash: await withdraw(ctx, { ...request.cash, ...key }, by), transfer: null };
  }
  const transfer = await createTransfer(ctx, { ...request.transfer, ...key }, by);
  return { cash: null, transfer };
}

/** The first holder, or the bank, takes the request back. Throws RefusalError `debit-not-open`. */
export async function withdrawDebit(
  ctx: StaffContext,
  input: { readonly idempotencyKey: string; readonly id: string },
): Promise<PendingDebitView> {
  await onceInTransaction(ctx, { operation: "debits.withdraw", input }, async (tx) => {
    const row = await lockDebit(tx, input.id);
    if (row === undefined) return refuse("debit-not-found");
    if (row.status !== "pending") return refuse("debit-not-open");
    await tx.query(
      `UPDATE pending_debit SET status = 'withdrawn', decided_by = $2, decided_at = now()
        WHERE id = $1`,
      [row.id, actorScope(ctx.actor)],
    );
    return {
      answer: { ok: true, value: { id: row.id } },
      audit: { subject: row.number, details: { debit: row.id } },
    };
  });
  return readDebit(ctx, input.id);
}

interface ListDebits {
  readonly number?: string | undefined;
  readonly pendingOnly: boolean;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Debits that wait for a second signature or had one, newest first. */
export async function listDebits(ctx: StaffContext, input: ListDebits) {
  const { rows } = await ctx.bank.pools.api.query<DebitRow>(
    `${SELECT} WHERE ($1::text IS NULL OR d.number = $1)
                 AND (NOT $2::bool OR d.status = 'pending')
                 AND ($3::uuid IS NULL OR d.id < $3)
      ORDER BY d.id DESC LIMIT $4`,
    [input.number ?? null, input.pendingOnly, input.cursor ?? null, input.limit + 1],
  );
  const page = rows.slice(0, input.limit);
  return {
    debits: page.map(viewDebit),
    nextCursor: rows.length > input.limit ? (page.at(-1)?.id ?? null) : null,
  };
}

async function readDebit(ctx: StaffContext, id: string): Promise<PendingDebitView> {
  const { rows } = await ctx.bank.pools.api.query<DebitRow>(`${SELECT} WHERE d.id = $1`, [id]);
  const [row] = rows;
  if (row === undefined) throw new RefusalError({ code: "debit-not-found", details: {} });
  return viewDebit(row);
}

function viewDebit({ createdAt, decidedAt, ...row }: DebitRow): PendingDebitView {
  return {
    ...row,
    createdAt: createdAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
  };
}

async function lockDebit(tx: Tx, id: string): Promise<DebitRow | undefined> {
  const { rows } = await tx.query<DebitRow>(`${SELECT} WHERE d.id = $1 FOR UPDATE OF d`, [id]);
  return rows[0];
}

async function holdersOf(tx: Tx, number: string): Promise<string[] | undefined> {
  const { rows } = await tx.query<{ holders: string[] | null }>(
    `SELECT (SELECT array_agg(h.client_id::text) FROM account_holder h WHERE h.account_id = a.id)
              AS holders
       FROM account a WHERE a.number = $1`,
    [number],
  );
  return rows[0]?.holders ?? undefined;
}

/** Accounts of this bank that the request debits. */
function debits(ctx: StaffContext, request: DebitRequest): string[] {
  if (request.kind === "withdrawal") return [request.cash.number];
  const own = request.transfer.from.filter(({ bank }) => bank === ctx.bank.id);
  return own.map(({ account }) => account);
}
