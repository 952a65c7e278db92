import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { migrateDatabase } from "@pacto/bank-node/migrate";
import type { BankTemplate } from "@pacto/bank-node/test-database";
import type { TestProject } from "vitest/node";
import { closeDatabase, ensureRole, urlFor, withClient } from "../postgres/bank-database.ts";
import { endLeftoverServer } from "../postgres/leftovers.ts";
import { startPostgres } from "../postgres/server.ts";
import { buildNodeIfStale } from "../consortium/build-node.ts";
import { identifyProcess, isRunning, type ProcessIdentity } from "../processes/identity.ts";

const PREFIX = "pacto-test-";
const migrationsFolder = fileURLToPath(new URL("../../../../prisma/migrations", import.meta.url));

/**
 * Starts one PostgreSQL for the whole test run, with a migrated template database, and removes all
 * of it afterwards. What a killed run left behind goes first.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftovers();
  await buildNodeIfStale();
  const home = await mkdtemp(join(tmpdir(), PREFIX));
  // The server's own user must be able to pass; its data folder below stays closed.
  await chmod(home, 0o711);
  await writeFile(join(home, "owner.json"), JSON.stringify(await identifyProcess(process.pid)));
  const server = await startPostgres({
    home,
    settings: { shared_buffers: "128MB", max_connections: "300", max_wal_size: "1GB" },
  });
  project.provide("postgresUrl", server.url);
  project.provide("bankTemplate", await makeTemplate(server.url));
  return async () => {
    await server.stop();
    await rm(home, { recursive: true, force: true });
  };
}

async function makeTemplate(url: string): Promise<BankTemplate> {
  const template = {
    database: "pacto_template",
    owner: "pacto_test_migrator",
    serviceRole: "pacto_test_service",
    password: randomBytes(12).toString("hex"),
  };
  await withClient(url, async (client) => {
    await ensureRole(client, template.owner, template.password);
    await ensureRole(client, template.serviceRole, template.password);
    await client.query(`create database ${template.database} owner ${template.owner}`);
    await closeDatabase(client, { database: template.database, service: template.serviceRole });
  });
  try {
    await migrateDatabase({
      migrationUrl: urlFor(url, template.database, template.owner, template.password),
      migrationsFolder,
      serviceRole: template.serviceRole,
    });
    return { ...template, failure: "" };
  } catch (error) {
    // Told by each test that wants a bank's database; the others can run.
    return { ...template, failure: error instanceof Error ? error.message : String(error) };
  }
}

async function removeLeftovers(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(PREFIX));
  for (const home of names.map((name) => join(tmpdir(), name))) {
    const text = await readFile(join(home, "owner.json"), "utf8").catch(() => undefined);
    // A run that is just starting has not written its name yet.
    if (text === undefined || (await isRunning(JSON.parse(text) as ProcessIdentity))) continue;
    await endLeftoverServer(join(home, "cluster"));
    await rm(home, { recursive: true, force: true });
  }
}
