import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { auditedNode } from "../src/audit/audited.ts";
import type { Command } from "../src/ledger/engine/command.ts";
import {
  balanceOf,
  newKey,
  openAccountWith,
  refusalOf,
  startBanks,
  type BankInProcess,
  type BanksInProcess,
} from "./banks-in-process.ts";

let banks: BanksInProcess;
let bank: BankInProcess;
beforeAll(async () => {
  banks = await startBanks(["azul"]);
  bank = banks.bank("azul");
});
afterAll(() => banks.stop());

function deposit(number: string, amountCentavos: number, idempotencyKey = newKey()) {
  return bank.staff.cash.deposit({ idempotencyKey, number, amountCentavos });
}

function withdraw(number: string, amountCentavos: number, idempotencyKey = newKey()) {
  return bank.staff.cash.withdraw({ idempotencyKey, number, amountCentavos });
}

function times<Result>(count: number, work: (at: number) => Promise<Result>): Promise<Result[]> {
  return Promise.all(Array.from({ length: count }, (_, at) => work(at)));
}

function command(more: Partial<Command<unknown>>): Command<unknown> {
  return {
    name: "test",
    priority: "begin",
    accounts: () => [],
    decide: () => undefined,
    ...more,
  };
}

describe("group commit", () => {
  it("takes as many statements for a crowd of deposits as for one", async () => {
    const account = await openAccountWith(bank, 0);
    const { counters } = bank.node.bank.engine;
    const sent = vi.spyOn(pg.Client.prototype, "query");
    async function cost(work: () => Promise<unknown>) {
      const before = { ...counters };
      sent.mockClear();
      await work();
      return {
        batches: counters.batches - before.batches,
        counted: counters.statements - before.statements,
        sent: sent.mock.calls.filter(([query]) => isEngineStatement(query)).length,
      };
    }
    const one = await cost(() => deposit(account, 100));
    const crowd = await cost(() => times(200, () => deposit(account, 100)));
    sent.mockRestore();
    // The first of the crowd waits for nobody; the rest gather while it is in flight.
    expect(one.batches).toBe(1);
    expect(crowd.batches).toBe(2);
    expect(crowd.sent).toBe(2 * one.sent);
    expect([one.counted, crowd.counted]).toEqual([one.sent, crowd.sent]);
    expect(await balanceOf(bank, account)).toBe(20_100);
  });

  it("reads no table whole, although it is planned when all are empty", async () => {
    const account = await openAccountWith(bank, 0);
    const sent = vi.spyOn(pg.Client.prototype, "query");
    onTestFinished(() => sent.mockRestore());
    await deposit(account, 100);
    const texts = sent.mock.calls
      .filter(([query]) => isEngineStatement(query))
      .map(([query]) => (query as unknown as { text: string }).text)
      .filter((text) => /^\s*(SELECT|WITH|INSERT|UPDATE)/.test(text));
    expect(texts.length).toBeGreaterThan(4);
    for (const text of texts) {
      const { rows } = await bank.node.bank.pools.engine.query<{ "QUERY PLAN": string }>(
        `EXPLAIN (GENERIC_PLAN) ${text}`,
      );
      const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
      // The bank's state is one row, its peers are a handful: those are read whole.
      expect(plan.replaceAll(/Seq Scan on (bank_state|peer)\b.*/g, "")).not.toContain("Seq Scan");
    }
  });

  it("keeps refusals apart: one command that is refused does not hurt its neighbours", async () => {
    const account = await openAccountWith(bank, 1_000);
    const [first, refusal, missing, last] = await Promise.all([
      deposit(account, 500),
      refusalOf(withdraw(account, 9_000)),
      refusalOf(deposit("99999999-1", 500)),
      withdraw(account, 1_500),
    ]);
    expect(first.balanceAfterCentavos).toBe(1_500);
    expect(refusal).toEqual({
      code: "insufficient-funds",
      details: { bank: "azul", account, availableCentavos: 1_500, missingCentavos: 7_500 },
    });
    expect(missing.code).toBe("account-not-found");
    expect(last.balanceAfterCentavos).toBe(0);
  });

  it.each([
    [
      "throws while deciding",
      () => {
        throw new Error("a defect");
      },
    ],
    [
      "writes what the database refuses",
      (set: Parameters<Command<unknown>["decide"]>[0]) => {
        set.audit({
          ...auditedNode("azul"),
          action: "a defect",
          subject: "\u0000",
          transactionId: null,
          details: {},
        });
      },
    ],
  ])("isolates a command that %s", async (_, decide) => {
    const account = await openAccountWith(bank, 0);
    const defect = bank.node.bank.engine.run(command({ name: "defect", decide }));
    const neighbours = times(20, () => deposit(account, 5));
    await expect(defect).rejects.toThrow(/a defect|invalid byte sequence/);
    expect(await neighbours).toHaveLength(20);
    expect(await balanceOf(bank, account)).toBe(100);
  });
});

describe("exactly once by key", () => {
  it("does a request once for fifty callers at once, and answers all of them alike", async () => {
    const account = await openAccountWith(bank, 0);
    const key = newKey();
    const answers = await times(50, () => deposit(account, 700, key));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await balanceOf(bank, account)).toBe(700);
    const { entries } = await bank.staff.accounts.statement({ number: account });
    expect(entries).toHaveLength(1);
  });

  it("opens one account, whoever asks how often with one key", async () => {
    const { client } = await bank.staff.clients.create({
      idempotencyKey: newKey(),
      name: "Ana",
      taxId: "39053344705",
    });
    const request = {
      idempotencyKey: newKey(),
      kind: "checking" as const,
      holders: [client.id],
      openingDepositCentavos: 100_000,
    };
    const opened = await times(10, () => bank.staff.accounts.open(request));
    expect(new Set(opened.map(({ account }) => account.number)).size).toBe(1);
    const { accounts } = await bank.staff.accounts.list({ clientId: client.id });
    expect(accounts).toMatchObject([{ ledgerCentavos: 100_000, version: 1 }]);
  });

  it("says what differs when a key comes back with another request", async () => {
    const [account, other] = [await openAccountWith(bank, 900), await openAccountWith(bank, 0)];
    const key = newKey();
    await deposit(account, 100, key);
    expect(await refusalOf(deposit(other, 101, key))).toEqual({
      code: "idempotency-conflict",
      details: { differsIn: "amountCentavos, number" },
    });
    expect(await refusalOf(withdraw(account, 100, key))).toMatchObject({
      code: "idempotency-conflict",
      details: { differsIn: "operation" },
    });
    expect(await balanceOf(bank, account)).toBe(1_000);
    expect(await balanceOf(bank, other)).toBe(0);
  });

  it("keeps a refusal under its key, although the same request would pass by now", async () => {
    const account = await openAccountWith(bank, 100);
    const key = newKey();
    const refusal = await refusalOf(withdraw(account, 150, key));
    await deposit(account, 1_000);
    expect(await refusalOf(withdraw(account, 150, key))).toEqual(refusal);
    expect((await withdraw(account, 150)).balanceAfterCentavos).toBe(950);
  });

  it("keeps the refusal of a client under its key, and a conflict with it", async () => {
    const taxId = "52998224725";
    const create = (idempotencyKey: string, more: { name: string; taxId: string }) =>
      bank.staff.clients.create({ idempotencyKey, ...more });
    await create(newKey(), { name: "Bruno", taxId });
    const key = newKey();
    const refusal = await refusalOf(create(key, { name: "Bruno", taxId }));
    expect(refusal.code).toBe("tax-id-taken");
    expect(await refusalOf(create(key, { name: "Bruno", taxId }))).toEqual(refusal);
    expect(await refusalOf(create(key, { name: "Bruno", taxId: "82178537464" }))).toMatchObject({
      code: "idempotency-conflict",
      details: { differsIn: "taxId" },
    });
  });

  it("tells two members of staff apart who use the same key", async () => {
    const account = await openAccountWith(bank, 0);
    const colleague = bank.as({
      kind: "staff",
      id: "t2",
      name: "Other",
      homeBank: "azul",
      roles: ["teller"],
    });
    const request = { idempotencyKey: newKey(), number: account, amountCentavos: 10 };
    await Promise.all([bank.staff.cash.deposit(request), colleague.cash.deposit(request)]);
    expect(await balanceOf(bank, account)).toBe(20);
  });
});

describe("overload", () => {
  it("is refused with a code once the queue is full, and work under way is not", async () => {
    const { engine } = bank.node.bank;
    const account = await openAccountWith(bank, 0);
    const release = await lockAccount(bank, account);
    const stuck = deposit(account, 1);
    await expect.poll(() => isWaitingForLock(bank)).toBe(true);
    const queue = times(8_192, () => engine.run(command({})));
    expect(await refusalOf(deposit(account, 1))).toEqual({
      code: "overloaded",
      details: { bank: "azul" },
    });
    const settling = engine.run(command({ priority: "settle", decide: () => "settled" }));
    await release();
    expect(await settling).toBe("settled");
    expect((await stuck).balanceAfterCentavos).toBe(1);
    expect(await queue).toHaveLength(8_192);
    expect((await deposit(account, 1)).balanceAfterCentavos).toBe(2);
  });
});

describe("conflicts in the database", () => {
  it.each(["40001", "40P01", "55P03", "57014"])(
    "are tried again with everything that was read and decided (%s)",
    async (code) => {
      const account = await openAccountWith(bank, 0);
      await failFirstPostings(bank, { times: 2, code });
      const retriesBefore = bank.node.bank.engine.counters.retries;
      expect((await deposit(account, 300)).balanceAfterCentavos).toBe(300);
      expect(bank.node.bank.engine.counters.retries - retriesBefore).toBe(2);
      const { entries } = await bank.staff.accounts.statement({ number: account });
      expect(entries).toHaveLength(1);
    },
  );

  it("that never end are refused as overload: nothing was done", async () => {
    const account = await openAccountWith(bank, 0);
    await failFirstPostings(bank, { times: 1_000_000, code: "53100" });
    expect((await refusalOf(deposit(account, 300))).code).toBe("overloaded");
    await bank.sql("DROP TRIGGER fail_first ON posting");
    expect(await balanceOf(bank, account)).toBe(0);
  });
});

function isEngineStatement(query: unknown): boolean {
  if (typeof query === "string") return /^(BEGIN|COMMIT)/.test(query);
  const { name } = query as { name?: unknown };
  return typeof name === "string" && name.startsWith("engine-");
}

/** Another session's lock on the account's row; returns how to give it back. */
async function lockAccount(at: BankInProcess, number: string): Promise<() => Promise<void>> {
  const session = new pg.Client({ connectionString: at.database.superuserUrl });
  await session.connect();
  await session.query("BEGIN");
  await session.query("SELECT FROM account WHERE number = $1 FOR UPDATE", [number]);
  let released: Promise<void> | undefined;
  const release = () => (released ??= session.end());
  onTestFinished(release);
  return release;
}

async function isWaitingForLock(at: BankInProcess): Promise<boolean> {
  const rows = await at.sql(
    `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
  );
  return rows.length > 0;
}

/** The next postings fail with this SQLSTATE; a sequence counts them, for it is not rolled back. */
async function failFirstPostings(
  at: BankInProcess,
  { times: count, code }: { readonly times: number; readonly code: string },
): Promise<void> {
  await at.sql(`
    DROP TRIGGER IF EXISTS fail_first ON posting;
    CREATE SEQUENCE IF NOT EXISTS failures;
    ALTER SEQUENCE failures RESTART;
    GRANT USAGE ON SEQUENCE failures TO PUBLIC;
    CREATE OR REPLACE FUNCTION fail_first() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF nextval('failures') <= TG_ARGV[0]::int THEN
        RAISE EXCEPTION 'failing on purpose' USING ERRCODE = TG_ARGV[1];
      END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER fail_first BEFORE INSERT ON posting
      FOR EACH STATEMENT EXECUTE FUNCTION fail_first('${count}', '${code}');`);
}
