import type { PixReturnHoldView, PixReturnNode, PixReturnView } from "@pacto/contract";
import type { Tx } from "../../database/transaction.ts";
import type { StaffActor } from "../../staff/actor.ts";

export type ReturnNodeWish = Pick<PixReturnNode, "id" | "parent" | "depth" | "soughtCentavos">;

/** What is told to every bank that the money reached. */
export interface ReturnAbout {
  readonly endToEndId: string;
  readonly reason: PixReturnView["reason"];
  readonly description: string;
  readonly victim: { readonly bank: string; readonly account: string };
}

export interface HoldRow {
  readonly id: string;
  readonly caseId: string;
  readonly reportedBy: string;
  readonly node: ReturnNodeWish;
  readonly account: string;
  readonly transactionId: string;
  readonly about: ReturnAbout;
  readonly sought: bigint;
  readonly held: bigint;
  /** Looked for at this account still, while it is watched. */
  readonly missing: bigint;
  readonly watchUntil: Date | null;
  readonly isWatched: boolean;
  /** Of what is held, what the bank of the case was told. */
  readonly told: bigint;
  readonly state: PixReturnHoldView["state"] | "asked";
  readonly returnId: string | null;
  readonly holdState: "prepared" | "committed" | "aborted" | null;
  readonly decideBy: Date | null;
  readonly decidedBy: StaffActor | null;
  readonly note: string | null;
  readonly attempt: number;
  readonly createdAt: Date;
  readonly isOverdue: boolean;
}

export const SELECT_HOLD = `SELECT id, case_id AS "caseId", reported_by AS "reportedBy", node,
  account, transaction_id AS "transactionId", about, sought, held, state,
  missing, watch_until AS "watchUntil", told,
  (missing > 0 AND state IN ('held', 'empty') AND watch_until > now()) AS "isWatched",
  return_id AS "returnId", hold_state AS "holdState", decide_by AS "decideBy", decided_by AS "decidedBy", note, attempt,
  created_at AS "createdAt", (state = 'held' AND decide_by <= now()) AS "isOverdue"
  FROM pix_return_hold`;

export async function lockHold(tx: Tx, id: string): Promise<HoldRow | undefined> {
  const { rows } = await tx.query<HoldRow>(`${SELECT_HOLD} WHERE id = $1 FOR UPDATE`, [id]);
  return rows[0];
}

interface NewHold {
  readonly caseId: string;
  readonly reportedBy: string;
  readonly node: ReturnNodeWish;
  readonly account: string;
  /** The global transaction by which the money came. */
  readonly transaction: string;
  readonly about: ReturnAbout;
  readonly returnId: string;
}

/** Takes down that money of a case came to an account here; the bank then sees what is left. */
export async function insertHold(tx: Tx, one: NewHold): Promise<void> {
  await tx.query(
    `INSERT INTO pix_return_hold (id, case_id, reported_by, node, account, transaction_id, about,
                                  sought, return_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
    [
      ...[one.node.id, one.caseId, one.reportedBy, JSON.stringify(one.node), one.account],
      ...[one.transaction, JSON.stringify(one.about), one.node.soughtCentavos],
      one.returnId,
    ],
  );
}

export function viewHold(row: HoldRow): PixReturnHoldView {
  const { id, caseId, reportedBy, account, isOverdue, note, returnId } = row;
  const { endToEndId, reason, description } = row.about;
  return {
    id,
    caseId,
    reportedBy,
    account,
    endToEndId,
    reason,
    description,
    isOverdue,
    note,
    returnId,
    soughtCentavos: Number(row.sought),
    heldCentavos: Number(row.held),
    stillSoughtCentavos: row.isWatched ? Number(row.missing) : 0,
    watchUntil: (row.isWatched ? row.watchUntil : null)?.toISOString() ?? null,
    // Nothing is known of what was only just asked.
    state: row.state === "asked" ? "empty" : row.state,
    decideBy: row.decideBy?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}

/** Adds what a bank said of an account, or replaces what it said before. */
export async function saveNode(tx: Tx, caseId: string, node: PixReturnNode): Promise<void> {
  await tx.query(
    `INSERT INTO pix_return_node AS old (id, case_id, bank, node) VALUES ($1, $2, $3, $4)
     ON CONFLICT (id) DO UPDATE SET node = excluded.node
       WHERE old.case_id = excluded.case_id AND old.bank = excluded.bank`,
    [node.id, caseId, node.bank, JSON.stringify(node)],
  );
}
