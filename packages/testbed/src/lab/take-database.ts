import { escapeIdentifier } from "pg";
import { withClient } from "../postgres/bank-database.ts";

/**
 * Ends every session of a bank's database and lets nobody in until it is given back; the next
 * start of the consortium gives it back as well.
 */
export async function takeDatabase(superuserUrl: string, bank: string): Promise<void> {
  await withClient(superuserUrl, async (client) => {
    for (const role of rolesOf(bank)) {
      await client.query(`alter role ${escapeIdentifier(role)} with nologin`);
    }
    await client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1",
      [`pacto_${bank}`],
    );
  });
}

export async function giveDatabase(superuserUrl: string, bank: string): Promise<void> {
  await withClient(superuserUrl, async (client) => {
    for (const role of rolesOf(bank)) {
      await client.query(`alter role ${escapeIdentifier(role)} with login`);
    }
  });
}

function rolesOf(bank: string): string[] {
  return [`pacto_${bank}_migrator`, `pacto_${bank}_service`];
}
