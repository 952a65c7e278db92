import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import type { BankDatabase } from "../postgres/bank-database.ts";
import { consortiumFiles } from "./layout.ts";

const databaseSchema = z.strictObject({
  migrationUrl: z.string(),
  serviceUrl: z.string(),
  serviceRole: z.string(),
});

/** Keeps how to reach a bank's database (0600), for who verifies its books. */
export async function saveDatabaseUrls(path: string, database: BankDatabase): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const { migrationUrl, serviceUrl, serviceRole } = database;
  const content = { migrationUrl, serviceUrl, serviceRole };
  await writeFile(`${path}.draft`, `${JSON.stringify(content)}\n`, { mode: 0o600 });
  await chmod(`${path}.draft`, 0o600);
  await rename(`${path}.draft`, path);
}

/**
 * How to reach the database of a bank of the consortium in `dataDir`; undefined when that bank has
 * never been set up. The database may be down.
 */
export async function readDatabaseUrls(
  dataDir: string,
  bank: string,
): Promise<BankDatabase | undefined> {
  const path = consortiumFiles(dataDir).bank(bank).databaseUrls;
  const text = await readFile(path, "utf8").catch(() => undefined);
  return text === undefined ? undefined : databaseSchema.parse(JSON.parse(text));
}
