import { chmod, chown, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  balanceOf,
  type BanksInProcess,
  newKey,
  openAccountWith,
  startBanks,
} from "@pacto/bank-node/test-banks";
import { guardDatabase } from "@pacto/bank-node/guard";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { findFreePort } from "../src/processes/ports.ts";
import { repositoryFolder } from "../src/repository.ts";
import { Daemon, ordinaryUser } from "./drills/daemon.ts";
import { ensureInstalled } from "./drills/debian.ts";

const POOL_SIZE = 3;
const missing = await ensureInstalled({ pgbouncer: "pgbouncer" });
if (missing !== undefined) process.stderr.write(`Not tested behind PgBouncer: ${missing}.\n`);

let folder: string;
let pooler: Daemon;
let port: number;
let banks: BanksInProcess;

beforeAll(async () => {
  if (missing !== undefined) return;
  folder = await mkdtemp(join(tmpdir(), "pacto-pooler-"));
  port = await findFreePort();
  pooler = await startPooler();
  banks = await startBanks(["azul", "verde", "coral"], {
    isPooled: true,
    databaseUrl: (_, url) => pooled(url),
  });
}, 150_000);
afterAll(async () => {
  await banks?.stop();
  await pooler?.stop();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

function pooled(url: string): string {
  const at = new URL(url);
  at.port = String(port);
  return at.href;
}

/** deploy/pgbouncer/pgbouncer.ini, with this test's addresses and few sessions. */
async function startPooler(): Promise<Daemon> {
  const { serviceRole, password } = inject("bankTemplate");
  const server = new URL(inject("postgresUrl"));
  const users = join(folder, "userlist.txt");
  const text = await readFile(join(repositoryFolder(), "deploy/pgbouncer/pgbouncer.ini"), "utf8");
  const ours: Readonly<Record<string, string>> = {
    "host=127.0.0.1 port=5432": `host=127.0.0.1 port=${server.port}`,
    "listen_port = 6432": `listen_port = ${port}`,
    "/etc/pgbouncer/userlist.txt": users,
    "default_pool_size = 20": `default_pool_size = ${POOL_SIZE}`,
  };
  let configured = text;
  for (const [from, to] of Object.entries(ours)) {
    expect(configured).toContain(from);
    configured = configured.replace(from, to);
  }
  const file = join(folder, "pgbouncer.ini");
  await writeFile(file, configured, { mode: 0o600 });
  await writeFile(users, `"${serviceRole}" "${password}"\n`, { mode: 0o600 });
  const user = await ordinaryUser();
  if (user !== undefined) {
    for (const path of [folder, file, users]) await chown(path, user.uid, user.gid);
  }
  await chmod(folder, 0o711);
  const daemon = new Daemon({
    program: "pgbouncer",
    arguments: [file],
    logFile: join(folder, "pgbouncer.log"),
    user,
  });
  await daemon.start(() => answers());
  return daemon;
}

async function answers(): Promise<boolean> {
  const client = new pg.Client({ host: "127.0.0.1", port, user: "nobody", database: "x" });
  const error = await client.connect().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  await client.end().catch(() => undefined);
  return !(error instanceof Error && "code" in error && error.code === "ECONNREFUSED");
}

describe.skipIf(missing !== undefined)("banks behind PgBouncer in transaction mode", () => {
  it("do at once what a crowd asks, on a few sessions of the server", async () => {
    const [azul, verde, coral] = ["azul", "verde", "coral"].map((id) => banks.bank(id));
    if (!azul || !verde || !coral) throw new Error("three banks");
    const accounts = await Promise.all(
      [azul, verde, coral].map((at) => openAccountWith(at, 5_000)),
    );
    const [one = "", two = "", three = ""] = accounts;
    const side = (bank: string, account: string) => ({ bank, account, amountCentavos: 10 });
    const composites = await Promise.all(
      Array.from({ length: 40 }, () =>
        azul.staff.transfers.create({
          idempotencyKey: newKey(),
          from: [side("azul", one), side("verde", two)],
          to: [{ bank: "coral", account: three, amountCentavos: 20 }],
          waitMs: 20_000,
        }),
      ),
    );
    expect(new Set(composites.map(({ transfer }) => transfer.state))).toEqual(
      new Set(["committed"]),
    );
    await expect.poll(() => balanceOf(coral, three), { timeout: 20_000 }).toBe(5_800);
    await expect.poll(() => balanceOf(verde, two), { timeout: 20_000 }).toBe(4_600);
    expect(await balanceOf(azul, one)).toBe(4_600);
    expect(await sessionsOf(azul.database.superuserUrl)).toBeLessThanOrEqual(POOL_SIZE);
  });

  it("refuse what the books refuse, and read by key, as without it", async () => {
    const azul = banks.bank("azul");
    const account = await openAccountWith(azul, 100);
    const input = { idempotencyKey: newKey(), number: account, amountCentavos: 500 };
    await expect(azul.staff.cash.withdraw(input)).rejects.toThrow();
    expect(await balanceOf(azul, account)).toBe(100);
    expect(await planByKey(azul.database.serviceUrl)).not.toContain("Seq Scan");
  });

  it("are given sessions with the bounds that they ask for by themselves elsewhere", async () => {
    const { serviceUrl } = banks.bank("azul").database;
    expect((await guardDatabase(pooled(serviceUrl), true)).version).toBeGreaterThan(150_000);
    // A session without them, as a pooler that was set up otherwise would give it.
    await expect(guardDatabase(serviceUrl, true)).rejects.toThrow(/connect_query/);
  });
});

async function sessionsOf(url: string): Promise<number> {
  return withSession(url, async (client) => {
    const { rows } = await client.query<{ sessions: number }>(
      `SELECT count(*)::int AS sessions FROM pg_stat_activity
        WHERE datname = current_database() AND usename <> session_user`,
    );
    return rows[0]?.sessions ?? 0;
  });
}

/** How the engine's statements are planned: what BEGIN of a batch sets holds in its transaction. */
async function planByKey(url: string): Promise<string> {
  const { beginBatch } = banks.bank("azul").node.bank.pools;
  return withSession(pooled(url), async (client) => {
    await client.query(beginBatch);
    const { rows } = await client.query<{ "QUERY PLAN": string }>(
      "EXPLAIN SELECT id FROM account WHERE number = ANY (ARRAY['1']) ORDER BY id FOR UPDATE",
    );
    await client.query("ROLLBACK");
    return rows.map((row) => row["QUERY PLAN"]).join("\n");
  });
}

async function withSession<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
