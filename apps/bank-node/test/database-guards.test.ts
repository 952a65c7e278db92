import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  newKey,
  openAccountWith,
  startBanks,
  type BankInProcess,
  type BanksInProcess,
} from "./banks-in-process.ts";
import { expectBalancedBooks } from "./books.ts";

/** What PostgreSQL itself refuses, were the node wrong or its credentials stolen (P3, P12). */
let banks: BanksInProcess;
let bank: BankInProcess;
let service: pg.Client;
let owner: pg.Client;
let account: string;
beforeAll(async () => {
  banks = await startBanks(["azul", "verde"]);
  bank = banks.bank("azul");
  account = await openAccountWith(bank, 1_000, { ceilingCentavos: 5_000 });
  const to = await openAccountWith(banks.bank("verde"), 0);
  await bank.staff.transfers.create({
    idempotencyKey: newKey(),
    from: [{ bank: "azul", account, amountCentavos: 100 }],
    to: [{ bank: "verde", account: to, amountCentavos: 100 }],
  });
  await expectBalancedBooks([bank, banks.bank("verde")]);
  service = new pg.Client({ connectionString: bank.database.serviceUrl });
  owner = new pg.Client({ connectionString: bank.database.migrationUrl });
  await Promise.all([service.connect(), owner.connect()]);
});
afterAll(async () => {
  await Promise.all([service.end(), owner.end()]);
  await banks.stop();
});

const FORBIDDEN = "42501";
const APPEND_ONLY = "23001";
const CHECK = "23514";

async function sqlStateOf(client: pg.Client, sql: string): Promise<string> {
  await client.query("BEGIN");
  try {
    await client.query(sql);
    return "done";
  } catch (error) {
    return (error as pg.DatabaseError).code ?? "no code";
  } finally {
    await client.query("ROLLBACK");
  }
}

const POSTING = "0193a0b0-0000-7000-8000-00000000000f";
const NEW_POSTING = `INSERT INTO posting (id, kind, description, actor)
                     VALUES ('${POSTING}', 'deposit', '', 'intruder');`;

describe("the node's own role", () => {
  it.each(["entry", "posting", "audit_event", "idempotency_record"])(
    "can neither change nor delete a row of %s",
    async (table) => {
      const rewrites = [
        `UPDATE ${table} SET ${columnOf(table)}`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table} CASCADE`,
      ];
      for (const sql of rewrites) expect(await sqlStateOf(service, sql)).toBe(FORBIDDEN);
    },
  );

  it.each(["account", "hold", "global_transaction", "branch", "register_entry", "client"])(
    "cannot delete a row of %s",
    async (table) => {
      expect(await sqlStateOf(service, `DELETE FROM ${table}`)).toBe(FORBIDDEN);
    },
  );

  it.each([
    "CREATE TABLE mine (id int)",
    "DROP TABLE entry",
    "ALTER TABLE entry DISABLE TRIGGER ALL",
    "ALTER TABLE account DROP CONSTRAINT account_above_floor",
    "SET session_replication_role = replica",
    "DROP TRIGGER entry_balanced ON entry",
  ])("changes no schema: %s", async (sql) => {
    expect(await sqlStateOf(service, sql)).toBe(FORBIDDEN);
  });
});

describe("even the owner of the schema", () => {
  it.each(["entry", "posting", "audit_event", "idempotency_record"])(
    "is stopped from rewriting %s",
    async (table) => {
      const rewrites = [`UPDATE ${table} SET ${columnOf(table)}`, `DELETE FROM ${table}`];
      for (const sql of rewrites) expect(await sqlStateOf(owner, sql)).toBe(APPEND_ONLY);
    },
  );
});

describe("the database refuses", () => {
  it.each([
    [
      "a posting whose entries do not sum to zero",
      `${NEW_POSTING} INSERT INTO entry SELECT id, version + 1, '${POSTING}', 500, ledger + 500
                        FROM account WHERE kind = 'checking'`,
    ],
    ["an entry of nothing", `${NEW_POSTING} INSERT INTO entry VALUES (1, 99, '${POSTING}', 0, 0)`],
    ["a balance below the floor", "UPDATE account SET ledger = -1 WHERE kind = 'checking'"],
    ["more on hold than there is", "UPDATE account SET held = ledger + 1 WHERE kind = 'checking'"],
    ["a balance above the ceiling", "UPDATE account SET ledger = 5001 WHERE kind = 'checking'"],
    [
      "promised credits above the ceiling",
      "UPDATE account SET incoming = 5000 WHERE kind = 'checking'",
    ],
    ["negative holds", "UPDATE account SET held = -1 WHERE kind = 'checking'"],
    ["negative promised credits", "UPDATE account SET incoming = -1 WHERE kind = 'checking'"],
    ["cash below nothing", "UPDATE account SET ledger = 1 WHERE kind = 'cash'"],
    ["a changed decision", "UPDATE global_transaction SET state = 'aborted', decided_at = now()"],
    ["a decision that is taken back", "UPDATE global_transaction SET state = 'preparing'"],
    ["a captured hold that is released", "UPDATE hold SET status = 'released'"],
    [
      "a captured hold that is opened again",
      "UPDATE hold SET status = 'placed', resolved_at = NULL",
    ],
    ["a hold of nothing", "INSERT INTO hold VALUES (gen_random_uuid(), 1, 'debit', 0)"],
  ])("%s", async (_, sql) => {
    expect(await sqlStateOf(service, sql)).toBe(CHECK);
  });

  it("two entries with one version of an account", async () => {
    const sql = `${NEW_POSTING} INSERT INTO entry
      SELECT account_id, version, '${POSTING}', amount, balance_after FROM entry`;
    expect(await sqlStateOf(service, sql)).toBe("23505");
  });

  it("a changed decision of a branch", async () => {
    const participant = new pg.Client({
      connectionString: banks.bank("verde").database.serviceUrl,
    });
    await participant.connect();
    const sql = "UPDATE branch SET state = 'aborted'";
    expect(await sqlStateOf(participant, sql)).toBe(CHECK);
    await participant.end();
  });
});

function columnOf(table: string): string {
  const columns: Record<string, string> = {
    entry: "amount = 1",
    posting: "description = 'x'",
    audit_event: "actor = 'x'",
    idempotency_record: "request = 'x'",
  };
  return columns[table] ?? "";
}
