import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Manifest, manifestSchema } from "@pacto/contract";
import { escapeIdentifier } from "pg";
import { readDatabaseUrls } from "../consortium/database-urls.ts";
import { type Consortium, startConsortium } from "../consortium/start-consortium.ts";
import type { TokenSource } from "../consortium/staff-tokens.ts";
import { urlFor, withClient } from "../postgres/bank-database.ts";
import { type PostgresServer, startPostgres } from "../postgres/server.ts";
import { repositoryFolder } from "../repository.ts";
import { openAccounts } from "./load/open-accounts.ts";
import { openWire, type Wire } from "./load/wire.ts";

/** Above the workers of the two-phase commit that PostgreSQL offers, so that none waits. */
const PREPARED_TRANSACTIONS_MAX = 64;

/**
 * What measurements stand on: one PostgreSQL with default durability for us and for the references,
 * and consortia of our own on it, started when first asked for.
 */
export interface Stage {
  /** An empty database for a reference, as superuser. */
  newDatabase(name: string): Promise<string>;
  /** The process of a bank by itself that nobody has called yet. */
  untouched(): Promise<number>;
  /** A bank by itself with that many accounts, each with money in it. */
  bank(accounts: number): Promise<BankOnStage>;
  /** Four banks that decide by a majority of three witnesses, or each coordinator alone. */
  four(decider: "local" | "register"): Promise<readonly BankOnStage[]>;
  close(): Promise<void>;
}

export interface BankOnStage {
  readonly id: string;
  readonly url: string;
  readonly token: TokenSource;
  readonly accounts: readonly string[];
  /** Of the node's process. */
  readonly pid: number;
  readonly migrationUrl: string;
  /** The same database, as superuser. */
  readonly superuserUrl: string;
  /** With a connection for each caller. */
  wire(connections: number, options?: { readonly refusalsAreAnswers?: boolean }): Wire;
}

const COMPOSITE_ACCOUNTS = 1_000;

export async function openStage(signal: AbortSignal): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), "pacto-bench-"));
  const server = await startPostgres({
    home: join(folder, "postgres"),
    settings: {
      max_prepared_transactions: String(PREPARED_TRANSACTIONS_MAX),
      max_connections: "500",
    },
  });
  const consortia = new Map<string, Promise<Consortium>>();
  const banks = new Map<string, Promise<BankOnStage>>();

  function consortium(name: string, members: number, decider: Manifest["decider"]["kind"]) {
    const known = consortia.get(name);
    if (known !== undefined) return known;
    const started = start({ folder, server, name, members, decider, signal });
    consortia.set(name, started);
    return started;
  }

  function bankOf(running: Consortium, dataDir: string, id: string, accounts: number) {
    const known = banks.get(id);
    if (known !== undefined) return known;
    const opened = openBank({ running, dataDir, id, serverUrl: server.url }, accounts);
    banks.set(id, opened);
    return opened;
  }

  return {
    async newDatabase(name) {
      await withClient(server.url, (client) =>
        client.query(`CREATE DATABASE ${escapeIdentifier(name)}`),
      );
      return urlFor(server.url, name);
    },
    async untouched() {
      const { pid } = (await consortium("idle", 1, "local")).bank("azul-idle");
      if (pid === undefined) throw new Error("azul-idle did not start");
      return pid;
    },
    async bank(accounts) {
      const name = `n${accounts}`;
      const running = await consortium(name, 1, "local");
      return bankOf(running, join(folder, name), `azul-${name}`, accounts);
    },
    async four(decider) {
      const running = await consortium(decider, 4, decider);
      const ids = running.manifest.members.map(({ id }) => id);
      const dataDir = join(folder, decider);
      return Promise.all(ids.map((id) => bankOf(running, dataDir, id, COMPOSITE_ACCOUNTS)));
    },
    async close() {
      for (const started of consortia.values())
        await (await started.catch(() => undefined))?.stop();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Start {
  readonly folder: string;
  readonly server: PostgresServer;
  readonly name: string;
  readonly members: number;
  readonly decider: Manifest["decider"]["kind"];
  readonly signal: AbortSignal;
}

/** The first members of the five-bank manifest, under names of this consortium's own. */
async function start({ folder, server, name, members, decider, signal }: Start) {
  const path = join(repositoryFolder(), "consortium/brasil.json");
  const whole = manifestSchema.parse(JSON.parse(await readFile(path, "utf8")));
  const chosen = whole.members.slice(0, members).map((member) => ({
    ...member,
    id: `${member.id}-${name}`,
  }));
  const witnesses = chosen.slice(0, 3).map(({ id }) => id);
  const manifest = join(folder, `${name}.json`);
  const who = decider === "local" ? { kind: decider } : { kind: decider, witnesses };
  await writeFile(manifest, JSON.stringify({ ...whole, decider: who, members: chosen }));
  const postgres = { url: server.url };
  return startConsortium({
    hasStaff: false,
    manifest,
    dataDir: join(folder, name),
    postgres,
    signal,
  });
}

interface Opening {
  readonly running: Consortium;
  readonly dataDir: string;
  readonly id: string;
  readonly serverUrl: string;
}

async function openBank(
  { running, dataDir, id, serverUrl }: Opening,
  count: number,
): Promise<BankOnStage> {
  const { url, pid } = running.bank(id);
  const database = await readDatabaseUrls(dataDir, id);
  if (database === undefined || pid === undefined) throw new Error(`${id} did not start`);
  const token = running.tokenOf(id);
  const { migrationUrl } = database;
  const superuserUrl = urlFor(serverUrl, new URL(migrationUrl).pathname.slice(1));
  return {
    id,
    url,
    token,
    pid,
    migrationUrl,
    superuserUrl,
    accounts: await openAccounts({ url, token, migrationUrl }, count),
    wire: (connections, options) => openWire({ url, token, connections, ...options }),
  };
}
