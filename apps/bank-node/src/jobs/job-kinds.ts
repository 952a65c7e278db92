import type { PlannedTransfer, Refusal } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { writePart } from "../exports/write-part.ts";
import { accrueInterest, type Accrual } from "../interest/accrue-interest.ts";
import { createTransfer } from "../transfers/create-transfer.ts";

export type ItemOutcome =
  | { readonly status: "done"; readonly subject: string | null }
  | { readonly status: "failed"; readonly refusal: Refusal; readonly subject: string | null }
  /** Not known yet: it is asked for again by the same key. */
  | { readonly status: "waiting" };

/** Which item of which job it is. */
export interface ItemPlace {
  readonly job: string;
  /** From 1. */
  readonly position: number;
  /** Names both. */
  readonly key: string;
}

/**
 * Does one item of a job, at most once for its key. RefusalError fails the item alone; an error
 * that nobody expected leaves it waiting.
 */
export type DoItem = (ctx: StaffContext, payload: unknown, at: ItemPlace) => Promise<ItemOutcome>;

const SCOPE = "jobs";
const WAIT_MS = 5_000;

async function importTransfer(
  ctx: StaffContext,
  payload: unknown,
  { key: idempotencyKey }: ItemPlace,
): Promise<ItemOutcome> {
  const request = payload as PlannedTransfer;
  const input = { ...request, idempotencyKey, waitMs: WAIT_MS };
  const { id, state, refusal } = await createTransfer(ctx, input, { scope: SCOPE });
  if (state === "committed") return { status: "done", subject: id };
  if (state !== "aborted") return { status: "waiting" };
  const why = refusal ?? { code: "presumed-abort", details: {} };
  return { status: "failed", subject: id, refusal: why };
}

interface JobKind {
  readonly doItem: DoItem;
  /** How many items are done together: those that hold no lock for long share the engine's batch. */
  readonly atOnce: number;
}

/** What each kind of job does with an item; a new kind of long work adds a line here. */
export const jobKinds: Readonly<Record<string, JobKind>> = {
  // One part after the other: each begins where the one before ended.
  "exports.listing": { doItem: writePart, atOnce: 1 },
  "exports.statement": { doItem: writePart, atOnce: 1 },
  // The key is the account's and the month's, not this job's: a second job posts nothing twice.
  "interest.accrue": {
    doItem: (ctx, payload) => accrueInterest(ctx, payload as Accrual),
    atOnce: 32,
  },
  "transfers.import": { doItem: importTransfer, atOnce: 4 },
};
