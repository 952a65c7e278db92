import { canonicalJson } from "@pacto/contract/signing";
import { auditedStaff, writeAudit } from "../audit/audited.ts";
import type { StaffContext } from "../context.ts";
import { isOutcomeUnknown, sqlStateOf } from "../database/conflicts.ts";
import { withRetry } from "../database/retry.ts";
import { withTransaction, type Tx } from "../database/transaction.ts";
import { actorScope } from "../staff/actor.ts";
import { RefusalError } from "../trpc.ts";
import { recall, type Answer, type KeyedRequest } from "./once.ts";

const UNIQUE_VIOLATION = "23505";

export interface AskedWithKey {
  /** Stable name of the verb: `clients.update`. */
  readonly operation: string;
  readonly input: { readonly idempotencyKey: string };
}

/** What a verb leaves for the audit in its own transaction. */
export interface Told<Value> {
  readonly answer: Answer<Value>;
  /** Null when nothing was done. */
  readonly audit: { readonly subject: string; readonly details: object } | null;
}

/**
 * Does a change that moves no money at most once for its key (R50): the change, its audit event and
 * its answer are one database transaction. Money goes through the posting engine and `once`.
 * @throws RefusalError with the refusal that `work` gave, now and for every use of the key
 */
export async function onceInTransaction<Value>(
  ctx: StaffContext,
  { operation, input }: AskedWithKey,
  work: (tx: Tx) => Promise<Told<Value>>,
): Promise<Value> {
  const { idempotencyKey: key, ...request } = input;
  const asked: KeyedRequest = { scope: actorScope(ctx.actor), key, operation, request };
  const attempt = () =>
    withTransaction(ctx.bank.pools.api, async (tx) => {
      const known = await storedAnswer<Value>(tx, asked);
      if (known !== undefined) return known;
      const { answer, audit } = await work(tx);
      if (audit !== null) {
        const about = { action: operation, transactionId: null, ...audit };
        await writeAudit(tx, { ...auditedStaff(ctx), ...about });
      }
      await remember(tx, asked, answer);
      return answer;
    });
  const answerOnce = () =>
    withRetry(() =>
      attempt().catch((error: unknown) => {
        if (sqlStateOf(error) !== UNIQUE_VIOLATION) throw error;
        // The same key won elsewhere a moment ago: its answer is there now.
        return attempt();
      }),
    );
  const answer = await answerOnce().catch((error: unknown) => {
    if (!isOutcomeUnknown(error)) throw error;
    // The key tells what became of the first attempt (P7).
    return answerOnce();
  });
  if (!answer.ok) throw new RefusalError(answer.refusal);
  return answer.value;
}

async function storedAnswer<Value>(
  tx: Tx,
  asked: KeyedRequest,
): Promise<Answer<Value> | undefined> {
  const { rows } = await tx.query<{ operation: string; request: string; result: unknown }>(
    "SELECT operation, request, result FROM idempotency_record WHERE scope = $1 AND key = $2",
    [asked.scope, asked.key],
  );
  const [stored] = rows;
  return stored === undefined ? undefined : recall<Value>(stored, asked);
}

async function remember(tx: Tx, asked: KeyedRequest, result: object): Promise<void> {
  await tx.query(
    `INSERT INTO idempotency_record (scope, key, operation, request, result)
     VALUES ($1, $2, $3, $4, $5)`,
    [asked.scope, asked.key, asked.operation, canonicalJson(asked.request), JSON.stringify(result)],
  );
}
