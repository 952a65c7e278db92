import { withClient } from "../postgres/bank-database.ts";
import type { BankFacts, EntryFact } from "./check-journals.ts";
import type { World } from "./world.ts";

/** What the journals are held against, from every bank's database. */
export function readFacts(world: World): Promise<BankFacts[]> {
  return Promise.all(world.banks.map((bank) => readBank(bank, world.booksOf(bank))));
}

function readBank(bank: string, url: string): Promise<BankFacts> {
  return withClient(url, async (client) => {
    const keys = await client.query<{ key: string; operation: string; result: unknown }>(
      "SELECT key, operation, result FROM idempotency_record",
    );
    const transactions = await client.query<{ id: string; state: string }>(
      `SELECT id::text, state FROM global_transaction
       UNION ALL SELECT transaction_id::text, state FROM branch`,
    );
    const balances = await client.query<{ number: string; ledger: string }>(
      "SELECT number, ledger::text FROM account",
    );
    const entries = await client.query<{ number: string } & EntryFact>(
      `SELECT a.number, e.version::int, e.balance_after::float8 AS "balanceCentavos",
              p.id::text AS posting, p.transaction_id::text AS transaction
         FROM entry e JOIN account a ON a.id = e.account_id JOIN posting p ON p.id = e.posting_id
        WHERE a.kind IN ('checking', 'savings', 'business', 'joint') ORDER BY a.id, e.version`,
    );
    const byAccount = new Map<string, EntryFact[]>();
    for (const { number, ...entry } of entries.rows) {
      const list = byAccount.get(number) ?? [];
      byAccount.set(number, list);
      list.push(entry);
    }
    return {
      bank,
      keys: new Map(keys.rows.map(({ key, ...rest }) => [key, rest])),
      transactions: new Map(transactions.rows.map(({ id, state }) => [id, state])),
      balances: new Map(balances.rows.map(({ number, ledger }) => [number, BigInt(ledger)])),
      postings: new Set(entries.rows.map(({ posting }) => posting)),
      entries: byAccount,
    };
  });
}
