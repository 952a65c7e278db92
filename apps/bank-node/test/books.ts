import { expect, vi } from "vitest";
import type { BankInProcess } from "./banks-in-process.ts";

interface Books {
  readonly unbalancedPostings: string;
  readonly wrongBalances: string;
  readonly versionGaps: string;
  readonly postedTwice: string;
  readonly openHolds: string;
  readonly promised: string;
  readonly clearing: string;
  readonly open: string;
}

// Everything that a bank at rest can be asked about its own books, from the entries themselves.
const QUESTIONS = `
  SELECT
    (SELECT count(*) FROM (SELECT FROM entry GROUP BY posting_id HAVING sum(amount) <> 0) p)
      AS "unbalancedPostings",
    (SELECT count(*) FROM account a
      WHERE ledger <> coalesce((SELECT sum(amount) FROM entry WHERE account_id = a.id), 0)
         OR ledger <> coalesce((SELECT balance_after FROM entry
                                 WHERE account_id = a.id AND version = a.version), 0))
      AS "wrongBalances",
    (SELECT count(*) FROM account a
      WHERE version <> (SELECT count(*) FROM entry WHERE account_id = a.id)
         OR version <> coalesce((SELECT max(version) FROM entry WHERE account_id = a.id), 0))
      AS "versionGaps",
    (SELECT count(*) FROM (SELECT FROM posting WHERE transaction_id IS NOT NULL
                            GROUP BY transaction_id HAVING count(*) > 1) p) AS "postedTwice",
    (SELECT count(*) FROM hold WHERE status = 'placed') AS "openHolds",
    (SELECT sum(held + incoming) FROM account) AS "promised",
    (SELECT ledger FROM account WHERE kind = 'clearing') AS "clearing",
    (SELECT count(*) FROM global_transaction WHERE NOT settled)
      + (SELECT count(*) FROM branch WHERE state = 'prepared') AS "open"`;

async function booksOf(bank: BankInProcess): Promise<Books> {
  const [books] = await bank.sql<Books>(QUESTIONS);
  if (books === undefined) throw new Error("the books gave no answer");
  return books;
}

/** Waits until nothing is open at these banks, waking what sleeps, and sees that all sums hold. */
export async function expectBalancedBooks(
  banks: readonly BankInProcess[],
  timeout = 10_000,
): Promise<void> {
  async function expectNothingOpen(): Promise<void> {
    await Promise.all(banks.map((bank) => wakeAll(bank)));
    const books = await Promise.all(banks.map(booksOf));
    expect(books.map(({ open }) => open)).toEqual(banks.map(() => "0"));
  }
  await vi.waitFor(expectNothingOpen, { timeout, interval: 100 });
  const all = await Promise.all(banks.map(booksOf));
  for (const { clearing: _, ...books } of all) {
    expect(books).toEqual({
      unbalancedPostings: "0",
      wrongBalances: "0",
      versionGaps: "0",
      postedTwice: "0",
      openHolds: "0",
      promised: "0",
      open: "0",
    });
  }
  expect(all.reduce((sum, { clearing }) => sum + BigInt(clearing), 0n)).toBe(0n);
}

/** Lets time pass: everything that waits for its next attempt is due now. */
export async function wakeAll(bank: BankInProcess): Promise<void> {
  await bank.sql(
    `WITH transactions AS (
       UPDATE global_transaction SET wake_at = now() WHERE wake_at > now()
     )
     UPDATE branch SET wake_at = now() WHERE wake_at > now()`,
  );
}

/** The protocol's alarms that a bank has written down about one transaction. */
export async function alarmsOf(bank: BankInProcess, transaction: string): Promise<string[]> {
  const rows = await bank.sql<{ alarm: string }>(
    `SELECT replace(action, 'protocol.alarm.', '') || ' ' || actor AS alarm FROM audit_event
      WHERE transaction_id = $1 AND action LIKE 'protocol.alarm.%' ORDER BY id`,
    [transaction],
  );
  return rows.map(({ alarm }) => alarm);
}
