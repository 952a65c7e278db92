import { writeFile } from "node:fs/promises";
import type { Backup } from "../control/schema.ts";
import { withClient } from "../postgres/bank-database.ts";
import { copyDatabase, dropDatabase, swapDatabases } from "../postgres/copy-database.ts";
import type { ConsortiumFiles } from "./layout.ts";
import type { ProgramHandle } from "./program-handle.ts";

/**
 * Copies of the banks' databases, on the same server: enough to try a restore with (R48), no
 * protection against the loss of the server.
 */
export interface Backups {
  /** Newest first. */
  list(bank: string): Promise<Backup[]>;
  /** Copies the bank's database while its node is stopped; a node that ran is started again. */
  make(part: ProgramHandle): Promise<void>;
  /**
   * Puts a copy in place of the bank's database and starts the bank in recovery. What was there
   * is kept as another copy, and so is the one that was restored.
   * @throws Error when there is no copy of that name
   */
  restore(part: ProgramHandle, name: string): Promise<void>;
}

const REPLACED = "r";

export function createBackups(options: {
  readonly superuserUrl: string;
  readonly files: ConsortiumFiles;
}): Backups {
  const { superuserUrl: url, files } = options;

  const list = (bank: string): Promise<Backup[]> =>
    withClient(url, async (client) => {
      const prefix = copyName(bank, "");
      const { rows } = await client.query<{ name: string; bytes: number }>(
        `select substr(datname, length($1) + 1) as name,
                pg_database_size(oid)::float8 as bytes
           from pg_database where starts_with(datname, $1) order by datname desc`,
        [prefix],
      );
      return rows.map(({ name, bytes }) => ({
        name,
        bytes,
        createdAt: instantOf(name),
        kind: name.endsWith(REPLACED) ? "replaced" : "backup",
      }));
    });

  return {
    list,
    async make(part) {
      const wasDown = part.state === "down";
      await part.stop();
      try {
        const database = databaseOf(part.id);
        const copy = { from: database, to: copyName(part.id, stamp()) };
        await withClient(url, (client) => copyDatabase(client, copy, database));
      } finally {
        if (!wasDown) await part.start();
      }
    },
    async restore(part, name) {
      const found = await list(part.id);
      if (!found.some((backup) => backup.name === name)) {
        const names = found.map((backup) => backup.name).join(", ");
        throw new Error(`${part.id} has no backup ${name}. It has: ${names || "none"}.`);
      }
      await part.stop();
      try {
        await putInPlace(part.id, name);
      } finally {
        await part.start();
      }
    },
  };

  async function putInPlace(bank: string, name: string): Promise<void> {
    const current = databaseOf(bank);
    const next = `${current}_next`;
    const aside = copyName(bank, `${stamp()}${REPLACED}`);
    await withClient(url, async (client) => {
      await dropDatabase(client, next);
      await copyDatabase(client, { from: copyName(bank, name), to: next }, current);
      // Before the swap: a bank that does not know that it was restored would vote on what it
      // has forgotten. That it recovers once for nothing does no harm.
      await writeFile(files.bank(bank).restored, `${name}\n`, { mode: 0o600 });
      await swapDatabases(client, { current, aside, next });
    });
  }
}

function databaseOf(bank: string): string {
  return `pacto_${bank}`;
}

/** A bank's id has 31 characters at most, so the name keeps below PostgreSQL's 63. */
function copyName(bank: string, name: string): string {
  return `${databaseOf(bank)}_backup_${name}`;
}

/** Now, as `20261121t031500`. */
function stamp(): string {
  return new Date()
    .toISOString()
    .replaceAll(/[-:]|\..*$/g, "")
    .toLowerCase();
}

function instantOf(name: string): string {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)t(\d\d)(\d\d)(\d\d)/.exec(name) ?? [];
  return `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
}
