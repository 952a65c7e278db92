import type { StaffContext } from "../context.ts";
import { listHeuristicRequests } from "./heuristic.ts";
import { readReceipt } from "./receipt.ts";

const ALARMS_MAX = 200;

interface AlarmRow {
  readonly at: Date;
  readonly code: string;
  readonly bank: string;
}

/** The bundle behind a heuristic decision: proofs, persons, reasons, and the protocol's alarms. */
export async function readEvidence(ctx: StaffContext, id: string) {
  const [receipt, requests, { rows }] = await Promise.all([
    readReceipt(ctx, id),
    listHeuristicRequests(ctx, id),
    ctx.bank.pools.api.query<AlarmRow>(
      `SELECT at, action AS code, actor AS bank FROM audit_event
        WHERE transaction_id = $1 AND action LIKE 'protocol.alarm.%'
        ORDER BY id LIMIT ${ALARMS_MAX}`,
      [id],
    ),
  ]);
  const alarms = rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  return { receipt, requests, alarms };
}
