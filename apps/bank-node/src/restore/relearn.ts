import { recoverOutput, type RecoveredTransaction } from "@pacto/contract";
import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "../database/pools.ts";
import type { Peers } from "../peers/client.ts";

const ASK_TIMEOUT_MS = 5_000;
const AGAIN_MS = 500;

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
  readonly signal: AbortSignal;
}

interface Learned {
  readonly from: string;
  readonly sequence: number;
  readonly incarnation: number;
  readonly transactions: readonly RecoveredTransaction[];
}

/**
 * A restored bank asks every peer for the transactions that name it, re-creates what was committed
 * from the certificates (its own signed votes are in them), and only then votes again (R48).
 * Repeats until every peer has answered and none waits for a decision on this bank's vote.
 */
export async function relearn(options: RelearnOptions): Promise<void> {
  while (!options.signal.aborted) {
    const answers = await Promise.all(options.peers.map((peer) => askAll(options, peer)));
    const learned = answers.filter((answer) => answer !== undefined);
    await raiseAbove(options, learned);
    await restoreAll(options, learned);
    await rememberSequences(options.pool, learned);
    if (learned.length === options.peers.length) {
      await leaveRecovery(options.pool);
      return;
    }
    const silent = options.peers.filter((peer) => !learned.some(({ from }) => from === peer));
    options.onWaiting(`waiting for ${silent.join(", ")} to tell what this bank has forgotten`);
    await sleep(AGAIN_MS, undefined, { signal: options.signal }).catch(() => undefined);
  }
}

/** Every page of one peer; undefined when it does not answer, or still decides over our vote. */
async function askAll(options: RelearnOptions, from: string): Promise<Learned | undefined> {
  const transactions: RecoveredTransaction[] = [];
  let after: string | null = null;
  for (;;) {
    const item = { after, incarnation: options.incarnation() };
    const [result] = await options.calls.call(from, "commit.recover", [item], {
      timeoutMs: ASK_TIMEOUT_MS,
    });
    if (result?.kind !== "answer") return undefined;
    const page = recoverOutput.shape.items.element.safeParse(result.value);
    if (!page.success || page.data.undecided > 0) return undefined;
    transactions.push(...page.data.transactions);
    after = transactions.at(-1)?.signed.descriptor.id ?? null;
    if (page.data.isLast) {
      const { sequence, incarnation } = page.data;
      return { from, sequence, incarnation, transactions };
    }
  }
}

/** A backup older than an earlier restore carries an incarnation that peers have seen die. */
async function raiseAbove(options: RelearnOptions, learned: readonly Learned[]): Promise<void> {
  const heard = Math.max(0, ...learned.map(({ incarnation }) => incarnation));
  if (heard <= options.incarnation()) return;
  await options.pool.query("UPDATE bank_state SET incarnation = $1", [heard + 1]);
  options.onRaised(heard + 1);
}

/** In the order in which they began, so that money arrives before it is spent. */
async function restoreAll(options: RelearnOptions, learned: readonly Learned[]): Promise<void> {
  const all = learned.flatMap(({ from, transactions }) =>
    transactions.map((transaction) => ({ from, transaction })),
  );
  const idOf = ({ transaction }: (typeof all)[number]) => transaction.signed.descriptor.id;
  all.sort((one, other) => (idOf(one) < idOf(other) ? -1 : 1));
  for (const { from, transaction } of all) await options.restore(from, transaction);
}

async function rememberSequences(pool: Pool, learned: readonly Learned[]): Promise<void> {
  await pool.query(
    `INSERT INTO peer (bank, forgotten_up_to, caught_up_at)
     SELECT bank, sequence, now() FROM unnest($1::text[], $2::bigint[]) AS new (bank, sequence)
     ON CONFLICT (bank) DO UPDATE
        SET forgotten_up_to = greatest(peer.forgotten_up_to, excluded.forgotten_up_to),
            caught_up_at = now()`,
    [learned.map(({ from }) => from), learned.map(({ sequence }) => sequence)],
  );
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
