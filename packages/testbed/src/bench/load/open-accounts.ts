import { randomUUID } from "node:crypto";
import { accountNumberFor } from "@pacto/banking";
import { z } from "zod";
import type { TokenSource } from "../../consortium/staff-tokens.ts";
import { withClient } from "../../postgres/bank-database.ts";
import { openWire } from "./wire.ts";
import { single } from "./requests.ts";

const clientAnswer = z.object({
  result: z.object({ data: z.object({ client: z.object({ id: z.uuid() }) }) }),
});

const FUNDS_CENTAVOS = 1_000_000_000;
const FIRST_NUMBER = 50_000_001;
const CHUNK = 20_000;

// As the engine would have written them: an opening posting each, from the vault, versions gapless.
const OPEN = `
  WITH cash AS (SELECT id, ledger, version FROM account WHERE number = 'cash'),
  opened AS (
    INSERT INTO account (kind, agency, number, normal_side, floor, ledger, version)
    SELECT 'savings', '0001', number, 'credit', 0, $3, 1 FROM unnest($1::text[]) AS number
    RETURNING id),
  held AS (
    INSERT INTO account_holder (account_id, client_id, position)
    SELECT id, $2::uuid, 1 FROM opened),
  planned AS (
    SELECT id, gen_random_uuid() AS posting, row_number() OVER (ORDER BY id) AS nth FROM opened),
  posted AS (
    INSERT INTO posting (id, kind, description, actor)
    SELECT posting, 'opening', '', 'bench' FROM planned RETURNING 1),
  entered AS (
    INSERT INTO entry (account_id, version, posting_id, amount, balance_after)
    SELECT id, 1, posting, $3, $3 FROM planned
    UNION ALL
    SELECT cash.id, cash.version + nth, posting, -$3::bigint, cash.ledger - nth * $3
      FROM planned CROSS JOIN cash
    RETURNING 1)
  UPDATE account SET ledger = account.ledger - $3 * (SELECT count(*) FROM planned),
                     version = account.version + (SELECT count(*) FROM planned)
   WHERE number = 'cash'`;

/** One client with that many savings accounts of R$ 10 million each; returns their numbers. */
export async function openAccounts(
  bank: { readonly url: string; readonly token: TokenSource; readonly migrationUrl: string },
  count: number,
): Promise<readonly string[]> {
  const wire = openWire({ ...bank, connections: 1 });
  const input = { idempotencyKey: randomUUID(), name: "Bench", taxId: "39053344705" };
  const answer = await wire.send(single({ path: "clients.create", input }));
  await wire.close();
  const { client } = clientAnswer.parse(JSON.parse(answer)).result.data;
  const numbers = Array.from({ length: count }, (_, at) =>
    accountNumberFor(BigInt(FIRST_NUMBER + at)),
  );
  await withClient(bank.migrationUrl, async (database) => {
    for (let at = 0; at < count; at += CHUNK) {
      await database.query(OPEN, [numbers.slice(at, at + CHUNK), client.id, FUNDS_CENTAVOS]);
    }
    await database.query("ANALYZE account");
  });
  return numbers;
}
