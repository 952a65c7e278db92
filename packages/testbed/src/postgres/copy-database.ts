import { type Client, escapeIdentifier } from "pg";
import { closeDatabase } from "./bank-database.ts";

export interface DatabaseCopy {
  readonly from: string;
  readonly to: string;
}

/**
 * Copies a whole database on its server, owner and entrance included. Whoever is connected to it
 * is cut off first, and must not come back meanwhile.
 */
export async function copyDatabase(
  client: Client,
  { from, to }: DatabaseCopy,
  bankDatabase: string,
): Promise<void> {
  const owner = escapeIdentifier(`${bankDatabase}_migrator`);
  const [source, copy] = [escapeIdentifier(from), escapeIdentifier(to)];
  await disconnectAll(client, from);
  await client.query(`create database ${copy} owner ${owner} template ${source}`);
  await closeDatabase(client, { database: to, service: `${bankDatabase}_service` });
}

/** Puts `next` in the place of `current`, which is kept as `aside`: both or nothing. */
export async function swapDatabases(
  client: Client,
  names: { readonly current: string; readonly aside: string; readonly next: string },
): Promise<void> {
  const current = escapeIdentifier(names.current);
  await disconnectAll(client, names.current);
  await client.query("begin");
  try {
    await client.query(`alter database ${current} rename to ${escapeIdentifier(names.aside)}`);
    await client.query(`alter database ${escapeIdentifier(names.next)} rename to ${current}`);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}

export async function dropDatabase(client: Client, name: string): Promise<void> {
  await client.query(`drop database if exists ${escapeIdentifier(name)} with (force)`);
}

async function disconnectAll(client: Client, database: string): Promise<void> {
  await client.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [
    database,
  ]);
}
