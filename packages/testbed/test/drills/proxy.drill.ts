import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BankProcess } from "../../src/chaos/bank-process.ts";
import { type Account, openAccounts } from "../../src/chaos/open-accounts.ts";
import type { Door } from "../../src/chaos/perform.ts";
import { sentencesOf } from "../../src/chaos/settle.ts";
import { readDatabaseUrls } from "../../src/consortium/database-urls.ts";
import { type Consortium, startConsortium } from "../../src/consortium/start-consortium.ts";
import { checkLaws } from "../../src/laws/index.ts";
import { urlFor } from "../../src/postgres/bank-database.ts";
import { findFreePort } from "../../src/processes/ports.ts";
import { waitUntil } from "../../src/processes/wait-until.ts";
import { repositoryFolder } from "../../src/repository.ts";
import { Daemon } from "./daemon.ts";
import { ensureInstalled } from "./debian.ts";
import { lostOf, startLoad } from "./load.ts";

const BUSY_MS = 4_000;
const WORKERS = 16;

let folder: string;
let consortium: Consortium;
let balancer: Daemon;
let replicas: readonly BankProcess[];
let accounts: readonly Account[];
/** Arizona, as its tellers and the other bank find it: behind HAProxy. */
let door: Door;

beforeAll(async () => {
  const missing = await ensureInstalled({ haproxy: "haproxy" });
  if (missing !== undefined) throw new Error(missing);
  folder = await mkdtemp(join(tmpdir(), "pacto-proxy-"));
  const proxyPort = await findFreePort();
  const url = `http://127.0.0.1:${proxyPort}`;
  consortium = await startConsortium({
    manifest: join(repositoryFolder(), "consortium/branches.json"),
    dataDir: folder,
    banks: ["texas"],
    addresses: { arizona: url },
    environment: { PACTO_LOG_LEVEL: "warn" },
  });
  replicas = [await replica(0), await replica(1)];
  await Promise.all(replicas.map((process) => process.start()));
  balancer = await startBalancer(proxyPort, url);
  const { tokenOf } = consortium;
  door = { url, token: tokenOf("arizona") };
  const process = (bank: string) => (bank === "arizona" ? { url } : consortium.bank(bank));
  accounts = await openAccounts({ tokenOf, process }, "proxy", [
    { bank: "arizona", depositCentavos: 100_000_000 },
    { bank: "arizona", depositCentavos: 100 },
    { bank: "texas", depositCentavos: 100 },
  ]);
});
afterAll(async () => {
  await balancer?.stop();
  await Promise.all((replicas ?? []).map((process) => process.stop()));
  await consortium?.stop();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

async function replica(number: number): Promise<BankProcess> {
  const database = await readDatabaseUrls(consortium.files.folder, "arizona");
  if (database === undefined) throw new Error("no database for arizona");
  return new BankProcess({
    bank: "arizona",
    replica: number,
    port: await findFreePort(),
    consortium,
    database,
    environment: { PACTO_LOG_LEVEL: "warn" },
  });
}

/** deploy/haproxy/bank.cfg before both. */
async function startBalancer(port: number, url: string): Promise<Daemon> {
  const daemon = new Daemon({
    program: "haproxy",
    arguments: ["-db", "-f", join(repositoryFolder(), "deploy/haproxy/bank.cfg")],
    logFile: join(folder, "haproxy.log"),
    environment: {
      PACTO_PROXY_BIND: `127.0.0.1:${port}`,
      PACTO_NODE_1: `127.0.0.1:${replicas[0]?.port}`,
      PACTO_NODE_2: `127.0.0.1:${replicas[1]?.port}`,
    },
  });
  await daemon.start(async () => {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    return answer?.ok === true;
  });
  return daemon;
}

/** A span of load, not a wait for something. */
function busy(): Promise<unknown> {
  return waitUntil(() => false, { timeoutMs: BUSY_MS, everyMs: BUSY_MS });
}

async function underLoad(name: string, act: () => Promise<void>) {
  const load = startLoad({ door, accounts, workers: WORKERS, name });
  await busy();
  await act();
  await busy();
  const report = await load.stop();
  process.stdout.write(
    `${name}: ${Math.round(report.acknowledged.size / report.seconds)}/s, ` +
      `${report.askedAgain.length} of ${report.acknowledged.size} asked again, ` +
      `longest silence ${Math.round(report.longestSilenceMs)} ms\n`,
  );
  return report;
}

async function everythingHolds(): Promise<void> {
  const server = consortium.database?.url ?? "";
  const books = ["arizona", "texas"].map((bank) => ({
    bank,
    url: urlFor(server, `pacto_${bank}`),
  }));
  await expect
    .poll(async () => sentencesOf(await checkLaws(books, { atRest: true })), { timeout: 60_000 })
    .toEqual([]);
}

describe("two processes of one bank behind HAProxy, without sticky sessions", () => {
  it("share the work, and one goes on alone when the other is killed", async () => {
    const [first, second] = replicas;
    await underLoad("both", () => Promise.resolve());
    const report = await underLoad("one killed", async () => {
      await first?.kill();
      await busy();
      await first?.start();
      await bothUp();
    });
    expect(second?.state).toBe("ready");
    expect(report.longestSilenceMs).toBeLessThan(5_000);
    expect(await lostOf(door, report)).toEqual([]);
    await everythingHolds();
  });

  it("are restarted one after the other, and no caller has to ask again", async () => {
    const report = await underLoad("rolling restart", async () => {
      for (const process of replicas) {
        await process.stop();
        await process.start();
        await bothUp();
      }
    });
    expect(report.askedAgain).toEqual([]);
    expect(await lostOf(door, report)).toEqual([]);
    await everythingHolds();
  });
});

/** HAProxy knows that both answer: whoever restarts the next one earlier leaves it none. */
async function bothUp(): Promise<void> {
  const areUp = await waitUntil(
    async () => {
      const answer = await fetch(`${door.url}/proxy/nodes`).catch(() => undefined);
      return (await answer?.text()) === "2";
    },
    { timeoutMs: 30_000 },
  );
  if (areUp !== true) throw new Error("a replica is not ready");
}
