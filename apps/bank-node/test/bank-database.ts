import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";

/** A migrated database to be cloned, and the roles that clones have. */
export interface BankTemplate {
  readonly database: string;
  readonly owner: string;
  readonly serviceRole: string;
  readonly password: string;
  /** Why the template could not be migrated; empty when it could. */
  readonly failure: string;
}

declare module "vitest" {
  interface ProvidedContext {
    /** Superuser's URL of the PostgreSQL server of this test run. */
    postgresUrl: string;
    bankTemplate: BankTemplate;
  }
}

/** One bank's database as a node finds it after migrating: empty books, both roles. */
export interface TestBankDatabase {
  readonly migrationUrl: string;
  /** As the node's own role: no DDL, append-only tables stay so. */
  readonly serviceUrl: string;
  readonly serviceRole: string;
  /** As superuser, for tests that look behind the node or tamper with its data. */
  readonly superuserUrl: string;
  drop(): Promise<void>;
}

/** A database of one's own, cloned from the run's migrated template in some 50 ms. */
export async function createBankDatabase(): Promise<TestBankDatabase> {
  const template = inject("bankTemplate");
  if (template.failure !== "") {
    throw new Error(`The migrations do not apply: ${template.failure}`);
  }
  return cloneDatabase(template.database);
}

/** Another database with everything that this one contains now. Ends its connections. */
export async function copyBankDatabase(from: TestBankDatabase): Promise<TestBankDatabase> {
  const source = new URL(from.superuserUrl).pathname.slice(1);
  await runAsSuperuser(
    inject("postgresUrl"),
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${source}'`,
  );
  return cloneDatabase(source);
}

async function cloneDatabase(source: string): Promise<TestBankDatabase> {
  const server = inject("postgresUrl");
  const template = inject("bankTemplate");
  const name = `pacto_test_${randomBytes(6).toString("hex")}`;
  await runAsSuperuser(server, `create database ${name} template ${source}`, [
    `alter database ${name} owner to ${template.owner}`,
    `revoke all on database ${name} from public`,
    `grant connect on database ${name} to ${template.serviceRole}`,
  ]);
  const urlOf = (role?: string) => {
    const url = new URL(server);
    url.pathname = `/${name}`;
    if (role !== undefined) {
      url.username = role;
      url.password = template.password;
    }
    return url.href;
  };
  return {
    migrationUrl: urlOf(template.owner),
    serviceUrl: urlOf(template.serviceRole),
    serviceRole: template.serviceRole,
    superuserUrl: urlOf(),
    drop: () => runAsSuperuser(server, `drop database if exists ${name} with (force)`),
  };
}

async function runAsSuperuser(url: string, sql: string, more: string[] = []): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of [sql, ...more]) await client.query(statement);
  } finally {
    await client.end();
  }
}
