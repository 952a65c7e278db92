import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseRunnableManifest } from "@pacto/contract";
import { verifyManifest } from "@pacto/contract/signing";
import { beforeEach, describe, expect, inject, it, onTestFinished } from "vitest";
import { controlPart, listParts } from "../src/control/ask.ts";
import type { ConsortiumEvent } from "../src/consortium/program-handle.ts";
import {
  type Consortium,
  type ConsortiumOptions,
  startConsortium,
} from "../src/consortium/start-consortium.ts";
import { withClient } from "../src/postgres/bank-database.ts";
import { findFreePort, isPortFree } from "../src/processes/ports.ts";
import { waitUntil } from "../src/processes/wait-until.ts";

/** As many ports after the first as the consortium of these tests has banks. */
const BANKS = 2;
const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const nowhere = {
  migrationUrl: "postgresql://migrator@nowhere/none",
  serviceUrl: "postgresql://service@nowhere/none",
  serviceRole: "none",
};
let dataDir: string;
let events: ConsortiumEvent[];
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "pacto-consortium-"));
  events = [];
  const folder = dataDir;
  // Runs after the consortium of the test has been stopped.
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
});

type Wishes = Partial<Omit<ConsortiumOptions, "databases">> & {
  readonly databases?: ConsortiumOptions["databases"] | undefined;
};

/** Two banks without databases, unless told; `databases: undefined` gives them real ones. */
async function start(wishes: Wishes = {}): Promise<Consortium> {
  const { databases, ...more } = { databases: { arizona: nowhere, texas: nowhere }, ...wishes };
  const consortium = await startConsortium({
    manifest: pathOf("../../../consortium/branches.json"),
    dataDir,
    ...(databases === undefined ? {} : { databases }),
    nodeBundle: pathOf("stand-in-bank.mjs"),
    report: (event) => events.push(event),
    ...more,
  });
  onTestFinished(() => consortium.stop());
  return consortium;
}

async function answer(url: string): Promise<{ bank: string; environment: NodeJS.ProcessEnv }> {
  return (await (await fetch(url)).json()) as { bank: string; environment: NodeJS.ProcessEnv };
}

describe("a consortium on one machine", () => {
  it("runs a process for each bank, told all it needs by its environment", async () => {
    process.env["PACTO_DATABASE_URL"] = "postgresql://superuser@secret/db";
    onTestFinished(() => void delete process.env["PACTO_DATABASE_URL"]);
    const consortium = await start();
    const texas = consortium.bank("texas");
    const { bank, environment } = await answer(texas.url);
    expect(bank).toBe("texas");
    expect(environment).toMatchObject({
      PACTO_MANIFEST: consortium.files.manifest,
      PACTO_PRIVATE_KEY_FILE: consortium.files.bank("texas").privateKey,
      PACTO_FIRST_STAFF_FILE: consortium.files.bank("texas").staff,
      PACTO_SIGN_IN_SECRET_FILE: consortium.files.bank("texas").signInSecret,
      DATABASE_URL: nowhere.serviceUrl,
      PACTO_MIGRATION_DATABASE_URL: nowhere.migrationUrl,
    });
    expect(environment["PACTO_DATABASE_URL"]).toBeUndefined();
    expect(consortium.banks.map((handle) => handle.pid)).not.toContain(undefined);
  });

  it("writes a manifest that all members signed, and secrets that only the owner reads", async () => {
    const { files } = await start();
    const text = await readFile(files.manifest, "utf8");
    const manifest = parseRunnableManifest(text, files.manifest);
    expect(verifyManifest(manifest)).toEqual([]);
    expect(text).not.toContain("PRIVATE");
    const { privateKey, signInSecret, staff } = files.bank("texas");
    for (const path of [files.control, privateKey, signInSecret, staff]) {
      expect((await stat(path)).mode & 0o777).toBe(0o600);
    }
  });

  it("keeps keys, staff and addresses over restarts with a given port", async () => {
    const port = await findFreePort(BANKS);
    const first = await start({ port });
    const before = await readFile(first.files.manifest, "utf8");
    await first.stop();
    const second = await start({ port });
    expect([first.newStaff.size, second.newStaff.size]).toEqual([2, 0]);
    expect(await readFile(second.files.manifest, "utf8")).toBe(before);
    expect(second.bank("arizona").url).toBe(`http://127.0.0.1:${port + 1}`);
  });

  it("stops everything, and lets the nodes finish", async () => {
    const consortium = await start();
    const ports = consortium.banks.map((bank) => bank.port);
    await consortium.stop();
    for (const port of ports) expect(await isPortFree(port)).toBe(true);
    expect(existsSync(join(dataDir, "texas/stopped-cleanly"))).toBe(true);
    expect(existsSync(join(dataDir, "control.json"))).toBe(false);
  });

  it("starts only the banks asked for, and refuses those it does not know", async () => {
    const consortium = await start({ banks: ["texas"] });
    expect(consortium.banks.map((bank) => bank.state)).toEqual(["down", "ready"]);
    await expect(start({ banks: ["utah"] })).rejects.toThrow(/no bank utah.*arizona, texas/);
  });
});

describe("the databases of a consortium", { timeout: 60_000 }, () => {
  const databaseUrl = async (consortium: Consortium, bank: string) =>
    (await answer(consortium.bank(bank).url)).environment["DATABASE_URL"] ?? "";
  const whoAmI = (url: string) =>
    withClient(url, async (client) => {
      const { rows } = await client.query<{ who: string }>("select current_user as who");
      return rows[0]?.who;
    });

  it("are one for each bank on a server of its own, found again after it was killed", async () => {
    const consortium = await start({ databases: undefined });
    expect(consortium.database?.isOurs).toBe(true);
    const url = await databaseUrl(consortium, "texas");
    expect(await whoAmI(url)).toBe("pacto_texas_service");
    await controlPart(dataDir, "database", "kill");
    await expect(whoAmI(url)).rejects.toThrow();
    await controlPart(dataDir, "database", "start");
    expect(await whoAmI(url)).toBe("pacto_texas_service");
  });

  it("may be on a server that runs already, which is left as it is", async () => {
    const consortium = await start({
      databases: undefined,
      postgres: { url: inject("postgresUrl") },
    });
    const url = await databaseUrl(consortium, "arizona");
    expect(await whoAmI(url)).toBe("pacto_arizona_service");
    await expect(consortium.database?.kill()).rejects.toThrow("not ours");
    await consortium.stop();
    expect(await whoAmI(url)).toBe("pacto_arizona_service");
  });
});

describe("the life of a bank", () => {
  it("is killed, and stays down until it is started", async () => {
    const { bank } = await start({ restartsAfterCrash: true });
    const texas = bank("texas");
    const before = texas.pid;
    await texas.kill();
    expect(texas.state).toBe("down");
    expect(existsSync(join(dataDir, "texas/stopped-cleanly"))).toBe(false);
    await texas.start();
    expect(texas.pid).not.toBe(before);
    expect(events.map((event) => event.kind)).not.toContain("died");
  });

  it("is paused: connected but silent, until it is resumed", async () => {
    const { bank } = await start();
    const texas = bank("texas");
    texas.pause();
    const silent = fetch(texas.url, { signal: AbortSignal.timeout(300) });
    await expect(silent).rejects.toThrow("timeout");
    texas.resume();
    expect((await answer(texas.url)).bank).toBe("texas");
  });

  it("is reported when it dies by itself, and started again where that is wished", async () => {
    const { bank } = await start({ restartsAfterCrash: true });
    const texas = bank("texas");
    const before = texas.pid;
    await fetch(`${texas.url}/crash`).catch(() => undefined);
    await waitUntil(() => texas.state === "ready" && texas.pid !== before, { timeoutMs: 10_000 });
    expect(texas.pid).not.toBe(before);
    expect(events).toContainEqual(
      expect.objectContaining({ kind: "died", name: "Texas branch", how: "exit code 7" }),
    );
  });

  it("is directed from outside through the control interface", async () => {
    const { bank } = await start();
    expect((await listParts(dataDir)).map((part) => part.state)).toEqual(["ready", "ready"]);
    const [killed] = await controlPart(dataDir, "texas", "kill");
    expect(killed).toMatchObject({ id: "texas", state: "down", pid: null });
    await controlPart(dataDir, "texas", "start");
    expect(bank("texas").state).toBe("ready");
    await expect(controlPart(dataDir, "utah", "kill")).rejects.toThrow("There is no utah");
    await expect(listParts(join(dataDir, "empty"))).rejects.toThrow("No consortium runs");
  });

  it("lets nobody direct it without the token", async () => {
    const { files } = await start();
    const control = JSON.parse(await readFile(files.control, "utf8")) as { url: string };
    const answered = await fetch(`${control.url}/parts/texas/kill`, { method: "POST" });
    expect(answered.status).toBe(401);
  });
});

describe("what stands in the way of a start", () => {
  it("is told with the end of the log, and what had started is stopped", async () => {
    const first = await start();
    const ports = first.banks.map((bank) => bank.port);
    await first.stop();
    await writeFile(join(dataDir, "texas/refuse-to-start"), "fsync is off");
    await expect(start()).rejects.toThrow(/Texas branch ended while starting[\s\S]*fsync is off/);
    for (const port of ports) expect(await isPortFree(port)).toBe(true);
  });

  it("may be a taken port, named with its owner to be and a way out", async () => {
    const port = await findFreePort(BANKS);
    const stranger = createServer().listen(port + 2, "127.0.0.1");
    await once(stranger, "listening");
    onTestFinished(() => void stranger.close());
    await expect(start({ port })).rejects.toThrow(
      new RegExp(`port ${port + 2} \\(Texas branch\\).*PACTO_PORT=`),
    );
  });

  it("may be another run in the same folder", async () => {
    await start();
    await expect(start()).rejects.toThrow(/already runs.*PACTO_DATA_DIR/);
  });

  it("is not what a crashed run left: its processes are ended and taken over", async () => {
    const port = await findFreePort(BANKS);
    const first = await start({ port });
    const left = first.banks.map((bank) => bank.pid);
    // As if the process that ran the first had been killed: its claim is that of a dead process.
    const claim = { pid: 999_999_999, startedAt: "0" };
    await writeFile(join(first.files.claims, "1.json"), JSON.stringify(claim));
    const second = await start({ port });
    expect(events.filter((event) => event.kind === "leftover-ended")).toHaveLength(2);
    for (const bank of second.banks) expect(left).not.toContain(bank.pid);
  });
});
