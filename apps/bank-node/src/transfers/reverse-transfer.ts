import type { ReverseTransferInput, TransferView } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { actorScope } from "../staff/actor.ts";
import { RefusalError } from "../trpc.ts";
import { createTransfer } from "./create-transfer.ts";
import { readTransfer } from "./read-transfers.ts";

/** Keys of reversals belong to the reversed transfer: two persons make one reversal. */
const SCOPE = "transfer-reversals";
const PURPOSE_MAX = 140;

interface LastReversal {
  readonly attempt: number;
  readonly reversalId: string;
}

/**
 * Takes a committed transfer back by another one in the opposite direction, linked to it. There is
 * at most one that stands: a further one is begun only when the last was aborted (say, because the
 * money is spent). Throws RefusalError `transfer-not-found`, `not-reversible` or
 * `already-reversed`.
 */
export async function reverseTransfer(
  ctx: StaffContext,
  input: ReverseTransferInput,
): Promise<TransferView> {
  const original = await readTransfer(ctx, input.id);
  const details = { id: input.id };
  if (original.state !== "committed") throw new RefusalError({ code: "not-reversible", details });
  if (await isReversal(ctx, input.id))
    throw new RefusalError({ code: "already-reversed", details });
  const last = await lastReversal(ctx, input.id);
  const before = last === undefined ? undefined : await readTransfer(ctx, last.reversalId);
  if (before !== undefined && before.state !== "aborted") return before;
  const attempt = (last?.attempt ?? 0) + 1;
  const { id, reason } = input;
  return createTransfer(
    ctx,
    {
      idempotencyKey: `${id}:${attempt}`,
      from: original.to,
      to: original.from,
      purpose: `Estorno: ${reason}`.slice(0, PURPOSE_MAX),
      waitMs: input.waitMs,
    },
    {
      scope: SCOPE,
      asked: { operation: "transfers.reverse", request: { id, reason } },
      takesTwo: true,
      // Money goes back where it came from: no holder signs for that.
      signed: new Set(original.to.map(({ account }) => account)),
      alongside: (set, reversalId) => {
        set.alsoWrite({
          name: "transfer-reversal",
          text: `INSERT INTO transfer_reversal
                        (original_id, attempt, reversal_id, reason, created_by)
                 VALUES ($1, $2, $3, $4, $5)`,
          values: [id, attempt, reversalId, reason, actorScope(ctx.actor)],
        });
      },
    },
  );
}

async function isReversal(ctx: StaffContext, id: string): Promise<boolean> {
  return (await ctx.bank.prisma.transferReversal.count({ where: { reversalId: id } })) > 0;
}

async function lastReversal(ctx: StaffContext, id: string): Promise<LastReversal | undefined> {
  const row = await ctx.bank.prisma.transferReversal.findFirst({
    where: { originalId: id },
    orderBy: { attempt: "desc" },
    select: { attempt: true, reversalId: true },
  });
  return row ?? undefined;
}
