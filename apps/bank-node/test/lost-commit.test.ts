import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import {
  balanceOf,
  newKey,
  openAccountWith,
  refusalOf,
  startBanks,
  type BankInProcess,
  type BanksInProcess,
} from "./banks-in-process.ts";
import { openBreakableConnection, type BreakableConnection } from "./breakable-connection.ts";

let connection: BreakableConnection;
let banks: BanksInProcess;
let azul: BankInProcess;
let verde: BankInProcess;
beforeAll(async () => {
  connection = await openBreakableConnection(inject("postgresUrl"));
  banks = await startBanks(["azul", "verde"], {
    databaseUrl: (bank, url) => (bank === "azul" ? connection.url(url) : url),
  });
  azul = banks.bank("azul");
  verde = banks.bank("verde");
});
afterAll(async () => {
  await banks.stop();
  await connection.close();
});

function deposit(number: string, amountCentavos: number, idempotencyKey = newKey()) {
  return azul.staff.cash.deposit({ idempotencyKey, number, amountCentavos });
}

async function entriesOf(bank: BankInProcess, number: string): Promise<number[]> {
  const { entries } = await bank.staff.accounts.statement({ number });
  return entries.map((entry) => entry.amountCentavos);
}

/** A connection lost at COMMIT means "unknown": the outcome is read again by its key (P7). */
describe("a connection that breaks at COMMIT", () => {
  it.each(["before-commit", "after-commit"] as const)(
    "is answered with the true outcome, done once (%s)",
    async (moment) => {
      const account = await openAccountWith(azul, 0);
      const { retries } = azul.node.bank.engine.counters;
      const broken = connection.breakAt(moment);
      const answers = Promise.all([
        deposit(account, 100),
        deposit(account, 20),
        refusalOf(
          azul.staff.cash.withdraw({
            idempotencyKey: newKey(),
            number: account,
            amountCentavos: 9_999,
          }),
        ),
      ]);
      await broken;
      const [, , refusal] = await answers;
      expect(refusal.code).toBe("insufficient-funds");
      expect(azul.node.bank.engine.counters.retries).toBeGreaterThan(retries);
      expect(await entriesOf(azul, account)).toEqual([20, 100]);
    },
  );

  it.each(["before-commit", "after-commit"] as const)(
    "neither loses nor doubles a transfer between banks (%s)",
    async (moment) => {
      const [from, to] = [await openAccountWith(azul, 1_000), await openAccountWith(verde, 0)];
      const broken = connection.breakAt(moment);
      const { transfer } = await azul.staff.transfers.create({
        idempotencyKey: newKey(),
        from: [{ bank: "azul", account: from, amountCentavos: 300 }],
        to: [{ bank: "verde", account: to, amountCentavos: 300 }],
      });
      await broken;
      expect(transfer.state).toBe("committed");
      await expect.poll(() => balanceOf(verde, to)).toBe(300);
      expect(await entriesOf(azul, from)).toEqual([-300, 1_000]);
      expect(await entriesOf(verde, to)).toEqual([300]);
    },
  );

  it("is how a terminated backend looks, too", async () => {
    const account = await openAccountWith(azul, 0);
    await azul.sql(`
      CREATE SEQUENCE commits;
      GRANT USAGE ON SEQUENCE commits TO PUBLIC;
      CREATE FUNCTION end_session() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
      BEGIN
        IF nextval('commits') <= 2 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
        RETURN NULL;
      END $$;
      CREATE CONSTRAINT TRIGGER end_session AFTER INSERT ON posting
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION end_session();`);
    expect((await deposit(account, 50)).balanceAfterCentavos).toBe(50);
    expect(await entriesOf(azul, account)).toEqual([50]);
  });

  it.each([
    ["before-commit", "390.533.447-05"],
    ["after-commit", "529.982.247-25"],
  ] as const)("creates a client once (%s)", async (moment, taxId) => {
    const request = { idempotencyKey: newKey(), name: "Dora", taxId };
    const broken = connection.breakAt(moment);
    const [{ client }] = await Promise.all([azul.staff.clients.create(request), broken]);
    expect((await azul.staff.clients.create(request)).client).toEqual(client);
    expect((await azul.staff.clients.list({ search: taxId })).clients).toHaveLength(1);
  });
});

describe("two writers who wait for each other", () => {
  it("are told apart by PostgreSQL, and the engine's batch is tried again", async () => {
    const account = await openAccountWith(verde, 0);
    const name = new URL(verde.database.superuserUrl).pathname.slice(1);
    // Before the engine's own bound on waiting for a lock (500 ms): a true deadlock, 40P01.
    await verde.sql(`ALTER DATABASE ${name} SET deadlock_timeout = '300ms'`);
    const second = await banks.replica("verde");
    const other = new pg.Client({ connectionString: verde.database.superuserUrl });
    await other.connect();
    await other.query("SET deadlock_timeout = '60s'");
    await other.query("BEGIN");
    await other.query("SELECT FROM account WHERE number = $1 FOR UPDATE", [account]);
    const request = { idempotencyKey: newKey(), number: account, amountCentavos: 70 };
    const deposited = second.staff.cash.deposit(request);
    const waiting = `SELECT FROM pg_stat_activity
                      WHERE wait_event_type = 'Lock' AND datname = current_database()`;
    await expect.poll(async () => (await verde.sql(waiting)).length, { interval: 10 }).toBe(1);
    await other.query("SELECT FROM account WHERE number = 'cash' FOR UPDATE");
    await other.query("COMMIT");
    await other.end();
    expect((await deposited).balanceAfterCentavos).toBe(70);
    expect(second.node.bank.engine.counters.retries).toBeGreaterThan(0);
    // A session tells its counts at the end of a transaction, at most once a second.
    async function deadlocks() {
      await second.staff.cash.deposit({ ...request, idempotencyKey: newKey() });
      const [row] = await verde.sql<{ count: string }>(
        "SELECT deadlocks AS count FROM pg_stat_database WHERE datname = current_database()",
      );
      return Number(row?.count);
    }
    await expect.poll(deadlocks, { timeout: 10_000 }).toBeGreaterThan(0);
  });
});

describe("a database that is down", () => {
  it("is told as such, in reads and in changes: nothing was done", async () => {
    const account = await openAccountWith(azul, 0);
    const key = newKey();
    await connection.close();
    expect((await refusalOf(azul.staff.accounts.get({ number: account }))).code).toBe(
      "bank-unreachable",
    );
    expect((await refusalOf(deposit(account, 10, key))).code).toBe("bank-unreachable");
    expect(banks.takeErrors().length).toBeGreaterThan(0);
    const [row] = await azul.sql<{ count: string }>(
      "SELECT count(*) FROM idempotency_record WHERE key = $1",
      [key],
    );
    expect(row?.count).toBe("0");
  });
});
