import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import net from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTRPCClient, httpBatchLink, httpBatchStreamLink, httpLink } from "@trpc/client";
import { staffRoles, statusOutput } from "@pacto/contract";
import {
  generateSigningKey,
  saveSigningKey,
  signManifest,
  signStaffToken,
  type SigningKey,
} from "@pacto/contract/signing";
import pg from "pg";
import { describe, expect, it, onTestFinished } from "vitest";
import { type NodeEnv, readEnv } from "../src/env.ts";
import { noCrashPoint } from "../src/failpoints/crash-point.ts";
import { createLogger } from "../src/logger.ts";
import type { AppRouter } from "../src/router.ts";
import { startNode } from "../src/start-node.ts";
import { createBankDatabase } from "./bank-database.ts";

interface Prepared {
  readonly env: NodeEnv;
  readonly folder: string;
  readonly superuserUrl: string;
  /** Of a member of the bank's staff with every role. */
  readonly token: string;
}

/** Everything that one bank needs to start: database, manifest signed by all, key, token. */
async function prepareBank(changes: Record<string, string> = {}): Promise<Prepared> {
  const database = await createBankDatabase();
  onTestFinished(() => database.drop());
  const folder = await mkdtemp(join(tmpdir(), "pacto-node-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const banks = ["azul", "verde"].map((id, index) => ({ id, index, key: generateSigningKey() }));
  const members = banks.map(({ id, index, key }) => ({
    id,
    ispb: `0000000${index}`,
    name: `Banco ${id}`,
    colour: "#1D4ED8",
    mark: id.slice(0, 2),
    url: `http://127.0.0.1:${index + 1}`,
    publicKeys: [{ keyId: key.keyId, publicKey: key.publicKey }],
    trust: [],
    caps: {},
  }));
  const unsigned = {
    consortium: { id: "teste", name: "Teste" },
    locale: "pt-BR" as const,
    epoch: 1,
    decider: { kind: "local" as const },
    members,
    signatures: [],
  };
  const signatures = banks.map(({ id, key }) => signManifest(unsigned, id, key));
  const paths = { manifest: join(folder, "manifest.json"), secret: join(folder, "secret") };
  await writeFile(paths.secret, "0123456789abcdef0123456789abcdef", { mode: 0o600 });
  await writeFile(paths.manifest, JSON.stringify({ ...unsigned, signatures }));
  for (const { id, key } of banks) await saveSigningKey(join(folder, `${id}.pem`), key);
  const env = readEnv({
    PACTO_BANK: "azul",
    PACTO_MANIFEST: paths.manifest,
    PACTO_PRIVATE_KEY_FILE: join(folder, "azul.pem"),
    DATABASE_URL: database.serviceUrl,
    PACTO_MIGRATION_DATABASE_URL: database.migrationUrl,
    PACTO_PORT: "0",
    PACTO_SIGN_IN_SECRET_FILE: paths.secret,
    ...changes,
  });
  const token = await tokenBy(banks[0]?.key ?? generateSigningKey());
  return { env, folder, superuserUrl: database.superuserUrl, token };
}

function tokenBy(key: SigningKey): Promise<string> {
  const person = { sub: "p1", name: "Ana", roles: [...staffRoles], sid: "s1" };
  return signStaffToken({ iss: "azul", aud: "azul", ...person }, key, { nowMs: Date.now() });
}

async function start({ env }: Prepared) {
  const lines: string[] = [];
  const logger = createLogger({ bank: "azul", level: "info", write: (line) => lines.push(line) });
  const node = await startNode({ env, logger, crashPoint: noCrashPoint });
  let isStopped = false;
  const stop = async () => {
    if (!isStopped) await node.stop();
    isStopped = true;
  };
  onTestFinished(stop);
  return { url: node.url, stop, lines };
}

describe("starting a bank", () => {
  it("opens with its status, its probes and its procedures", async () => {
    const { url } = await start(await prepareBank());
    const status = statusOutput.parse(await (await fetch(`${url}/status`)).json());
    expect(status).toMatchObject({ bank: "azul", database: "up", ready: true, inDoubt: 0 });
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toMatch(/^pacto_ready 1$/m);
    expect(metrics).toMatch(/^pacto_clearing_centavos\{bank="\w+"\} 0$/m);
    expect(metrics).toMatch(/^pacto_drawer_variance_centavos\{bank="\w+"\} 0$/m);
    const anonymous = await fetch(`${url}/trpc/clients.list?input=%7B%7D`);
    expect(anonymous.status).toBe(401);
    expect(await anonymous.json()).toMatchObject({
      error: { data: { refusal: { code: "not-signed-in" } } },
    });
  });

  it.each([
    ["single calls", httpLink],
    ["batches", httpBatchLink],
    ["streamed batches", httpBatchStreamLink],
  ])("speaks tRPC's wire to its own client: %s", async (_, link) => {
    const prepared = await prepareBank();
    const { url } = await start(prepared);
    const headers = { authorization: `Bearer ${prepared.token}` };
    const client = createTRPCClient<AppRouter>({ links: [link({ url: `${url}/trpc`, headers })] });
    const [status, summary] = await Promise.all([
      client.status.get.query(),
      client.status.summary.query(),
    ]);
    expect([status.bank, summary.bank]).toEqual(["azul", "azul"]);
    const { client: created } = await client.clients.create.mutate({
      idempotencyKey: "first-client-1",
      name: "Maria da Silva",
      taxId: "52998224725",
    });
    expect((await client.clients.list.query({})).clients.map(({ id }) => id)).toEqual([created.id]);
    await expect(client.clients.get.query({ id: "x" })).rejects.toMatchObject({
      data: { code: "BAD_REQUEST" },
    });
  });

  it("stops cleanly: nothing listens, and no session stays in the database", async () => {
    const prepared = await prepareBank();
    const { url, stop, lines } = await start(prepared);
    await fetch(`${url}/status`);
    await stop();
    await expect(fetch(`${url}/status`)).rejects.toThrow();
    expect(lines.join()).toContain("the bank is closed");
    expect(await sessionsIn(prepared.superuserUrl)).toEqual([]);
    const again = await start(prepared);
    expect((await fetch(`${again.url}/readyz`)).status).toBe(200);
  });

  it("survives the loss of every database connection", async () => {
    const prepared = await prepareBank();
    const { url } = await start(prepared);
    await fetch(`${url}/status`);
    await query(
      prepared.superuserUrl,
      `select pg_terminate_backend(pid, 5000) as name from pg_stat_activity
       where datname = current_database() and application_name like 'pacto-%'`,
    );
    let status = 0;
    while (status !== 200) status = (await fetch(`${url}/readyz`)).status;
    const answer = await fetch(`${url}/trpc/status.summary`, {
      headers: { authorization: `Bearer ${prepared.token}` },
    });
    expect(answer.status).toBe(200);
  });

  it("waits for a database that is not up yet", async () => {
    const prepared = await prepareBank();
    const server = new URL(prepared.env.DATABASE_URL);
    const proxy = net.createServer((socket) => {
      const upstream = net.connect(Number(server.port), server.hostname);
      socket.pipe(upstream).pipe(socket);
      socket.on("error", () => upstream.destroy());
      upstream.on("error", () => socket.destroy());
    });
    const port = await freePort();
    const starting = start({
      ...prepared,
      env: { ...prepared.env, DATABASE_URL: withPort(server, port) },
    });
    await new Promise<void>((resolve) => proxy.listen(port, "127.0.0.1", resolve));
    onTestFinished(() => void proxy.close());
    const { url, stop } = await starting;
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    await stop();
  });

  it("refuses a key that the other banks do not know", async () => {
    const prepared = await prepareBank();
    const env = { ...prepared.env, PACTO_PRIVATE_KEY_FILE: join(prepared.folder, "verde.pem") };
    await expect(start({ ...prepared, env })).rejects.toThrow(/none of its publicKeys/);
  });

  it("refuses a manifest that it is not in, that is not there, or that was changed", async () => {
    const prepared = await prepareBank();
    const startWith = (changes: Partial<NodeEnv>) =>
      start({ ...prepared, env: { ...prepared.env, ...changes } });
    await expect(startWith({ PACTO_BANK: "roxo" })).rejects.toThrow(/members are azul, verde/);
    await expect(startWith({ PACTO_MANIFEST: "/nowhere" })).rejects.toThrow(/PACTO_MANIFEST/);
    const text = await readFile(prepared.env.PACTO_MANIFEST, "utf8");
    await writeFile(prepared.env.PACTO_MANIFEST, text.replace("Banco verde", "Banco Verde"));
    await expect(startWith({})).rejects.toThrow(/signature of azul is not of this manifest/);
  });

  it("leaves nothing behind when its port is taken", async () => {
    const blocker = net.createServer();
    await new Promise<void>((resolve) => blocker.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void blocker.close());
    const { port } = blocker.address() as AddressInfo;
    const prepared = await prepareBank({ PACTO_PORT: String(port) });
    await expect(start(prepared)).rejects.toThrow(/EADDRINUSE/);
    expect(await sessionsIn(prepared.superuserUrl)).toEqual([]);
  });

  it("lets nobody in whose token another key signed", async () => {
    const { url } = await start(await prepareBank());
    const token = await tokenBy(generateSigningKey());
    const answer = await fetch(`${url}/trpc/clients.list?input=%7B%7D`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(401);
  });
});

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function withPort(url: URL, port: number): string {
  const moved = new URL(url);
  moved.port = String(port);
  return moved.href;
}

function sessionsIn(superuserUrl: string): Promise<string[]> {
  return query(
    superuserUrl,
    `select application_name as name from pg_stat_activity
     where datname = current_database() and application_name like 'pacto-%'`,
  );
}

async function query(url: string, sql: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(sql);
    return rows.map(({ name }) => name);
  } finally {
    await client.end();
  }
}
