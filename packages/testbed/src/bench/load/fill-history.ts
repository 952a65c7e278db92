import { withClient } from "../../postgres/bank-database.ts";

const CENTAVOS = 100;
const CHUNK_POSTINGS = 250_000;

// Deposits as the engine would have written them: two entries each, versions gapless, balances
// after. The k-th goes to the account k modulo their number.
const FILL = `
  WITH customer AS (
    SELECT id, ledger, version, row_number() OVER (ORDER BY id) - 1 AS nth
      FROM account WHERE kind = 'savings'),
  total AS (SELECT count(*) AS accounts FROM customer),
  cash AS (SELECT id, ledger, version FROM account WHERE number = 'cash'),
  planned AS (
    SELECT k, uuidv7() AS posting, customer.id AS account, k / total.accounts + 1 AS nth,
           customer.version, customer.ledger
      FROM generate_series(0, $1::bigint - 1) AS k CROSS JOIN total
      JOIN customer ON customer.nth = k % total.accounts),
  posted AS (
    INSERT INTO posting (id, kind, description, actor)
    SELECT posting, 'deposit', '', 'bench' FROM planned ORDER BY posting),
  entered AS (
    INSERT INTO entry (account_id, version, posting_id, amount, balance_after)
    SELECT account, version + nth, posting, $2::bigint, ledger + nth * $2 FROM planned
    UNION ALL
    SELECT cash.id, cash.version + k + 1, posting, -$2::bigint, cash.ledger - (k + 1) * $2
      FROM planned CROSS JOIN cash),
  credited AS (
    SELECT account AS id, count(*) AS entries FROM planned GROUP BY account
    UNION ALL SELECT cash.id, -$1::bigint FROM cash)
  UPDATE account
     SET ledger = account.ledger + credited.entries * $2,
         version = account.version + abs(credited.entries)
    FROM credited WHERE account.id = credited.id`;

/**
 * Adds a history of that many entries to a bank's books, in which every law holds. As superuser,
 * so that the triggers that guard each posting of the running node need not look at millions.
 */
export async function fillHistory(
  superuserUrl: string,
  entries: number,
  progress: (done: number) => void,
): Promise<void> {
  await withClient(superuserUrl, async (client) => {
    await client.query("SET session_replication_role = replica");
    const postings = Math.ceil(entries / 2);
    for (let done = 0; done < postings; done += CHUNK_POSTINGS) {
      await client.query(FILL, [Math.min(CHUNK_POSTINGS, postings - done), CENTAVOS]);
      progress(2 * Math.min(postings, done + CHUNK_POSTINGS));
    }
    await client.query("ANALYZE entry, posting, account");
  });
}
