import { type Consortium, readDatabaseUrls, withClient } from "@pacto/testbed";

/**
 * Opens so many accounts at a bank at once, each with a client and R$ 1,00 of its own, in one
 * posting in which every law holds; by way of the interface it would take an hour.
 */
export async function fillAccounts(
  consortium: Consortium,
  bank: string,
  accounts: number,
): Promise<void> {
  const urls = await readDatabaseUrls(consortium.files.folder, bank);
  if (urls === undefined) throw new Error(`no database of ${bank}`);
  await withClient(urls.migrationUrl, (client) => client.query(FILL, [accounts]));
}

const FILL = `
  WITH numbered AS (SELECT n, uuidv7() AS client FROM generate_series(1, $1::int) AS n),
  people AS (
    INSERT INTO client (id, kind, name, tax_id)
    SELECT client, 'individual', 'Pessoa ' || n, (10000000000 + n)::text FROM numbered),
  opened AS (
    INSERT INTO account (kind, agency, number, normal_side, floor, ledger, version)
    SELECT 'checking', '0001', (500000 + n) || '-0', 'credit', 0, 100, 1 FROM numbered
    RETURNING id, number),
  held AS (
    INSERT INTO account_holder (account_id, client_id, position)
    SELECT opened.id, numbered.client, 1
      FROM opened JOIN numbered ON opened.number = (500000 + numbered.n) || '-0'),
  posted AS (
    INSERT INTO posting (id, kind, description, actor)
    VALUES (uuidv7(), 'opening', '', 'test') RETURNING id),
  paid AS (
    UPDATE account SET ledger = ledger - $1::int * 100, version = version + 1
     WHERE number = 'cash' RETURNING id, version, ledger)
  INSERT INTO entry (account_id, version, posting_id, amount, balance_after)
  SELECT opened.id, 1, posted.id, 100, 100 FROM opened CROSS JOIN posted
  UNION ALL
  SELECT paid.id, paid.version, posted.id, -$1::int * 100, paid.ledger FROM paid CROSS JOIN posted`;
