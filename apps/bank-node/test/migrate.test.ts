import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { describe, expect, it, onTestFinished } from "vitest";
import { migrateDatabase, MigrationConflict } from "../src/database/migrate.ts";
import { withSchemaEngine } from "../src/database/schema-engine.ts";
import { createScratchDatabase } from "./scratch-database.ts";

const prismaFolder = fileURLToPath(new URL("../../../prisma", import.meta.url));
const migrationsFolder = join(prismaFolder, "migrations");

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function copyMigrations(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "pacto-migrations-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(migrationsFolder, folder, { recursive: true });
  return folder;
}

describe("migrate a bank's database", () => {
  it("brings an empty database to exactly what schema.prisma says", async () => {
    const { url } = await createScratchDatabase();
    await migrateDatabase({ migrationUrl: url, migrationsFolder });
    expect(await differences(url)).toBe("-- This is an empty migration.");
  }, 30_000);

  it("does nothing the second time, and says so by being quick", async () => {
    const { url } = await createScratchDatabase();
    const said: string[] = [];
    const log = (message: string) => said.push(message);
    await migrateDatabase({ migrationUrl: url, migrationsFolder, log });
    expect(said).toHaveLength(1);
    await migrateDatabase({ migrationUrl: url, migrationsFolder, log });
    expect(said).toHaveLength(1);
  }, 30_000);

  it("lets replicas that start together take turns", async () => {
    const { url, serviceRole } = await createScratchDatabase();
    const start = () => migrateDatabase({ migrationUrl: url, migrationsFolder, serviceRole });
    await Promise.all([start(), start(), start()]);
    const applied = await query(url, "select migration_name from _prisma_migrations");
    expect(applied).toHaveLength(
      (await readdir(migrationsFolder)).filter((name) => /^\d/.test(name)).length,
    );
  }, 30_000);

  it("applies a migration that came later, function bodies and all", async () => {
    const { url } = await createScratchDatabase();
    const folder = await copyMigrations();
    await migrateDatabase({ migrationUrl: url, migrationsFolder: folder });
    await mkdir(join(folder, "29990101000000_later"));
    await writeFile(
      join(folder, "29990101000000_later", "migration.sql"),
      "create function later() returns int language plpgsql as $$ begin return 1; end $$;",
    );
    await migrateDatabase({ migrationUrl: url, migrationsFolder: folder });
    expect(await query(url, "select later() as one")).toEqual([{ one: 1 }]);
  }, 30_000);

  it("refuses a migration that was edited after it had been applied", async () => {
    const { url } = await createScratchDatabase();
    const folder = await copyMigrations();
    await migrateDatabase({ migrationUrl: url, migrationsFolder: folder });
    const [first] = (await readdir(folder)).filter((name) => /^\d/.test(name)).toSorted();
    await writeFile(join(folder, first ?? "", "migration.sql"), "select 1;");
    await expect(migrateDatabase({ migrationUrl: url, migrationsFolder: folder })).rejects.toThrow(
      MigrationConflict,
    );
  }, 30_000);

  it("refuses a database that a later version has migrated", async () => {
    const { url } = await createScratchDatabase();
    const folder = await copyMigrations();
    await mkdir(join(folder, "29990101000000_later"));
    await writeFile(join(folder, "29990101000000_later", "migration.sql"), "select 1;");
    await migrateDatabase({ migrationUrl: url, migrationsFolder: folder });
    await expect(migrateDatabase({ migrationUrl: url, migrationsFolder })).rejects.toThrow(
      /29990101000000_later.*another version/,
    );
  }, 30_000);

  it("tells which migration failed, and refuses to go on until it is repaired", async () => {
    const { url } = await createScratchDatabase();
    const folder = await copyMigrations();
    await mkdir(join(folder, "29990101000000_broken"));
    await writeFile(join(folder, "29990101000000_broken", "migration.sql"), "select nothing;");
    const migrate = () => migrateDatabase({ migrationUrl: url, migrationsFolder: folder });
    await expect(migrate()).rejects.toThrow(/29990101000000_broken/);
    await expect(migrate()).rejects.toThrow(MigrationConflict);
  }, 30_000);
});

describe("the node's own database role", () => {
  it("may insert and read everywhere, and change nothing that is append-only, and delete sessions only", async () => {
    const { url, serviceUrl, serviceRole } = await createScratchDatabase();
    await migrateDatabase({ migrationUrl: url, migrationsFolder, serviceRole });
    const rows = await query(
      serviceUrl,
      `select c.relname as name,
         has_table_privilege(c.oid, 'select') and has_table_privilege(c.oid, 'insert') as works,
         has_table_privilege(c.oid, 'update') as updates,
         has_table_privilege(c.oid, 'delete') or has_table_privilege(c.oid, 'truncate') as deletes
       from pg_class c
       where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
         and c.relname <> '_prisma_migrations'`,
    );
    expect(rows.filter((row) => row["works"] !== true)).toEqual([]);
    const deletable = rows.filter((row) => row["deletes"] === true).map(({ name }) => String(name));
    expect(deletable.toSorted()).toEqual([
      ...["staff_challenge", "staff_ended_session", "staff_failure", "staff_second_factor"],
      ...["staff_session", "staff_used_code"],
    ]);
    const unchangeable = rows.filter((row) => row["updates"] === false).map((row) => row["name"]);
    expect(unchangeable).toEqual(
      expect.arrayContaining(["entry", "posting", "audit_event", "idempotency_record"]),
    );
    await expect(query(serviceUrl, "update entry set amount = 1")).rejects.toThrow(/permission/);
    await expect(query(serviceUrl, "create table mine ()")).rejects.toThrow(/permission/);
    await expect(query(serviceUrl, "drop table entry")).rejects.toThrow(/must be owner/);
    await expect(
      query(serviceUrl, "alter table entry disable trigger entry_append_only"),
    ).rejects.toThrow(/must be owner/);
  }, 30_000);

  it("loses a privilege that a later version no longer gives", async () => {
    const { url, serviceUrl, serviceRole, run } = await createScratchDatabase();
    await migrateDatabase({ migrationUrl: url, migrationsFolder, serviceRole });
    await run(`grant delete, truncate on account to ${serviceRole}`);
    await migrateDatabase({ migrationUrl: url, migrationsFolder, serviceRole });
    await expect(query(serviceUrl, "truncate account cascade")).rejects.toThrow(/permission/);
  }, 30_000);
});

async function differences(url: string): Promise<string> {
  const models = (await readdir(join(prismaFolder, "models"))).map((name) => `models/${name}`);
  const files = await Promise.all(
    ["schema.prisma", ...models].map(async (path) => ({
      path,
      content: await readFile(join(prismaFolder, path), "utf8"),
    })),
  );
  const result = await withSchemaEngine(url, (engine) =>
    engine.diff({
      from: { tag: "schemaDatasource", files, configDir: prismaFolder },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    }),
  );
  return (result.stdout ?? "").trim();
}
