import type { PixReturnNode, PixReturnView } from "@pacto/contract";
import type { StaffContext } from "../../context.ts";
import { onceInTransaction, type Told } from "../../idempotency/once-in-transaction.ts";
import { refused } from "../../idempotency/once.ts";
import { newId } from "../../new-id.ts";
import { actorScope } from "../../staff/actor.ts";
import { RefusalError } from "../../trpc.ts";
import { sendLetter } from "../letters/send-letter.ts";
import { readRules } from "../rules/rules.ts";
import { readReturn } from "./read-returns.ts";
import { saveNode } from "./returns.ts";

interface ReportReturn {
  readonly idempotencyKey: string;
  readonly account: string;
  readonly endToEndId: string;
  readonly reason: "FR01" | "BE08";
  readonly description: string;
}

interface SentRow {
  readonly amount: bigint;
  readonly transactionId: string;
  readonly payee: { readonly bank: string; readonly account: string };
  readonly isLate: boolean;
}

/**
 * The payer of a PIX says that it was a fraud: the payee's bank is told to block what is left, and
 * the money is followed from bank to bank. What came back already is not sought again.
 * @throws RefusalError `pix-payment-not-found`, `pix-return-nothing-left`, `pix-return-late`,
 *   `pix-return-open`
 */
export async function reportReturn(ctx: StaffContext, input: ReportReturn): Promise<PixReturnView> {
  const { account, endToEndId, reason, description } = input;
  const { bank } = ctx;
  const { returnReportDays: days } = await readRules(bank.pools.api);
  const { rows } = await bank.pools.api.query<SentRow>(
    `SELECT amount - coalesce((SELECT sum(r.amount) FROM pix_returned r
                                WHERE r.end_to_end_id = $2 AND r.account = $1), 0)::bigint AS amount,
            transaction_id AS "transactionId", details -> 'payee' AS payee,
            settled_at < now() - $3 * interval '1 day' AS "isLate"
       FROM pix_payment
      WHERE direction = 'sent' AND account = $1 AND end_to_end_id = $2`,
    [account, endToEndId, days],
  );
  const [sent] = rows;
  if (sent === undefined) {
    throw new RefusalError({ code: "pix-payment-not-found", details: { account, endToEndId } });
  }
  if (sent.amount <= 0n) {
    throw new RefusalError({ code: "pix-return-nothing-left", details: { endToEndId } });
  }
  if (sent.isLate) throw new RefusalError({ code: "pix-return-late", details: { days } });
  const asked = { operation: "pix.returns.report", input };
  const { id } = await onceInTransaction(ctx, asked, async (tx): Promise<Told<{ id: string }>> => {
    const before = await tx.query(
      "SELECT FROM pix_return WHERE end_to_end_id = $1 AND account = $2",
      [endToEndId, account],
    );
    if (before.rowCount !== 0) return { answer: refused("pix-return-open"), audit: null };
    const caseId = newId();
    await tx.query(
      `INSERT INTO pix_return (id, account, end_to_end_id, amount, reason, description, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [caseId, account, endToEndId, sent.amount, reason, description, actorScope(ctx.actor)],
    );
    const node: PixReturnNode = {
      id: newId(),
      parent: null,
      depth: 0,
      ...sent.payee,
      soughtCentavos: Number(sent.amount),
      heldCentavos: 0,
      state: "asked",
      decideBy: null,
    };
    await saveNode(tx, caseId, node);
    const { parent, depth, soughtCentavos } = node;
    await sendLetter(tx, sent.payee.bank, {
      kind: "return-followed",
      id: caseId,
      reportedBy: bank.id,
      account: sent.payee.account,
      node: { id: node.id, parent, depth, soughtCentavos },
      transaction: sent.transactionId,
      endToEndId,
      reason,
      description,
      victim: { bank: bank.id, account },
    });
    const details = { account, endToEndId, reason, amountCentavos: Number(sent.amount) };
    return { answer: { ok: true, value: { id: caseId } }, audit: { subject: caseId, details } };
  });
  return readReturn(ctx, id);
}
