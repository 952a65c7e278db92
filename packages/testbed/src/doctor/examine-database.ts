import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Client } from "pg";
import { withClient } from "../postgres/bank-database.ts";
import { repositoryFolder } from "../repository.ts";
import { about, type Finding } from "./finding.ts";

export interface DatabaseFacts {
  /** By name, as the role of the running node gets them. */
  readonly settings: Readonly<Record<string, string>>;
  readonly migrations: readonly string[];
  /** The service role may create tables: then a leak of its password could change the schema. */
  readonly mayCreate: boolean;
  /** Age of the oldest open transaction of the server, in seconds. */
  readonly oldestTransactionSeconds: number;
  readonly preparedTransactions: number;
  readonly sessions: number;
}

/** Settings without which an acknowledged transfer can be lost (R11). */
const DURABILITY = ["fsync", "full_page_writes", "synchronous_commit"] as const;
/** Everything that the node does ends within 10 s; whoever holds a snapshot longer slows all. */
const OLD_TRANSACTION_SECONDS = 60;
const SESSIONS_SHARE_MAX = 0.8;

async function readDatabase(client: Client): Promise<DatabaseFacts> {
  const { rows: settings } = await client.query<{ name: string; setting: string }>(
    "SELECT name, setting FROM pg_settings WHERE name = ANY($1)",
    [[...DURABILITY, "data_checksums", "max_connections", "server_version"]],
  );
  const { rows: migrations } = await client.query<{ name: string }>(
    "SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL",
  );
  const { rows } = await client.query<Omit<DatabaseFacts, "settings" | "migrations">>(
    `SELECT has_schema_privilege('public', 'CREATE') AS "mayCreate",
            (SELECT coalesce(max(extract(epoch FROM now() - xact_start)), 0)::float8
               FROM pg_stat_activity WHERE pid <> pg_backend_pid()) AS "oldestTransactionSeconds",
            (SELECT count(*)::int FROM pg_prepared_xacts) AS "preparedTransactions",
            (SELECT count(*)::int FROM pg_stat_activity
              WHERE backend_type = 'client backend') AS sessions`,
  );
  const [facts] = rows;
  if (facts === undefined) throw new Error("the database told nothing");
  return {
    ...facts,
    settings: Object.fromEntries(settings.map(({ name, setting }) => [name, setting])),
    migrations: migrations.map(({ name }) => name),
  };
}

/** The pure part: facts of a database, and the migrations that this version of Pacto knows. */
export function judgeDatabase(
  bank: string,
  facts: DatabaseFacts,
  known: readonly string[],
): Finding[] {
  const { good, warning, fault } = about("database", bank);
  const { settings, sessions, preparedTransactions } = facts;
  const findings: Finding[] = [];
  for (const setting of DURABILITY) {
    if (settings[setting] === "off") {
      findings.push(fault({ code: "database-unsafe", details: { setting } }));
    }
  }
  const missing = known.filter((name) => !facts.migrations.includes(name)).length;
  if (missing > 0) findings.push(warning({ code: "schema-behind", details: { missing } }));
  if (settings["data_checksums"] === "off") findings.push(warning({ code: "checksums-off" }));
  if (facts.mayCreate) findings.push(warning({ code: "role-mighty" }));
  const seconds = Math.round(facts.oldestTransactionSeconds);
  if (seconds > OLD_TRANSACTION_SECONDS) {
    findings.push(warning({ code: "transaction-old", details: { seconds } }));
  }
  if (preparedTransactions > 0) {
    const details = { transactions: preparedTransactions };
    findings.push(warning({ code: "prepared-left", details }));
  }
  const most = Number(settings["max_connections"]);
  if (sessions > most * SESSIONS_SHARE_MAX) {
    findings.push(warning({ code: "sessions-many", details: { sessions, most } }));
  }
  if (findings.length > 0) return findings;
  const version = settings["server_version"] ?? "?";
  return [good({ code: "database-good", details: { version, sessions } })];
}

/** Looks at one bank's database as its service role. Never throws for what it finds. */
export async function examineDatabase(bank: string, url: string | undefined): Promise<Finding[]> {
  const { fault } = about("database", bank);
  if (url === undefined) return [fault({ code: "database-unknown" })];
  const known = await knownMigrations();
  try {
    return judgeDatabase(bank, await withClient(url, readDatabase), known);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [fault({ code: "database-unreachable", details: { why } })];
  }
}

async function knownMigrations(): Promise<string[]> {
  const folder = join(repositoryFolder(), "prisma/migrations");
  const found = await readdir(folder, { withFileTypes: true });
  return found.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
