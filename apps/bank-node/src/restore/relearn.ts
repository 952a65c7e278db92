import { recoverOutput, type RecoverAnswer, type RecoveredTransaction } from "@pacto/contract";
import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "../database/pools.ts";
import type { Peers } from "../peers/client.ts";

const ASK_TIMEOUT_MS = 5_000;
const AGAIN_MS = 500;
/** A transaction that could not be taken up so often is left to a person. */
const ATTEMPTS_MAX = 5;

export interface RelearnOptions {
  readonly incarnation: () => number;
  /** Told when peers had heard of a higher incarnation than the backup knew. */
  readonly onRaised: (incarnation: number) => void;
  /** Every other member: one that stays silent keeps the bank in recovery. */
  readonly peers: readonly string[];
  readonly pool: Pool;
  readonly calls: Peers;
  /** Re-creates or completes one transaction from its proof. */
  readonly restore: (from: string, transaction: RecoveredTransaction) => Promise<void>;
  readonly onWaiting: (what: string) => void;
  /** Told of a transaction that cannot be taken up, once it is given up. */
  readonly onUnresolved: (error: unknown, transaction: string) => void;
  readonly signal: AbortSignal;
}

/** How far one peer has told. */
interface Lesson {
  /** By the peer's clock, when it was first asked. */
  asOf: string | null;
  readonly heard: Map<string, number>;
}

/**
 * A restored bank asks every peer for the transactions that name it, re-creates what was committed
 * from the certificates (its own signed votes are in them), and only then votes again (R48). They
 * begin where its backup may have holes, not at the beginning of time. Each peer is asked until it has told everything and waits for nothing that it had begun or voted on
 * when it was first asked. Nothing ends this but success or the signal: an error is another try.
 */
export async function relearn(options: RelearnOptions): Promise<void> {
  const { signal, pool } = options;
  const open = new Map(
    options.peers.map((peer): [string, Lesson] => [peer, { asOf: null, heard: new Map() }]),
  );
  const failures = new Map<string, number>();
  const begin = await untilRead(options);
  while (!signal.aborted) {
    const asked = [...open].map(async ([peer, lesson]) => {
      if (await hearAll(options, { peer, lesson, begin }, failures)) open.delete(peer);
    });
    const results = await Promise.allSettled(asked);
    const errors = results.flatMap((it) => (it.status === "rejected" ? [String(it.reason)] : []));
    if (open.size === 0 && (await hasLeft(pool, errors))) return;
    const silent = [...open.keys()].join(", ");
    const why = errors.length > 0 ? ` (${errors.join("; ")})` : "";
    options.onWaiting(`waiting for ${silent} to tell what this bank has forgotten${why}`);
    await sleep(AGAIN_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** The database may be away for a while: nothing is asked before it tells where to begin. */
async function untilRead({ pool, signal, onWaiting }: RelearnOptions): Promise<string | null> {
  while (!signal.aborted) {
    try {
      const { rows } = await pool.query<{ begin: string | null }>(
        "SELECT relearn_after AS begin FROM bank_state",
      );
      return rows[0]?.begin ?? null;
    } catch (error) {
      onWaiting(`reading where the backup ends (${String(error)})`);
      await sleep(AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }
  return null;
}

/** Every page of one peer; false when it does not answer, or still waits for an outcome. */
async function hearAll(
  options: RelearnOptions,
  { peer, lesson, begin }: { peer: string; lesson: Lesson; begin: string | null },
  failures: Map<string, number>,
): Promise<boolean> {
  let after = begin;
  let isComplete = true;
  while (!options.signal.aborted) {
    const page = await ask(options, peer, { after, asOf: lesson.asOf });
    if (page === undefined) return false;
    await raiseAbove(options, page.incarnation);
    lesson.asOf ??= page.asOf;
    for (const { bank, sequence } of page.heard) {
      lesson.heard.set(bank, Math.max(sequence, lesson.heard.get(bank) ?? 0));
    }
    // At once, so that a page shares the engine's batches: one by one, a long history took minutes.
    const takenUp = await Promise.all(
      page.transactions.map((transaction) => takeUp(options, peer, transaction, failures)),
    );
    isComplete &&= takenUp.every(Boolean);
    if (page.next === null) {
      if (!isComplete || page.undecided > 0) return false;
      await rememberLesson(options.pool, peer, lesson.heard);
      return true;
    }
    // A peer that does not move on would be asked for ever.
    if (after !== null && page.next <= after) return false;
    after = page.next;
  }
  return false;
}

async function ask(
  options: RelearnOptions,
  peer: string,
  from: { readonly after: string | null; readonly asOf: string | null },
): Promise<RecoverAnswer | undefined> {
  const item = { ...from, incarnation: options.incarnation() };
  const limit = { timeoutMs: ASK_TIMEOUT_MS };
  const [result] = await options.calls.call(peer, "commit.recover", [item], limit);
  if (result?.kind !== "answer") return undefined;
  return recoverOutput.shape.items.element.safeParse(result.value).data;
}

/** Whether the transaction is dealt with: taken up, or given up after several attempts. */
async function takeUp(
  options: RelearnOptions,
  peer: string,
  transaction: RecoveredTransaction,
  failures: Map<string, number>,
): Promise<boolean> {
  const { id } = transaction.signed.descriptor;
  const failed = failures.get(id) ?? 0;
  if (failed >= ATTEMPTS_MAX) return true;
  try {
    await options.restore(peer, transaction);
    return true;
  } catch (error) {
    failures.set(id, failed + 1);
    if (failed + 1 >= ATTEMPTS_MAX) options.onUnresolved(error, id);
    return false;
  }
}

/** A backup older than an earlier restore carries an incarnation that peers have seen die. */
async function raiseAbove(options: RelearnOptions, heard: number): Promise<void> {
  if (heard <= options.incarnation()) return;
  const { rows } = await options.pool.query<{ incarnation: number }>(
    "UPDATE bank_state SET incarnation = greatest(incarnation, $1) RETURNING incarnation",
    [heard + 1],
  );
  options.onRaised(rows[0]?.incarnation ?? heard + 1);
}

/** Rows in order of their bank, as the engine writes them, so that the two never deadlock. */
async function rememberLesson(
  pool: Pool,
  peer: string,
  heard: ReadonlyMap<string, number>,
): Promise<void> {
  const known = [...new Map([[peer, 0], ...heard])].sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  await pool.query(
    `INSERT INTO peer (bank, forgotten_up_to, caught_up_at)
     SELECT bank, sequence, CASE WHEN bank = $3 THEN now() END
       FROM unnest($1::text[], $2::bigint[]) AS new (bank, sequence)
     ON CONFLICT (bank) DO UPDATE
        SET forgotten_up_to = greatest(peer.forgotten_up_to, excluded.forgotten_up_to),
            caught_up_at = coalesce(excluded.caught_up_at, peer.caught_up_at)`,
    [known.map(([bank]) => bank), known.map(([, sequence]) => sequence), peer],
  );
}

async function hasLeft(pool: Pool, errors: string[]): Promise<boolean> {
  try {
    await leaveRecovery(pool);
    return true;
  } catch (error) {
    errors.push(String(error));
    return false;
  }
}

async function leaveRecovery(pool: Pool): Promise<void> {
  await pool.query(
    `WITH back AS (
       UPDATE bank_state SET mode = 'normal' WHERE mode = 'recovering' RETURNING *
     )
     INSERT INTO audit_event (actor, actor_bank, action, subject, details)
     SELECT 'node', bank, 'restore.finished', bank, jsonb_build_object('incarnation', incarnation)
       FROM back`,
  );
}
