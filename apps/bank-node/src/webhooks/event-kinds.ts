import type { Bank } from "../context.ts";

export interface EventRow {
  readonly sequence: bigint;
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly data: unknown;
  readonly at: Date;
}

/** What an event says beside its type and time. */
type Describe = (bank: Bank, event: EventRow) => Promise<unknown>;

interface PostingRow {
  readonly kind: string;
  readonly description: string;
  readonly transactionId: string | null;
  readonly entries: readonly {
    readonly account: string;
    readonly version: number;
    readonly amountCentavos: number;
    readonly balanceAfterCentavos: number;
  }[];
}

/** Customers' entries of a posting; the bank's own accounts are nobody else's business. */
async function describePosting(bank: Bank, { subject }: EventRow): Promise<unknown> {
  const { rows } = await bank.pools.recovery.query<PostingRow>(
    `SELECT p.kind, p.description, p.transaction_id AS "transactionId",
            coalesce((SELECT jsonb_agg(jsonb_build_object(
                        'account', a.number, 'version', e.version, 'amountCentavos', e.amount,
                        'balanceAfterCentavos', e.balance_after) ORDER BY a.id)
                        FROM entry e JOIN account a ON a.id = e.account_id
                       WHERE e.posting_id = p.id
                         AND EXISTS (SELECT FROM account_holder h WHERE h.account_id = a.id)),
                     '[]') AS entries
       FROM posting p WHERE p.id = $1`,
    [subject],
  );
  return { postingId: subject, ...rows[0] };
}

/**
 * How the events of a family (the part before the dot) tell what happened. Another feature adds a
 * line here, and writes rows into `bank_event` in the transaction of what it tells; without a line
 * the row's own `data` is told.
 */
const families: Readonly<Record<string, Describe>> = {
  posting: describePosting,
};

/** The event as it is sent: the same bytes whenever it is sent again. */
export async function bodyOf(bank: Bank, event: EventRow): Promise<string> {
  const describe = families[event.type.split(".")[0] ?? ""];
  const data = describe === undefined ? event.data : await describe(bank, event);
  return JSON.stringify({
    id: event.id,
    type: event.type,
    bank: bank.id,
    sequence: Number(event.sequence),
    at: event.at.toISOString(),
    data,
  });
}

/** `posting.deposit` fits itself, `posting.*` and `*`. */
export function fits(patterns: readonly string[], type: string): boolean {
  return patterns.some(
    (pattern) =>
      pattern === "*" ||
      pattern === type ||
      (pattern.endsWith(".*") && type.startsWith(pattern.slice(0, -1))),
  );
}
