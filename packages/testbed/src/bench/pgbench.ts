import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { withClient } from "../postgres/bank-database.ts";

const run = promisify(execFile);

/** pgbench is not installed, so there is nothing to compare with. */
export class PgbenchMissing extends Error {
  override readonly name = "PgbenchMissing";
}

/** The machine does so much else that a rate would mean nothing. */
export class TooBusy extends Error {
  override readonly name = "TooBusy";
}

/** The version line of the installed pgbench. @throws PgbenchMissing */
export async function findPgbench(): Promise<string> {
  try {
    return (await run("pgbench", ["--version"])).stdout.trim();
  } catch (cause) {
    throw new PgbenchMissing("pgbench is not in PATH", { cause });
  }
}

const SCHEMA = "pacto_bench";

// The bank's own tables with their checks and indexes, but without foreign keys, triggers, keys of
// callers and audit; one call and one COMMIT per deposit; the hot cash row is locked last. All of
// that favours pgbench.
const SETUP = `
  DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE;
  CREATE SCHEMA ${SCHEMA};
  CREATE TABLE ${SCHEMA}.account (LIKE public.account INCLUDING ALL) WITH (fillfactor = 70);
  CREATE TABLE ${SCHEMA}.posting (LIKE public.posting INCLUDING ALL);
  CREATE TABLE ${SCHEMA}.entry (LIKE public.entry INCLUDING ALL);
  INSERT INTO ${SCHEMA}.account (id, kind, agency, number, normal_side, ceiling)
  VALUES (1, 'cash', '0001', 'cash', 'debit', 0);
  INSERT INTO ${SCHEMA}.account (id, kind, agency, number, normal_side, floor)
  SELECT n, 'checking', '0001', n || '-0', 'credit', 0 FROM generate_series(2, $ACCOUNTS + 1) n;
  CREATE FUNCTION ${SCHEMA}.deposit(customer bigint, cents bigint) RETURNS void
    LANGUAGE plpgsql AS $body$
  DECLARE
    posted uuid := gen_random_uuid();
  BEGIN
    INSERT INTO ${SCHEMA}.posting (id, kind, description, actor)
      VALUES (posted, 'deposit', '', 'bench');
    WITH credited AS (
      UPDATE ${SCHEMA}.account SET ledger = ledger + cents, version = version + 1
       WHERE id = customer RETURNING id, version, ledger)
    INSERT INTO ${SCHEMA}.entry SELECT id, version, posted, cents, ledger FROM credited;
    WITH debited AS (
      UPDATE ${SCHEMA}.account SET ledger = ledger - cents, version = version + 1
       WHERE id = 1 RETURNING id, version, ledger)
    INSERT INTO ${SCHEMA}.entry SELECT id, version, posted, -cents, ledger FROM debited;
  END $body$;
  ANALYZE ${SCHEMA}.account;`;

const script = (accounts: number) =>
  `\\set customer random(2, ${accounts + 1})\nSELECT ${SCHEMA}.deposit(:customer, 100);\n`;

export interface Pgbench {
  /** Deposits per second of one round, connecting not counted. @throws TooBusy */
  round(options: { readonly clients: number; readonly seconds: number }): Promise<number>;
  close(): Promise<void>;
}

/**
 * Prepares the same double entry in a schema of its own beside the bank's tables, on the same
 * server. `url` is the migrating role's.
 */
export async function preparePgbench(url: string, accounts: number): Promise<Pgbench> {
  const folder = await mkdtemp(join(tmpdir(), "pacto-pgbench-"));
  const file = join(folder, "deposit.sql");
  await writeFile(file, script(accounts));
  await withClient(url, (client) => client.query(SETUP.replace("$ACCOUNTS", String(accounts))));
  return {
    async round({ clients, seconds }) {
      const { stdout } = await run(
        "pgbench",
        [
          ...["--no-vacuum", "--protocol", "prepared", "--file", file],
          ...["--client", String(clients), "--jobs", "2", "--time", String(seconds)],
        ],
        { env: environmentOf(url) },
      );
      const rate = /^tps = ([0-9.]+)/m.exec(stdout)?.[1];
      // With not one transaction done in time pgbench prints no rate.
      if (rate === undefined) throw new TooBusy(`pgbench did nothing in ${seconds} s`);
      return Number(rate);
    },
    async close() {
      await withClient(url, (client) => client.query(`DROP SCHEMA ${SCHEMA} CASCADE`));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** By environment, so that the password is in no argument list. */
function environmentOf(url: string): NodeJS.ProcessEnv {
  const { hostname, port, username, password, pathname } = new URL(url);
  return {
    PATH: process.env["PATH"],
    PGHOST: hostname,
    PGPORT: port === "" ? "5432" : port,
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
  };
}
