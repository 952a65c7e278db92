import type { PixReturnNode } from "@pacto/contract";
import { finishedRefund } from "../../commit/branch-return.ts";
import type { Bank, StaffContext } from "../../context.ts";
import { withTransaction } from "../../database/transaction.ts";
import { SPECIAL_RETURNS } from "../../ledger/internal-accounts.ts";
import { notify } from "../../notifications/notify.ts";
import { createTransfer } from "../../transfers/create-transfer.ts";
import { RefusalError } from "../../trpc.ts";
import { sendLetter } from "../letters/send-letter.ts";
import { readRules } from "../rules/rules.ts";
import { followMoney } from "./follow-money.ts";
import { holdWhatIsLeft, resolveHold, RETURNS } from "./hold-what-is-left.ts";
import { type HoldRow, lockHold, SELECT_HOLD } from "./returns.ts";
import { tellHeldMore } from "./tell-held-more.ts";

const CLAIM = "30 seconds";
const DUE_MAX = 8;
const WAIT_MS = 5_000;
const AGAIN_MS = 5_000;

/** Goes on with what was followed here and what was decided; says whether there was any. */
export async function runDueReturns(bank: Bank): Promise<boolean> {
  const { rows } = await bank.pools.recovery.query<{ id: string }>(
    `UPDATE pix_return_hold SET wake_at = now() + interval '${CLAIM}'
      WHERE id IN (SELECT id FROM pix_return_hold WHERE wake_at <= now()
                    ORDER BY wake_at LIMIT ${DUE_MAX} FOR UPDATE SKIP LOCKED)
      RETURNING id`,
  );
  await Promise.all(rows.map(({ id }) => runReturn(bank, id)));
  return rows.length > 0;
}

/** One step of one node; each is done once, however often it is tried. */
export async function runReturn(bank: Bank, id: string): Promise<void> {
  const { rows } = await bank.pools.recovery.query<HoldRow>(`${SELECT_HOLD} WHERE id = $1`, [id]);
  const [row] = rows;
  if (row?.state === "asked") return look(bank, row);
  if (row?.state === "held") return attend(bank, row);
  if (row?.state === "rejected") {
    await resolveHold(bank, row);
    return end(bank, row, { state: "rejected" });
  }
  if (row?.state === "accepted") return giveBack(bank, row);
}

/** Blocks what is left, follows the rest, and tells the bank that keeps the case. */
async function look(bank: Bank, row: HoldRow): Promise<void> {
  const held = BigInt(await holdWhatIsLeft(bank, row));
  await withTransaction(bank.pools.recovery, async (tx) => {
    const now = await lockHold(tx, row.id);
    if (now?.state !== "asked") return;
    const rules = await readRules(tx);
    const { id, caseId, reportedBy, account, about, node } = row;
    const state = held > 0n ? "held" : "empty";
    const isDeep = node.depth + 1 >= rules.returnDepthMax;
    const next = isDeep ? [] : await followMoney(tx, row, row.sought - held);
    // What went on is looked for where it went, so that no more is held than was paid.
    const missing = next.reduce(
      (left, to) => left - BigInt(to.node.soughtCentavos),
      row.sought - held,
    );
    const { rows } = await tx.query<{ decideBy: Date | null }>(
      `UPDATE pix_return_hold
          SET state = $2, held = $3, told = $3, missing = $5,
              watch_until = now() + $6 * interval '1 day',
              decide_by = CASE WHEN $2 = 'held' THEN now() + $4 * interval '1 minute' END,
              wake_at = CASE WHEN $2 = 'held' THEN now() + $4 * interval '1 minute' END
        WHERE id = $1 RETURNING decide_by AS "decideBy"`,
      [id, state, held, rules.returnAnalysisMinutes, missing, rules.returnWatchDays],
    );
    const found: PixReturnNode = {
      ...node,
      bank: bank.id,
      account,
      heldCentavos: Number(held),
      state,
      decideBy: rows[0]?.decideBy?.toISOString() ?? null,
    };
    await sendLetter(tx, reportedBy, {
      kind: "return-found",
      id: caseId,
      node: found,
      next: next.map((one) => one.node),
    });
    for (const { node: to, transaction } of next) {
      const { id: nodeId, parent, depth, soughtCentavos } = to;
      // oxlint-disable-next-line no-await-in-loop -- one connection
      await sendLetter(tx, to.bank, {
        kind: "return-followed",
        id: caseId,
        reportedBy,
        account: to.account,
        transaction,
        node: { id: nodeId, parent, depth, soughtCentavos },
        ...about,
      });
    }
    if (state === "empty") return;
    const details = { amountCentavos: Number(held), bank: reportedBy };
    await notify(tx, { kind: "return-held", subject: id, account, details });
  });
}

/**
 * What was blocked of later money is told. When the time to decide is over, the hold stays, and the
 * auditors are told of it.
 */
async function attend(bank: Bank, row: HoldRow): Promise<void> {
  await withTransaction(bank.pools.recovery, async (tx) => {
    const now = await lockHold(tx, row.id);
    if (now?.state !== "held") return;
    await tellHeldMore(tx, bank.id, now);
    await tx.query(
      `UPDATE pix_return_hold SET wake_at = CASE WHEN decide_by > now() THEN decide_by END
        WHERE id = $1`,
      [row.id],
    );
    if (!now.isOverdue) return;
    const details = { amountCentavos: Number(row.held), bank: row.reportedBy };
    await notify(tx, { kind: "return-overdue", subject: row.id, account: row.account, details });
  });
}

/** From the account to the bank's own for special returns, which cannot fail, and from there back. */
async function giveBack(bank: Bank, row: HoldRow): Promise<void> {
  await resolveHold(bank, row);
  const { id, about, held, attempt, decidedBy, returnId } = row;
  if (decidedBy === null) throw new Error(`special return ${id} was decided by nobody`);
  // An auditor decided on what a teller of another bank reported: that is two persons.
  const ctx: StaffContext = {
    bank,
    actor: decidedBy,
    correlationId: `return-${id}`,
    approval: { id },
  };
  const amountCentavos = Number(held);
  const { endToEndId, reason } = about;
  const { state, transaction } = await createTransfer(
    ctx,
    {
      idempotencyKey: `${id}:${attempt}`,
      waitMs: WAIT_MS,
      from: [{ bank: bank.id, account: SPECIAL_RETURNS, amountCentavos }],
      to: [{ ...about.victim, amountCentavos }],
      purpose: `Devolução especial ${reason} ${endToEndId}`,
    },
    {
      scope: RETURNS,
      asked: { operation: "pix.returns.pay", request: { id, attempt } },
      ...(returnId === null ? {} : { pixReturn: { returnId, endToEndId, reason } }),
    },
  ).then(
    (transfer) => ({ state: transfer.state, transaction: transfer.id }),
    (error: unknown) => {
      if (error instanceof RefusalError) return { state: "aborted" as const, transaction: null };
      throw error;
    },
  );
  if (state === "committed") return end(bank, row, { state: "returned", transaction });
  await bank.pools.recovery.query(
    `UPDATE pix_return_hold SET attempt = attempt + $2,
            wake_at = now() + $3 * interval '1 millisecond'
      WHERE id = $1 AND state = 'accepted' AND attempt = $4`,
    [id, state === "aborted" ? 1 : 0, AGAIN_MS, attempt],
  );
}

type Ending =
  | { readonly state: "rejected" }
  | { readonly state: "returned"; readonly transaction: string | null };

async function end(bank: Bank, row: HoldRow, ending: Ending): Promise<void> {
  const { state } = ending;
  await withTransaction(bank.pools.recovery, async (tx) => {
    const now = await lockHold(tx, row.id);
    if (now?.state !== row.state) return;
    await tx.query("UPDATE pix_return_hold SET state = $2, wake_at = NULL WHERE id = $1", [
      row.id,
      state,
    ]);
    // That it was rejected was told when it was decided.
    if (ending.state === "rejected") return;
    const { text, values } = finishedRefund(row.id, "DEVOLVIDO", Date.now());
    await tx.query(text, values);
    await tx.query("UPDATE pix_refund SET transaction_id = $2 WHERE transaction_id = $1", [
      row.id,
      ending.transaction,
    ]);
    const { id: node, caseId: id, reportedBy } = row;
    await sendLetter(tx, reportedBy, { kind: "return-decided", id, node, state: "returned" });
  });
}
