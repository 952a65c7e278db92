import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { Client, escapeIdentifier, escapeLiteral } from "pg";
import { z } from "zod";

/** How a bank reaches its database. Both are secrets: never log them. */
export interface BankDatabase {
  /** The role that owns the schema; used to migrate only. */
  readonly migrationUrl: string;
  /** The role of the running node: no DDL, no more than the migrations grant it. */
  readonly serviceUrl: string;
  readonly serviceRole: string;
}

const passwordsSchema = z.strictObject({ migrator: z.string(), service: z.string() });

/**
 * Makes sure that a bank has its database and its two roles on the server, and that they take the
 * passwords kept in `passwordFile` (0600; made when missing). Data are never touched.
 */
export async function ensureBankDatabase(options: {
  readonly superuserUrl: string;
  readonly bank: string;
  readonly passwordFile: string;
}): Promise<BankDatabase> {
  const database = `pacto_${options.bank}`;
  const migrator = `${database}_migrator`;
  const service = `${database}_service`;
  const passwords = await readOrMakePasswords(options.passwordFile);
  await withClient(options.superuserUrl, async (client) => {
    await ensureRole(client, migrator, passwords.migrator);
    await ensureRole(client, service, passwords.service);
    const found = await client.query("select 1 from pg_database where datname = $1", [database]);
    if (found.rowCount === 0) {
      const [name, owner] = [escapeIdentifier(database), escapeIdentifier(migrator)];
      // The grant lets a superuser of a managed server, who is none, hand the database over.
      await client.query(`grant ${owner} to current_user`);
      await client.query(`create database ${name} owner ${owner}`);
      await closeDatabase(client, { database, service });
    }
  });
  return {
    migrationUrl: urlFor(options.superuserUrl, database, migrator, passwords.migrator),
    serviceUrl: urlFor(options.superuserUrl, database, service, passwords.service),
    serviceRole: service,
  };
}

/** Another database or another role on the same server. */
export function urlFor(
  serverUrl: string,
  database: string,
  user?: string,
  password?: string,
): string {
  const url = new URL(serverUrl);
  url.pathname = `/${encodeURIComponent(database)}`;
  if (user !== undefined) url.username = encodeURIComponent(user);
  if (password !== undefined) url.password = encodeURIComponent(password);
  return url.href;
}

/** Runs `work` on one session that is closed afterwards. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // A session cut by the server also rejects the query in flight, which is where it is handled.
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Makes the role, or gives it this password if it is there. */
export async function ensureRole(client: Client, role: string, password: string): Promise<void> {
  const found = await client.query("select 1 from pg_roles where rolname = $1", [role]);
  const verb = found.rowCount === 0 ? "create" : "alter";
  await client.query(
    `${verb} role ${escapeIdentifier(role)} with login password ${escapeLiteral(password)}`,
  );
}

/** Nobody but the bank's own two roles may enter its database: banks share a server here only. */
export async function closeDatabase(
  client: Client,
  { database, service }: { database: string; service: string },
): Promise<void> {
  const name = escapeIdentifier(database);
  await client.query(`revoke all on database ${name} from public`);
  await client.query(`grant connect on database ${name} to ${escapeIdentifier(service)}`);
}

async function readOrMakePasswords(path: string): Promise<z.infer<typeof passwordsSchema>> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text !== undefined) return passwordsSchema.parse(JSON.parse(text));
  const passwords = { migrator: newPassword(), service: newPassword() };
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.draft`, `${JSON.stringify(passwords)}\n`, { mode: 0o600 });
  await chmod(`${path}.draft`, 0o600);
  await rename(`${path}.draft`, path);
  return passwords;
}

function newPassword(): string {
  return randomBytes(24).toString("base64url");
}
