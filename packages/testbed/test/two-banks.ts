import { createBankDatabase, type TestBankDatabase } from "@pacto/bank-node/test-database";
import { withClient } from "../src/postgres/bank-database.ts";
import type { BooksAddress } from "../src/laws/index.ts";

/** The transaction in the two banks' books: azul paid 20.00 to verde, and verde coordinated. */
export const TRANSACTION = "0193a0b0-0000-7000-8000-000000000001";

export interface TwoBanks {
  readonly databases: readonly BooksAddress[];
  /** Changes one bank's books behind all its guards, as an intruder or a bug would. */
  tamper(bank: "azul" | "verde", sql: string): Promise<void>;
  drop(): Promise<void>;
}

const DESCRIPTOR = {
  id: TRANSACTION,
  coordinator: "verde",
  branches: [branch("azul", "00001-9", "debit"), branch("verde", "00002-7", "credit")],
};

function branch(bank: string, account: string, direction: "debit" | "credit") {
  return { bank, work: { kind: "money", legs: [{ account, direction, amountCentavos: 2_000 }] } };
}

const RECORD = JSON.stringify({ hash: "h", descriptor: DESCRIPTOR });

/** Books of one bank: 100.00 deposited on one account, and its share of the transaction. */
function booksSql(bank: string, number: string, sign: -1 | 1): string {
  const role = sign === -1 ? "branch" : "global_transaction";
  const moved = 2_000 * sign;
  const [opening, transfer] = [`${number}0001`, `${number}0002`].map(
    (text) => `0193a0b0-0000-7000-8000-${text.replaceAll(/\D/g, "").padStart(12, "0")}`,
  );
  const [customer, clearing] = sign === -1 ? ["debit", "credit"] : ["credit", "debit"];
  return `
    INSERT INTO bank_state (bank) VALUES ('${bank}');
    INSERT INTO account (id, kind, agency, number, normal_side, floor, ceiling, ledger, version)
    VALUES (1, 'cash', '0001', 'cash', 'debit', NULL, 0, -10000, 1),
           (2, 'clearing', '0001', 'clearing', 'credit', NULL, NULL, ${-moved}, 1),
           (3, 'checking', '0001', '${number}', 'credit', 0, 50000, ${10_000 + moved}, 2);
    INSERT INTO posting (id, kind, description, actor) VALUES ('${opening}', 'deposit', '', 'demo');
    INSERT INTO entry VALUES (1, 1, '${opening}', -10000, -10000), (3, 1, '${opening}', 10000, 10000);
    INSERT INTO idempotency_record (scope, key, operation, request, result)
    VALUES ('demo', 'key-${bank}', 'cash.deposit', '{}',
            '{"ok": true, "value": {"postingId": "${opening}"}}');
    ${
      role === "branch"
        ? `INSERT INTO branch (transaction_id, coordinator, state, record, decided_at)
           VALUES ('${TRANSACTION}', 'verde', 'committed', '${RECORD}', now());`
        : `INSERT INTO global_transaction
                  (id, purpose, state, settled, record, created_by, decided_at)
           VALUES ('${TRANSACTION}', '', 'committed', true, '${RECORD}', 'demo', now());`
    }
    INSERT INTO posting (id, kind, description, actor, transaction_id)
    VALUES ('${transfer}', 'transfer', '', 'demo', '${TRANSACTION}');
    INSERT INTO entry VALUES (2, 1, '${transfer}', ${-moved}, ${-moved}),
                             (3, 2, '${transfer}', ${moved}, ${10_000 + moved});
    INSERT INTO hold (transaction_id, account_id, direction, amount, status, resolved_at)
    VALUES ('${TRANSACTION}', 3, '${customer}', 2000, 'captured', now()),
           ('${TRANSACTION}', 2, '${clearing}', 2000, 'captured', now());`;
}

/** Two banks whose books keep every law. */
export async function twoBanks(): Promise<TwoBanks> {
  const azul = await bankWith(booksSql("azul", "00001-9", -1));
  const verde = await bankWith(booksSql("verde", "00002-7", 1));
  const urls = { azul: azul.superuserUrl, verde: verde.superuserUrl };
  return {
    databases: Object.entries(urls).map(([bank, url]) => ({ bank, url })),
    tamper: (bank, sql) => run(urls[bank], sql),
    async drop() {
      await azul.drop();
      await verde.drop();
    },
  };
}

async function bankWith(sql: string): Promise<TestBankDatabase> {
  const database = await createBankDatabase();
  await run(database.superuserUrl, sql);
  return database;
}

function run(url: string, sql: string): Promise<void> {
  return withClient(url, async (client) => {
    // Triggers and foreign keys rest; check constraints are dropped by the test that needs it.
    await client.query("SET session_replication_role = replica");
    await client.query(sql);
  });
}
