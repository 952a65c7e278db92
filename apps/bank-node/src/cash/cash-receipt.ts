import { findMember, type CashReceipt, type ReverseCashInput } from "@pacto/contract";
import { auditedStaff } from "../audit/audited.ts";
import { missingApproval } from "../approvals/missing-approval.ts";
import type { StaffContext } from "../context.ts";
import { sqlStateOf } from "../database/conflicts.ts";
import { once, type Answer } from "../idempotency/once.ts";
import type { Command } from "../ledger/engine/command.ts";
import { ledgerRefusal } from "../ledger/ledger-refusal.ts";
import { newId } from "../new-id.ts";
import { actorScope } from "../staff/actor.ts";
import { RefusalError } from "../trpc.ts";
import { cashAccounts, cashSide } from "./cash-side.ts";

interface ReceiptRow {
  readonly kind: string;
  readonly number: string;
  readonly holder: string;
  readonly amount: bigint;
  readonly at: Date;
  readonly teller: string;
  readonly description: string;
  readonly reversedBy: string | null;
}

/** What a customer takes home from the counter. Throws RefusalError `posting-not-found`. */
export async function readCashReceipt(
  ctx: StaffContext,
  input: { readonly postingId: string },
): Promise<CashReceipt> {
  const { rows } = await ctx.bank.pools.api.query<ReceiptRow>(
    `SELECT p.kind, a.number, e.amount, p.at, p.actor AS teller, p.description,
            (SELECT string_agg(c.name, ' e ' ORDER BY h.position)
               FROM account_holder h JOIN client c ON c.id = h.client_id
              WHERE h.account_id = a.id) AS holder,
            r.reversal_id AS "reversedBy"
       FROM posting p
       JOIN entry e ON e.posting_id = p.id
       JOIN account a ON a.id = e.account_id
       LEFT JOIN posting_reversal r ON r.original_id = p.id
      WHERE p.id = $1 AND p.kind IN ('deposit', 'withdrawal', 'opening', 'reversal')
        AND EXISTS (SELECT FROM account_holder h WHERE h.account_id = a.id)`,
    [input.postingId],
  );
  const [row] = rows;
  if (row === undefined) {
    const details = { bank: ctx.bank.id, posting: input.postingId };
    throw new RefusalError({ code: "posting-not-found", details });
  }
  const { amount, at, ...rest } = row;
  return {
    bank: ctx.bank.id,
    bankName: findMember(ctx.bank.manifest, ctx.bank.id)?.name ?? ctx.bank.id,
    postingId: input.postingId,
    ...rest,
    amountCentavos: Math.abs(Number(amount)),
    at: at.toISOString(),
  };
}

const UNIQUE_VIOLATION = "23505";

/**
 * Takes a deposit or withdrawal back by a posting of its own, linked to the first; once.
 * Throws RefusalError `posting-not-found`, `already-reversed`, or what the ledger says.
 */
export async function reverseCash(
  ctx: StaffContext,
  input: ReverseCashInput,
): Promise<CashReceipt> {
  const original = await readCashReceipt(ctx, input);
  const refusal = {
    code: "already-reversed",
    details: { id: input.postingId },
  } as const;
  if (original.kind === "reversal") throw new RefusalError(refusal);
  const answer = await ctx.bank.engine
    .run(reverseCommand(ctx, input, original))
    .catch((error: unknown) => {
      // Another person reversed it at the same time.
      if (sqlStateOf(error) === UNIQUE_VIOLATION) throw new RefusalError(refusal, error);
      throw error;
    });
  if (!answer.ok) throw new RefusalError(answer.refusal);
  return readCashReceipt(ctx, { postingId: answer.value.postingId });
}

function reverseCommand(
  ctx: StaffContext,
  { idempotencyKey: key, ...request }: ReverseCashInput,
  original: CashReceipt,
): Command<Answer<{ readonly postingId: string }>> {
  const scope = actorScope(ctx.actor);
  const operation = "cash.reverse";
  return {
    name: operation,
    priority: "begin",
    idempotency: { scope, key },
    accounts: () => [original.number, ...cashAccounts(scope)],
    decide(set) {
      const missing = missingApproval(ctx, set, { scope, key });
      if (missing !== undefined) return { ok: false, refusal: missing };
      return once(set, { scope, key, operation, request }, () => {
        if (original.reversedBy !== null) {
          const details = { id: original.postingId };
          return { ok: false, refusal: { code: "already-reversed", details } };
        }
        const account = set.accountId(original.number);
        const cash = cashSide(set, scope);
        if (!cash.ok) return cash;
        if (account === undefined) throw new Error(`account ${original.number} is gone`);
        const wasCredit = original.kind !== "withdrawal";
        const amount = BigInt(original.amountCentavos);
        const posting = {
          id: newId(set.now),
          kind: "reversal",
          description: request.reason,
          transactionId: null,
          actor: scope,
        };
        const decision = set.post(posting, [
          { account: wasCredit ? account : cash.account, direction: "debit", amount },
          { account: wasCredit ? cash.account : account, direction: "credit", amount },
        ]);
        if (!decision.ok) {
          return { ok: false, refusal: ledgerRefusal(ctx.bank.id, set, decision.refusal) };
        }
        set.alsoWrite({
          name: "posting-reversal",
          text: `INSERT INTO posting_reversal (original_id, reversal_id, reason, created_by)
                 VALUES ($1, $2, $3, $4)`,
          values: [original.postingId, posting.id, request.reason, scope],
        });
        set.audit({
          ...auditedStaff(ctx),
          action: operation,
          subject: original.number,
          transactionId: null,
          details: { ...request, reversal: posting.id },
        });
        return { ok: true, value: { postingId: posting.id } };
      });
    },
  };
}
