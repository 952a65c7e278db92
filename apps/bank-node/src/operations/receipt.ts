import type { Receipt } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { selectBranch, selectTransfer } from "../transfers/sql.ts";
import { RefusalError } from "../trpc.ts";

/**
 * What proves the outcome of a transaction at this bank, in whichever role it took part.
 * Throws RefusalError `transfer-not-found` when it has no part in it, or knows no descriptor.
 */
export async function readReceipt(ctx: StaffContext, id: string): Promise<Receipt> {
  const pool = ctx.bank.pools.api;
  const head = {
    pacto: "receipt/1",
    bank: ctx.bank.id,
    issuedAt: new Date().toISOString(),
  } as const;
  const coordinated = await selectTransfer(pool, id);
  if (coordinated !== undefined) {
    const { hash, descriptor, descriptorProof, ownVote, certificate } = coordinated.record;
    const proofs = { hash, descriptor, descriptorProof, vote: ownVote, certificate };
    return { ...head, ...proofs, heuristic: null } as Receipt;
  }
  const branch = await selectBranch(pool, id);
  const record = branch?.record;
  if (!record?.descriptor || !record.descriptorProof) {
    throw new RefusalError({ code: "transfer-not-found", details: { bank: ctx.bank.id, id } });
  }
  const { hash, descriptor, descriptorProof, vote, certificate, state } = record;
  const heuristic =
    state === "heuristic-commit" ? "commit" : state === "heuristic-abort" ? "abort" : null;
  const proofs = { hash, descriptor, descriptorProof, vote, certificate };
  return { ...head, ...proofs, heuristic } as Receipt;
}
