import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { saveDatabaseUrls } from "../consortium/database-urls.ts";
import { consortiumFiles } from "../consortium/layout.ts";

import { ensureBankDatabase } from "../postgres/bank-database.ts";
import { giveFolder, type Owner, programOwner } from "./owners.ts";
import { superuserPasswordFile } from "./prepare-consortium.ts";
import { writeSecret } from "./write-secret.ts";

export interface DatabaseOpening {
  /** The consortium's data folder. */
  readonly folder: string;
  readonly bank: string;
  /** `host:port` of the bank's own server; `azul-postgres:5432` for azul unless given. */
  readonly server?: string;
  readonly owner?: Owner;
}

/**
 * Makes the bank's database and its two roles on the bank's own server, and writes down for the
 * node how to reach it, one address a file. Run again, it changes nothing.
 */
export async function openDatabase(opening: DatabaseOpening): Promise<void> {
  const { folder, bank, server = `${bank}-postgres:5432` } = opening;
  const files = consortiumFiles(folder).bank(bank);
  const password = (await readFile(superuserPasswordFile(folder, bank), "utf8")).trim();
  const database = await ensureBankDatabase({
    superuserUrl: `postgresql://postgres:${password}@${server}/postgres`,
    bank,
    passwordFile: files.databasePasswords,
  });
  await saveDatabaseUrls(files.databaseUrls, database);
  await writeSecret(join(files.folder, "database-url"), database.serviceUrl);
  await writeSecret(join(files.folder, "migration-database-url"), database.migrationUrl);
  await giveFolder(files.folder, opening.owner ?? programOwner);
}
