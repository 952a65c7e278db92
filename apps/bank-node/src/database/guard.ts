import pg from "pg";

/** What the rest of the node needs to know of the server it stands on. */
export interface ServerFacts {
  /** `server_version_num`: 180004 is 18.4. */
  readonly version: number;
  /** The server keeps checksums of its data pages, so that a rotten disk is noticed. */
  readonly checksums: boolean;
}

const OLDEST_VERSION = 150_000;

/** The database cannot keep what a bank promises; the message says which setting to change. */
export class UnsafeDatabase extends Error {
  override readonly name = "UnsafeDatabase";
}

/** What a session without these does to a bank: a frozen process would keep its locks (P9). */
const BOUNDS = [
  "statement_timeout",
  "lock_timeout",
  "idle_in_transaction_session_timeout",
] as const;

const DURABILITY = ["fsync", "full_page_writes", "synchronous_commit"] as const;

/**
 * Refuses a server that may lose what it has acknowledged (R11: with the last write lost in a
 * crash, the same protocol breaks the consortium's books in 16 % of simulated runs).
 * Looks at the settings that this very role and database get. Where a pooler makes the sessions,
 * the node cannot tell them their bounds, so they must come with them.
 * @throws UnsafeDatabase with a sentence that says what to change
 */
export async function guardDatabase(databaseUrl: string, isPooled = false): Promise<ServerFacts> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; setting: string }>(
      `select name, setting from pg_settings where name = any($1)
       union all select 'standby', pg_is_in_recovery()::text`,
      [[...DURABILITY, ...BOUNDS, "data_checksums", "server_version_num"]],
    );
    const settings = new Map(rows.map((row) => [row.name, row.setting]));
    if (isPooled) demandBounds(settings);
    return judgeServer(settings);
  } finally {
    await client.end();
  }
}

/** @throws UnsafeDatabase naming the bounds that the pooler's sessions lack */
export function demandBounds(settings: ReadonlyMap<string, string>): void {
  const missing = BOUNDS.filter((name) => (settings.get(name) ?? "0") === "0");
  if (missing.length === 0) return;
  throw new UnsafeDatabase(
    `The pooler's sessions have no ${missing.join(", no ")}: set connect_query as ` +
      "deploy/pgbouncer/pgbouncer.ini does, and RECONNECT the pooler.",
  );
}

/** The pure part of {@link guardDatabase}: settings by name, as `pg_settings` writes them. */
export function judgeServer(settings: ReadonlyMap<string, string>): ServerFacts {
  const version = Number(settings.get("server_version_num"));
  if (!(version >= OLDEST_VERSION)) {
    throw new UnsafeDatabase(
      `PostgreSQL ${Math.trunc(version / 10_000)} is too old: use version 15 or later.`,
    );
  }
  for (const name of DURABILITY) {
    if (settings.get(name) === "off") {
      throw new UnsafeDatabase(
        `The database has ${name} = off, so it may lose transfers that it has acknowledged. ` +
          `Set ${name} = on (ALTER SYSTEM SET ${name} = on; SELECT pg_reload_conf();, ` +
          `and look for ALTER ROLE or ALTER DATABASE settings) and start the bank again.`,
      );
    }
  }
  if (settings.get("standby") === "true") {
    throw new UnsafeDatabase(
      "The database is a standby and takes no writes. Point DATABASE_URL at the primary.",
    );
  }
  return { version, checksums: settings.get("data_checksums") === "on" };
}
