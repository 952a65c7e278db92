import type { AuditFault } from "@pacto/contract";
import type { Bank } from "../../context.ts";
import { withTransaction } from "../../database/transaction.ts";
import { auditedNode, writeAudit } from "../audited.ts";

/** What is wrong with a bank's history, as one bank found it. */
export type AuditAlarmCode =
  /** Rows are not what was sealed. */
  | "rows-changed"
  /** Two heads of one number, both signed by the bank. */
  | "fork"
  /** Blocks that the bank had signed are gone, and no restore explains it. */
  | "history-lost"
  /** A head that does not follow the one before it, or is not signed by its bank. */
  | "bad-head";

export interface AuditAlarm {
  /** Whose history it is. */
  readonly bank: string;
  readonly code: AuditAlarmCode;
  /** The block at fault. */
  readonly number: number;
  readonly faults: readonly AuditFault[];
  /** What proves it. */
  readonly evidence: object;
}

/** Keeps an alarm with its evidence, in the audit too, and tells of it; each one once. */
export async function raiseAlarm(bank: Bank, alarm: AuditAlarm): Promise<void> {
  const rows = alarm.faults.map(({ row, what }) => `${row} ${what}`).join(", ");
  const isNew = await withTransaction(bank.pools.recovery, async (tx) => {
    const { rowCount } = await tx.query(
      `INSERT INTO audit_alarm (bank, code, number, rows, evidence) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT DO NOTHING`,
      [alarm.bank, alarm.code, alarm.number, rows, JSON.stringify(alarm.evidence)],
    );
    if (rowCount === 0) return false;
    await writeAudit(tx, {
      ...auditedNode(bank.id),
      action: `audit.alarm.${alarm.code}`,
      subject: alarm.bank,
      transactionId: null,
      details: { block: alarm.number, rows },
    });
    return true;
  });
  if (isNew) bank.audit.onAlarm(alarm);
}
