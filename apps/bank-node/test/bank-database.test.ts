import pg from "pg";
import { describe, expect, it, onTestFinished } from "vitest";
import { createBankDatabase } from "./bank-database.ts";

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe("a test's own bank database", () => {
  it("is migrated, owned by the migrator and closed to DDL of the service role", async () => {
    const database = await createBankDatabase();
    onTestFinished(() => database.drop());
    const tables = await query(database.serviceUrl, "select * from _prisma_migrations");
    expect(tables.length).toBeGreaterThan(0);
    await expect(query(database.serviceUrl, "create table t (id int)")).rejects.toThrow("denied");
    await query(database.migrationUrl, "create table t (id int)");
  });
});
