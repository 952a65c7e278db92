import type { Bank, StaffContext } from "../context.ts";
import { engineRefusal } from "../ledger/engine/engine-refusal.ts";
import type { StaffActor } from "../staff/actor.ts";
import { RefusalError } from "../trpc.ts";
import { jobKinds, type ItemOutcome } from "./job-kinds.ts";

/** While one process works on a job, no other one takes it; its items are keyed anyway. */
const CLAIM = "60 seconds";
/** After this long the job is offered to every process of the bank again. */
const TURN_MS = 10_000;

interface DueJob {
  readonly id: string;
  readonly kind: string;
  readonly actor: StaffActor;
}

interface Item {
  readonly position: number;
  readonly payload: unknown;
}

const CLAIM_DUE = `UPDATE job SET wake_at = now() + interval '${CLAIM}'
  WHERE id = (SELECT id FROM job WHERE wake_at <= now() ORDER BY wake_at LIMIT 1
                 FOR UPDATE SKIP LOCKED)
  RETURNING id, kind, actor`;

/** Takes one job a turn further, shorter when the node stops; says whether there was one. */
export async function runDueJob(bank: Bank, signal: AbortSignal): Promise<boolean> {
  const { rows } = await bank.pools.recovery.query<DueJob>(CLAIM_DUE);
  const [job] = rows;
  if (job === undefined) return false;
  const until = performance.now() + TURN_MS;
  let hasMoved = true;
  while (hasMoved && !signal.aborted && performance.now() < until) {
    const items = await nextItems(bank, job);
    if (items.length === 0) break;
    const moved = await Promise.all(items.map((item) => runItem(bank, job, item)));
    // What is not known yet is looked at again in the next turn.
    hasMoved = moved.every(Boolean);
  }
  await endTurn(bank, job.id);
  return true;
}

/** Nothing once somebody has cancelled the job. */
async function nextItems(bank: Bank, { id, kind }: DueJob): Promise<Item[]> {
  const { rows } = await bank.pools.recovery.query<Item>(
    `SELECT i.position, i.payload FROM job_item i JOIN job j ON j.id = i.job_id
      WHERE i.job_id = $1 AND i.status = 'waiting' AND j.status = 'running'
      ORDER BY i.position LIMIT $2`,
    [id, jobKinds[kind]?.atOnce ?? 1],
  );
  return rows;
}

async function runItem(bank: Bank, job: DueJob, item: Item): Promise<boolean> {
  const outcome = await doItem(bank, job, item);
  if (outcome.status === "waiting") return false;
  const { status, subject } = outcome;
  const refusal = status === "failed" ? outcome.refusal : null;
  await bank.pools.recovery.query(
    `UPDATE job_item SET status = $3, result = $4
      WHERE job_id = $1 AND position = $2 AND status = 'waiting'`,
    [job.id, item.position, status, JSON.stringify({ subject, refusal })],
  );
  return true;
}

async function doItem(bank: Bank, job: DueJob, item: Item): Promise<ItemOutcome> {
  const act = jobKinds[job.kind]?.doItem;
  if (act === undefined) return { status: "waiting" };
  const ctx: StaffContext = { bank, actor: job.actor, correlationId: `job-${job.id}` };
  try {
    const { position } = item;
    return await act(ctx, item.payload, { job: job.id, position, key: `${job.id}:${position}` });
  } catch (error) {
    if (error instanceof RefusalError) {
      return { status: "failed", refusal: error.refusal, subject: null };
    }
    if (engineRefusal(error, { bank: bank.id, isMutation: true }) === undefined) throw error;
    return { status: "waiting" };
  }
}

async function endTurn(bank: Bank, job: string): Promise<void> {
  await bank.pools.recovery.query(
    `UPDATE job SET
        status = CASE WHEN left_over.any THEN 'running' ELSE 'done' END,
        ended_at = CASE WHEN left_over.any THEN NULL ELSE now() END,
        wake_at = CASE WHEN left_over.any THEN now() + interval '1 second' END
       FROM (SELECT EXISTS (SELECT FROM job_item WHERE job_id = $1 AND status = 'waiting') AS any)
            AS left_over
      WHERE id = $1 AND job.status = 'running'`,
    [job],
  );
}
