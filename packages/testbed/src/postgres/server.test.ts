import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { ensureBankDatabase, withClient } from "./bank-database.ts";
import { type PostgresServer, startPostgres } from "./server.ts";

let home: string;
let server: PostgresServer | undefined;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "pacto-postgres-"));
  await chmod(home, 0o711);
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
  await rm(home, { recursive: true, force: true });
});

async function start(): Promise<PostgresServer> {
  server = await startPostgres({ home });
  return server;
}

async function count(url: string): Promise<number> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ n: number }>("select count(*)::int as n from kept");
    return rows[0]?.n ?? -1;
  });
}

async function keepARow(url: string): Promise<void> {
  await withClient(url, async (client) => {
    await client.query("create table if not exists kept (id int)");
    await client.query("insert into kept values (1)");
  });
}

describe("embedded PostgreSQL", { timeout: 60_000 }, () => {
  it("finds its data again, durable by default, with a password that only the owner reads", async () => {
    const first = await start();
    await keepARow(first.url);
    await withClient(first.url, async (client) => {
      for (const setting of ["fsync", "full_page_writes", "synchronous_commit"]) {
        const { rows } = await client.query<Record<string, string>>(`show ${setting}`);
        expect(rows[0]?.[setting]).toBe("on");
      }
    });
    await first.stop();
    expect(await first.ended).toBe(true);
    expect((await stat(join(home, "superuser-password"))).mode & 0o777).toBe(0o600);
    expect(await count((await start()).url)).toBe(1);
  });

  it("recovers after kill -9 of all its processes, under sessions", async () => {
    const first = await start();
    await keepARow(first.url);
    const session = new Client({ connectionString: first.url });
    session.on("error", () => {});
    await session.connect();
    const busy = session.query("select pg_sleep(60)").catch(() => "cut");
    await first.kill();
    expect(await busy).toBe("cut");
    expect(await count((await start()).url)).toBe(1);
  });

  it("recovers after kill -9 of the postmaster alone, whose backends hold the memory", async () => {
    const first = await start();
    await keepARow(first.url);
    const session = new Client({ connectionString: first.url });
    session.on("error", () => {});
    await session.connect();
    const loop = "do $$ begin loop perform 1; end loop; end $$";
    const busy = session.query(loop).catch(() => "cut");
    const pid = Number.parseInt(
      await readFile(join(await folderOf(home), "postmaster.pid"), "utf8"),
      10,
    );
    process.kill(pid, "SIGKILL");
    expect(await first.ended).toBe(false);
    const second = await start();
    expect(await busy).toBe("cut");
    expect(await count(second.url)).toBe(1);
  });

  it("takes over from a server that a crashed run left running", async () => {
    const first = await start();
    await keepARow(first.url);
    expect(await count((await start()).url)).toBe(1);
    expect(await first.ended).toBe(false);
  });

  it("is not held up by a stale postmaster.pid whose number a stranger has now", async () => {
    const first = await start();
    await keepARow(first.url);
    await first.kill();
    const path = join(await folderOf(home), "postmaster.pid");
    const text = await readFile(path, "utf8");
    await writeFile(path, text.replace(/^\d+/, String(process.pid)));
    expect(await count((await start()).url)).toBe(1);
  });

  it.runIf(process.getuid?.() === 0)("keeps its files where its user can reach them", async () => {
    await chmod(home, 0o700);
    await keepARow((await start()).url);
    const elsewhere = (await readFile(join(home, "location"), "utf8")).trim();
    onTestFinished(() => rm(elsewhere, { recursive: true }));
    expect(await count((await start()).url)).toBe(1);
    await server?.stop();
  });

  it("stops although it is paused", async () => {
    const first = await start();
    await first.pause();
    await first.stop();
    expect(await first.ended).toBe(true);
  });

  it("says why it does not start", async () => {
    const attempt = startPostgres({ home, settings: { shared_buffers: "nonsense" } });
    await expect(attempt).rejects.toThrow(/ended while starting[\s\S]*shared_buffers/);
  });
});

describe("a bank's database", { timeout: 60_000 }, () => {
  it("gives the service role no DDL and lets no other bank in", async () => {
    const { url } = await start();
    const ask = (bank: string) =>
      ensureBankDatabase({
        superuserUrl: url,
        bank,
        passwordFile: join(home, bank, "database.json"),
      });
    const azul = await ask("azul");
    const verde = await ask("verde");
    expect(await ask("azul")).toEqual(azul);
    await withClient(azul.migrationUrl, (client) => client.query("create table t (id int)"));
    await withClient(azul.serviceUrl, async (client) => {
      await expect(client.query("create table u (id int)")).rejects.toThrow("permission denied");
      await expect(client.query("select * from t")).rejects.toThrow("permission denied");
    });
    const intruder = new URL(verde.serviceUrl);
    intruder.pathname = "/pacto_azul";
    await expect(withClient(intruder.href, async () => {})).rejects.toThrow("permission denied");
  });
});

async function folderOf(of: string): Promise<string> {
  const elsewhere = await readFile(join(of, "location"), "utf8").catch(() => of);
  return join(elsewhere.trim(), "cluster");
}
