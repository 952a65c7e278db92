import pg from "pg";
import { describe, expect, it, onTestFinished } from "vitest";
import { guardDatabase } from "../src/database/guard.ts";
import { isOutcomeUnknown, isRetryable, sqlStateOf } from "../src/database/conflicts.ts";
import { LostTransaction } from "../src/database/lost-transaction.ts";
import { openPools, type Pools } from "../src/database/pools.ts";
import { openPrisma } from "../src/database/prisma.ts";
import { withRetry } from "../src/database/retry.ts";
import { withTransaction, type Tx } from "../src/database/transaction.ts";
import { createScratchDatabase } from "./scratch-database.ts";

interface Bank {
  readonly pools: Pools;
  balances(): Promise<bigint[]>;
}

async function openBank(): Promise<Bank> {
  const database = await createScratchDatabase();
  await database.run(
    "create table account (id int primary key, ledger bigint not null);" +
      "insert into account values (1, 100), (2, 100)",
  );
  const facts = await guardDatabase(database.url);
  const pools = openPools({
    databaseUrl: database.url,
    serverVersion: facts.version,
    applicationName: "test",
    onIdleError: () => undefined,
  });
  onTestFinished(() => pools.close());
  return {
    pools,
    async balances() {
      const { rows } = await pools.api.query("select ledger from account order by id");
      return rows.map((row: { ledger: bigint }) => row.ledger);
    },
  };
}

/** Each passes once both have come: so the conflict is certain, without a pause. */
function meetingOfTwo(): () => Promise<void> {
  let arrive: () => void = () => undefined;
  const both = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  let count = 0;
  return async () => {
    count += 1;
    if (count >= 2) arrive();
    await both;
  };
}

const credit = (tx: Tx, id: number) =>
  tx.query("update account set ledger = ledger + 1 where id = $1", [id]);

async function lostSession(bank: Bank, tx: Tx): Promise<void> {
  const { rows } = await tx.query("select pg_backend_pid() as pid");
  await bank.pools.health.query("select pg_terminate_backend($1, 5000)", [rows[0].pid]);
}

describe("a database transaction", () => {
  it("commits all of its work, and keeps money as bigint", async () => {
    const bank = await openBank();
    const moved = await withTransaction(bank.pools.engine, async (tx) => {
      await tx.query("update account set ledger = ledger - $1 where id = 1", [30n]);
      await tx.query("update account set ledger = ledger + $1 where id = 2", [30n]);
      const { rows } = await tx.query("select array_agg(ledger order by id) as all from account");
      return rows[0].all;
    });
    expect(moved).toEqual([70n, 130n]);
    expect(await bank.balances()).toEqual([70n, 130n]);
  });

  it("writes nothing when the work throws, and gives the connection back", async () => {
    const bank = await openBank();
    for (let round = 0; round < 10; round += 1) {
      const work = withTransaction(bank.pools.engine, async (tx) => {
        await credit(tx, 1);
        throw new Error("refused");
      });
      await expect(work).rejects.toThrow("refused");
    }
    expect(await bank.balances()).toEqual([100n, 100n]);
    expect(bank.pools.engine.waitingCount).toBe(0);
  });

  it("does not take a swallowed error for a commit", async () => {
    const bank = await openBank();
    const work = withTransaction(bank.pools.engine, async (tx) => {
      await credit(tx, 1);
      await tx.query("select 1 / 0").catch(() => undefined);
    });
    await expect(work).rejects.toThrow(/swallowed/);
    expect(await bank.balances()).toEqual([100n, 100n]);
  });

  it("knows that nothing was written when the connection is lost before COMMIT", async () => {
    const bank = await openBank();
    const work = withTransaction(bank.pools.engine, async (tx) => {
      await credit(tx, 1);
      await lostSession(bank, tx);
      await credit(tx, 2);
    });
    const error = await work.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(LostTransaction);
    expect(isRetryable(error)).toBe(true);
    expect(await bank.balances()).toEqual([100n, 100n]);
  });

  it("knows nothing when the connection is lost at COMMIT (P7)", async () => {
    const bank = await openBank();
    const work = withTransaction(bank.pools.engine, async (tx) => {
      await credit(tx, 1);
      await lostSession(bank, tx);
    });
    const error = await work.catch((caught: unknown) => caught);
    expect(error).toMatchObject({ phase: "commit" });
    expect(isOutcomeUnknown(error)).toBe(true);
    expect(isRetryable(error)).toBe(false);
    await withTransaction(bank.pools.engine, (tx) => credit(tx, 2));
    expect((await bank.balances())[1]).toBe(101n);
  });

  it("says that no connection can be had when the server is away", async () => {
    const pools = openPools({
      databaseUrl: "postgres://nobody@127.0.0.1:1/nothing",
      serverVersion: 180_000,
      applicationName: "test",
    });
    onTestFinished(() => pools.close());
    const work = withTransaction(pools.engine, async () => "never");
    await expect(work).rejects.toMatchObject({ phase: "connect" });
  });
});

describe("the limits of a session (P9)", () => {
  it("bound every statement, lock and idle transaction", async () => {
    const bank = await openBank();
    const { rows } = await bank.pools.engine.query(
      `select name, setting from pg_settings where name = any($1) order by name`,
      [
        [
          "default_transaction_isolation",
          "idle_in_transaction_session_timeout",
          "lock_timeout",
          "statement_timeout",
          "transaction_timeout",
        ],
      ],
    );
    expect(Object.fromEntries(rows.map((row) => [row.name, row.setting]))).toMatchObject({
      default_transaction_isolation: "read committed",
      idle_in_transaction_session_timeout: "2000",
      lock_timeout: "500",
      statement_timeout: "2000",
    });
  });

  it("leave recovery and health their own connections when all others are busy (P8)", async () => {
    const bank = await openBank();
    const { api, engine, recovery, health } = bank.pools;
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const busy = [api, engine].flatMap((pool) =>
      Array.from({ length: 20 }, () => withTransaction(pool, () => held)),
    );
    while (api.waitingCount === 0 || engine.waitingCount === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (const pool of [recovery, health]) {
      expect((await pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
    }
    release();
    await Promise.all(busy);
  });

  it("gives up a lock that is not granted, so that the batch can be tried again", async () => {
    const bank = await openBank();
    await withTransaction(bank.pools.recovery, async (holder) => {
      await credit(holder, 1);
      const error = await withTransaction(bank.pools.engine, (tx) => credit(tx, 1)).catch(
        (caught: unknown) => caught,
      );
      expect(sqlStateOf(error)).toBe("55P03");
      expect(isRetryable(error)).toBe(true);
    });
  });
});

describe("a real conflict", () => {
  it("resolves a deadlock by trying again", async () => {
    const bank = await openBank();
    const meet = meetingOfTwo();
    const seen: (string | undefined)[] = [];
    const cross = (first: number, second: number) =>
      withRetry(() =>
        withTransaction(bank.pools.engine, async (tx) => {
          // Far longer than deadlock_timeout, so that the server finds the deadlock first.
          await tx.query("set local lock_timeout = '20s'; set local statement_timeout = '20s'");
          await credit(tx, first);
          await meet();
          await credit(tx, second);
        }).catch((error: unknown) => {
          seen.push(sqlStateOf(error));
          throw error;
        }),
      );
    await Promise.all([cross(1, 2), cross(2, 1)]);
    expect(seen).toContain("40P01");
    expect(await bank.balances()).toEqual([102n, 102n]);
  });

  it("resolves a serialization failure by trying again", async () => {
    const bank = await openBank();
    const meet = meetingOfTwo();
    const seen: (string | undefined)[] = [];
    const increment = () =>
      withRetry(() =>
        withTransaction(bank.pools.engine, async (tx) => {
          await tx.query("set transaction isolation level serializable");
          const { rows } = await tx.query("select sum(ledger)::bigint as sum from account");
          await meet();
          await tx.query("insert into account select max(id) + 1, $1 from account", [rows[0].sum]);
        }).catch((error: unknown) => {
          seen.push(sqlStateOf(error));
          throw error;
        }),
      );
    await Promise.all([increment(), increment()]);
    expect(seen).toContain("40001");
    expect(await bank.balances()).toEqual([100n, 100n, 200n, 400n]);
  });

  it("recognises Prisma's shapes of a deadlock and of a serialization failure", async () => {
    const bank = await openBank();
    const prisma = openPrisma(bank.pools.api);
    const meet = meetingOfTwo();
    const cross = (first: number, second: number) =>
      prisma.$transaction(async (tx) => {
        await tx.$executeRaw`set local lock_timeout = '20s'`;
        await tx.$executeRaw`set local statement_timeout = '20s'`;
        await tx.$executeRaw`update account set ledger = ledger + 1 where id = ${first}`;
        await meet();
        await tx.$executeRaw`update account set ledger = ledger + 1 where id = ${second}`;
      });
    const crossed = await Promise.allSettled([cross(1, 2), cross(2, 1)]);
    expect(crossed.filter(isRetryableRejection)).toHaveLength(1);

    const meetAgain = meetingOfTwo();
    const increment = () =>
      prisma.$transaction(
        async (tx) => {
          await tx.$queryRaw`select sum(ledger) from account`;
          await meetAgain();
          await tx.$executeRaw`insert into account select max(id) + 1, 0 from account`;
        },
        { isolationLevel: "Serializable" },
      );
    const results = await Promise.allSettled([increment(), increment()]);
    expect(results.filter(isRetryableRejection)).toHaveLength(1);
  });
});

function isRetryableRejection(result: PromiseSettledResult<unknown>): boolean {
  return result.status === "rejected" && isRetryable(result.reason);
}

describe("guarding a real server", () => {
  it("refuses a role that commits without waiting for the disk", async () => {
    const { url, serviceUrl, serviceRole } = await createScratchDatabase();
    await expect(guardDatabase(serviceUrl)).resolves.toMatchObject({ checksums: true });
    const client = new pg.Client({ connectionString: serviceUrl });
    await client.connect();
    await client.query(`alter role ${serviceRole} set synchronous_commit = off`);
    await client.end();
    await expect(guardDatabase(serviceUrl)).rejects.toThrow(/synchronous_commit = on/);
    await expect(guardDatabase(url)).resolves.toBeDefined();
  });
});
