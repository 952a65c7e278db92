import { resolve } from "node:path";
import pg from "pg";
import { grantServiceRole } from "./grants.ts";
import { readMigrations, type Migration } from "./migrations-folder.ts";
import { withSchemaEngine } from "./schema-engine.ts";

export interface MigrateOptions {
  /** Role that owns the schema. */
  readonly migrationUrl: string;
  /** `prisma/migrations`. */
  readonly migrationsFolder: string;
  /** The node's own role, which gets what {@link grantServiceRole} says; none when it is the same. */
  readonly serviceRole?: string | undefined;
  readonly log?: (message: string) => void;
}

/** "pacto" in ASCII: one lock per database, so that replicas starting together take turns. */
const MIGRATION_LOCK = 0x706163746fn;

const LOCK_WAIT_MS = 60_000;

/** The database and the migrations folder disagree; the message says how. */
export class MigrationConflict extends Error {
  override readonly name = "MigrationConflict";
}

/**
 * Brings the database to the folder's last migration, under an advisory lock; with nothing to do
 * it reads one table and returns. Any number of nodes may call it at once.
 * @throws MigrationConflict when an applied migration was edited, failed, or is unknown here
 */
export async function migrateDatabase(options: MigrateOptions): Promise<void> {
  const log = options.log ?? (() => undefined);
  const migrations = await readMigrations(options.migrationsFolder);
  const client = new pg.Client({
    connectionString: options.migrationUrl,
    connectionTimeoutMillis: 5_000,
    application_name: "pacto:migrate",
  });
  await client.connect();
  try {
    await client.query(`set lock_timeout = ${LOCK_WAIT_MS}`);
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    const pending = findPending(migrations, await readApplied(client));
    if (pending.length > 0) {
      log(`applying ${pending.length} database migrations, from ${pending[0]?.name}`);
      await applyMigrations(options.migrationUrl, options.migrationsFolder, migrations);
    }
    if (options.serviceRole !== undefined) await grantServiceRole(client, options.serviceRole);
  } finally {
    // Ends the session, and with it the lock.
    await client.end();
  }
}

interface Applied {
  readonly migration_name: string;
  readonly checksum: string;
  readonly is_finished: boolean;
}

async function readApplied(client: pg.Client): Promise<Applied[]> {
  const found = await client.query("select to_regclass('_prisma_migrations') as name");
  if (found.rows[0]?.name === null) return [];
  const { rows } = await client.query<Applied>(
    `select migration_name, checksum, finished_at is not null as is_finished
     from _prisma_migrations where rolled_back_at is null order by started_at`,
  );
  return rows;
}

/** The migrations still to apply: the applied ones must be the folder's first, unchanged. */
export function findPending(
  migrations: readonly Migration[],
  applied: readonly Applied[],
): readonly Migration[] {
  for (const [index, row] of applied.entries()) {
    const migration = migrations[index];
    if (!row.is_finished) {
      throw new MigrationConflict(
        `Migration ${row.migration_name} failed half-way. Repair the database, mark the row in ` +
          `_prisma_migrations as rolled back and start again.`,
      );
    }
    if (migration === undefined || migration.name !== row.migration_name) {
      throw new MigrationConflict(
        `The database has migration ${row.migration_name}, which this version does not know: ` +
          `it was migrated by another version. Start that version, or a later one.`,
      );
    }
    if (migration.checksum !== row.checksum) {
      throw new MigrationConflict(
        `Migration ${row.migration_name} was changed after it had been applied. ` +
          `Put its text back and write the change as a new migration.`,
      );
    }
  }
  return migrations.slice(applied.length);
}

async function applyMigrations(
  databaseUrl: string,
  folder: string,
  migrations: readonly Migration[],
): Promise<void> {
  await withSchemaEngine(databaseUrl, (engine) =>
    engine.applyMigrations({
      filters: { externalTables: [], externalEnums: [] },
      migrationsList: {
        baseDir: resolve(folder),
        lockfile: { path: "./migration_lock.toml", content: 'provider = "postgresql"\n' },
        shadowDbInitScript: "",
        migrationDirectories: migrations.map((migration) => ({
          path: migration.name,
          migrationFile: {
            path: "migration.sql",
            content: { tag: "ok", value: migration.sql },
          },
        })),
      },
    }),
  );
}
