import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject, onTestFinished } from "vitest";

export interface ScratchDatabase {
  /** As the database's owner. */
  readonly url: string;
  /** As a role of its own that may do nothing yet. */
  readonly serviceUrl: string;
  readonly serviceRole: string;
  readonly run: (sql: string) => Promise<void>;
}

/** An empty database with an owner and a service role; all of it goes when the test ends. */
export async function createScratchDatabase(): Promise<ScratchDatabase> {
  const name = `scratch_${randomBytes(6).toString("hex")}`;
  const owner = `${name}_owner`;
  const serviceRole = `${name}_service`;
  const password = randomBytes(12).toString("hex");
  const admin = inject("postgresUrl");
  for (const role of [owner, serviceRole]) {
    await runSql(admin, `create role ${role} login password '${password}'`);
  }
  await runSql(admin, `create database ${name} owner ${owner}`);
  const urlOf = (role: string) => {
    const url = new URL(admin);
    url.username = role;
    url.password = password;
    url.pathname = `/${name}`;
    return url.href;
  };
  onTestFinished(async () => {
    await runSql(admin, `drop database ${name} with (force)`);
    await runSql(admin, `drop role ${owner}`);
    await runSql(admin, `drop role ${serviceRole}`);
  });
  const url = urlOf(owner);
  return { url, serviceUrl: urlOf(serviceRole), serviceRole, run: (sql) => runSql(url, sql) };
}

async function runSql(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
