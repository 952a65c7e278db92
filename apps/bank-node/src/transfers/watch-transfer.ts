import { transferMoment, type Timeline, type TransferMoment } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { RefusalError } from "../trpc.ts";
import { readTimeline } from "./read-timeline.ts";
import { readBranch } from "./read-transfers.ts";
import { selectTransfer } from "./sql.ts";
import { viewTransfer } from "./view-transfer.ts";

/** Another process of this bank may take the next step: its rows are looked at that often. */
const LOOK_MS = 1_000;

/**
 * What this bank knows of a transaction, told at once and again with each thing that it sees, until
 * there is nothing more to come. What happens between two readings is told together.
 * @throws RefusalError `transfer-not-found` where this bank has never heard of it
 */
export async function watchTransfer(
  ctx: StaffContext,
  id: string,
  signal: AbortSignal | undefined,
): Promise<AsyncGenerator<TransferMoment, void>> {
  const first = await readMoment(ctx, id);
  if (!isKnown(first)) {
    throw new RefusalError({ code: "transfer-not-found", details: { bank: ctx.bank.id, id } });
  }
  return tellMoments(ctx, id, signal);
}

async function* tellMoments(
  ctx: StaffContext,
  id: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<TransferMoment, void> {
  let told = "";
  for (;;) {
    // Registered before the reading, so that nothing between the two is missed.
    const news = ctx.bank.commit.waitForNews(id, LOOK_MS);
    try {
      const moment = await readMoment(ctx, id);
      signal?.throwIfAborted();
      const content = withoutClock(moment);
      if (content !== told) yield transferMoment.parse(moment);
      told = content;
      if (isOver(moment)) return;
      await news.over;
    } finally {
      news.cancel();
    }
  }
}

async function readMoment(ctx: StaffContext, id: string): Promise<TransferMoment> {
  const [row, branch, timeline] = await Promise.all([
    selectTransfer(ctx.bank.pools.api, id),
    readBranch(ctx, id),
    readTimeline(ctx, id),
  ]);
  const transfer = row === undefined ? null : viewTransfer(row, ctx.bank.commit.votesOf(id));
  return { transfer, branch, timeline };
}

function isKnown({ transfer, branch, timeline }: TransferMoment): boolean {
  return transfer !== null || branch !== null || hasSeen(timeline);
}

/** A witness has neither a transfer nor a branch, but marks and messages. */
function hasSeen({ durable, events }: Timeline): boolean {
  return events.length > 0 || Object.values(durable).some((at) => at !== null);
}

/** Every bank has confirmed, or this bank has applied what was decided. */
function isOver({ transfer, branch }: TransferMoment): boolean {
  if (transfer !== null) return transfer.settled;
  return branch?.state === "committed" || branch?.state === "aborted";
}

function withoutClock({ timeline, ...rest }: TransferMoment): string {
  const { clock: _, ...seen } = timeline;
  return JSON.stringify({ ...rest, seen });
}
