import type { Descriptor } from "@pacto/atomic-commit";
import type { PixReturnNode, Work } from "@pacto/contract";
import type { Tx } from "../../database/transaction.ts";
import { newId } from "../../new-id.ts";
import type { HoldRow } from "./returns.ts";

/** Payments of one account that are looked at, and accounts that one look leads on to. */
const PAYMENTS_MAX = 100;
const NEXT_MAX = 32;

export interface NextAccount {
  readonly node: PixReturnNode;
  readonly transaction: string;
}

interface Outflow {
  readonly transactionId: string;
  readonly amount: bigint;
  readonly descriptor: Descriptor<Work> | null;
}

const OUTFLOWS = `WITH came AS (
    SELECT e.version, e.account_id FROM entry e JOIN posting p ON p.id = e.posting_id
      JOIN account a ON a.id = e.account_id
     WHERE a.number = $1 AND p.transaction_id = $2 AND e.amount > 0 LIMIT 1
  )
  SELECT p.transaction_id AS "transactionId", -e.amount AS amount,
         coalesce(g.record, b.record) -> 'descriptor' AS descriptor
    FROM came JOIN entry e ON e.account_id = came.account_id AND e.version > came.version
    JOIN posting p ON p.id = e.posting_id
    LEFT JOIN global_transaction g ON g.id = p.transaction_id
    LEFT JOIN branch b ON b.transaction_id = p.transaction_id
   WHERE e.amount < 0 AND p.transaction_id IS NOT NULL
   ORDER BY e.version LIMIT ${PAYMENTS_MAX}`;

/** Centavos that this transaction brought to the account: nothing more of it can be sought. */
export async function amountThatCame(tx: Tx, account: string, id: string): Promise<bigint> {
  const { rows } = await tx.query<{ amount: bigint | null }>(
    `SELECT sum(e.amount)::bigint AS amount FROM entry e JOIN posting p ON p.id = e.posting_id
       JOIN account a ON a.id = e.account_id
      WHERE a.number = $1 AND p.transaction_id = $2 AND e.amount > 0`,
    [account, id],
  );
  return rows[0]?.amount ?? 0n;
}

/**
 * The accounts to which money went on that was not left, in the order in which it went, up to the
 * amount that is missing. Cash ends the trail.
 */
export async function followMoney(
  tx: Tx,
  { node, account, transactionId }: HoldRow,
  missing: bigint,
): Promise<NextAccount[]> {
  const { rows } = await tx.query<Outflow>(OUTFLOWS, [account, transactionId]);
  const next: NextAccount[] = [];
  let left = missing;
  for (const { transactionId: transaction, amount, descriptor } of rows) {
    if (left <= 0n || next.length >= NEXT_MAX) break;
    let share = amount < left ? amount : left;
    for (const to of creditsOf(descriptor)) {
      const sought = to.amount < share ? to.amount : share;
      if (sought <= 0n || next.length >= NEXT_MAX) break;
      share -= sought;
      left -= sought;
      next.push({
        transaction,
        node: {
          id: newId(),
          parent: node.id,
          depth: node.depth + 1,
          bank: to.bank,
          account: to.account,
          soughtCentavos: Number(sought),
          heldCentavos: 0,
          state: "asked",
          decideBy: null,
        },
      });
    }
  }
  return next;
}

function creditsOf(descriptor: Descriptor<Work> | null) {
  return (descriptor?.branches ?? []).flatMap(({ bank, work }) =>
    work.legs
      .filter(({ direction }) => direction === "credit")
      .map(({ account, amountCentavos }) => ({ bank, account, amount: BigInt(amountCentavos) })),
  );
}
