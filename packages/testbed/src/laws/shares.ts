import type { Books } from "./books.ts";
import { LAWFUL_STATE } from "./state-here.ts";

/** What a global transaction's descriptor says of one bank. */
export interface PlannedBranch {
  readonly bank: string;
  /** What its clearing account receives (credit-positive): customers' debits less credits. */
  readonly clearing: bigint;
}

/** One bank's share of one global transaction, as its snapshot shows it. */
export interface Share {
  readonly bank: string;
  readonly role: "coordinator" | "participant" | "none";
  readonly coordinator: string | null;
  readonly state: "preparing" | "proposed" | "prepared" | "committed" | "aborted" | null;
  readonly settled: boolean;
  readonly hash: string | null;
  /** Empty on a tombstone, which knows no descriptor. */
  readonly plan: readonly PlannedBranch[];
  /** Entries of this transaction on the clearing account. */
  readonly applied: bigint;
  /** Open holds of this transaction on the clearing account. */
  readonly promised: bigint;
}

export interface KnownTransaction {
  readonly id: string;
  /** One for each bank that knows the transaction. */
  readonly shares: readonly Share[];
}

interface ShareRow extends Omit<Share, "bank" | "plan" | "coordinator"> {
  readonly id: string;
  readonly coordinator: string | null;
  readonly branches: readonly DescriptorBranch[] | null;
}

interface DescriptorBranch {
  readonly bank: string;
  readonly work: {
    readonly legs: readonly {
      readonly direction: "debit" | "credit";
      readonly amountCentavos: number;
    }[];
  };
}

// FULL JOINs: money posted for a transaction that the bank does not know must show too.
const SHARES = `
  WITH known AS (
    SELECT id, 'coordinator' AS role, NULL AS coordinator, ${LAWFUL_STATE} AS state, settled, record
      FROM global_transaction
    UNION ALL
    SELECT transaction_id, 'participant', coordinator, ${LAWFUL_STATE}, true, record FROM branch),
  applied AS (
    SELECT p.transaction_id AS id, sum(e.amount) AS amount
      FROM entry e JOIN account a ON a.id = e.account_id JOIN posting p ON p.id = e.posting_id
     WHERE a.kind = 'clearing' AND p.transaction_id IS NOT NULL
     GROUP BY p.transaction_id),
  promised AS (
    SELECT h.transaction_id AS id,
           sum(CASE h.direction WHEN 'credit' THEN h.amount ELSE -h.amount END) AS amount
      FROM hold h JOIN account a ON a.id = h.account_id
     WHERE a.kind = 'clearing' AND h.status = 'placed'
     GROUP BY h.transaction_id)
  SELECT id, coalesce(role, 'none') AS role, coordinator, state, coalesce(settled, true) AS settled,
         record ->> 'hash' AS hash, record #> '{descriptor,branches}' AS branches,
         coalesce(applied.amount, 0) AS applied, coalesce(promised.amount, 0) AS promised
    FROM known FULL JOIN applied USING (id) FULL JOIN promised USING (id)
   ORDER BY id`;

/**
 * Every global transaction that any bank knows, in the order of their ids. It reads each bank's
 * books once and keeps one transaction in memory at a time.
 */
export async function* knownTransactions(
  banks: readonly Books[],
): AsyncGenerator<KnownTransaction> {
  const heads: Head[] = [];
  for (const books of banks) {
    const rows = books.stream<ShareRow>(SHARES);
    const first = await rows.next();
    if (!first.done) heads.push({ bank: books.bank, rows, row: first.value });
  }
  for (;;) {
    const [id] = heads.map(({ row }) => row.id).toSorted();
    if (id === undefined) return;
    const shares: Share[] = [];
    for (const head of heads.filter(({ row }) => row.id === id)) {
      shares.push(shareOf(head.bank, head.row));
      await advance(heads, head);
    }
    yield { id, shares };
  }
}

interface Head {
  readonly bank: string;
  readonly rows: AsyncGenerator<ShareRow>;
  row: ShareRow;
}

/** A bank may know a transaction in two rows, which is a broken law of its own (I7). */
async function advance(heads: Head[], head: Head): Promise<void> {
  const next = await head.rows.next();
  if (next.done) heads.splice(heads.indexOf(head), 1);
  else head.row = next.value;
}

function shareOf(bank: string, row: ShareRow): Share {
  const { id: _, branches, ...share } = row;
  return {
    ...share,
    bank,
    coordinator: row.role === "coordinator" ? bank : row.coordinator,
    plan: (branches ?? []).map(planned),
  };
}

function planned(branch: DescriptorBranch): PlannedBranch {
  let clearing = 0n;
  for (const { direction, amountCentavos } of branch.work.legs) {
    clearing += direction === "debit" ? BigInt(amountCentavos) : -BigInt(amountCentavos);
  }
  return { bank: branch.bank, clearing };
}
