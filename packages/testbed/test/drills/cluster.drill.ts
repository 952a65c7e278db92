import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Account, openAccounts } from "../../src/chaos/open-accounts.ts";
import type { Door } from "../../src/chaos/perform.ts";
import { sentencesOf } from "../../src/chaos/settle.ts";
import { type Consortium, startConsortium } from "../../src/consortium/start-consortium.ts";
import { checkLaws } from "../../src/laws/index.ts";
import { urlFor } from "../../src/postgres/bank-database.ts";
import { waitUntil } from "../../src/processes/wait-until.ts";
import { repositoryFolder } from "../../src/repository.ts";
import { type Cluster, clusterPackages, type Member, startCluster } from "./cluster.ts";
import { ensureInstalled } from "./debian.ts";
import { lostOf, startLoad } from "./load.ts";

/** The bank goes on within this after its primary's death. */
const GOES_ON_WITHIN_MS = 30_000;
const BUSY_MS = 6_000;

let folder: string;
let cluster: Cluster;
let consortium: Consortium;
let accounts: readonly Account[];
let door: Door;

beforeAll(async () => {
  const missing = await ensureInstalled(clusterPackages);
  if (missing !== undefined) throw new Error(missing);
  folder = await mkdtemp(join(tmpdir(), "pacto-cluster-"));
  cluster = await startCluster(folder);
  await cluster.untilWhole(120_000);
  consortium = await startConsortium({
    manifest: join(repositoryFolder(), "consortium/branches.json"),
    dataDir: join(folder, "consortium"),
    postgres: { url: cluster.primaryUrl },
    environment: { PACTO_LOG_LEVEL: "warn" },
  });
  const { tokenOf } = consortium;
  accounts = await openAccounts({ tokenOf, process: consortium.bank }, "cluster", [
    { bank: "arizona", depositCentavos: 10_000_000 },
    { bank: "arizona", depositCentavos: 100 },
    { bank: "texas", depositCentavos: 100 },
  ]);
  door = { url: consortium.bank("arizona").url, token: tokenOf("arizona") };
});
afterAll(async () => {
  await consortium?.stop();
  await cluster?.stop();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

/** Load before, during and after what is done to the primary. */
async function underLoad(name: string, act: (primary: Member) => Promise<void>) {
  const primary = await cluster.untilWhole(120_000);
  const load = startLoad({ door, accounts, workers: 8, name });
  await busy();
  await act(primary);
  const others = cluster.members.filter((member) => member !== primary);
  const next = await waitUntil(
    async () => {
      const leader = await cluster.leader(others);
      return leader !== undefined && leader !== primary ? leader : undefined;
    },
    { timeoutMs: 90_000, everyMs: 250 },
  );
  if (next === undefined) throw new Error("nobody took over");
  await busy();
  const report = await load.stop();
  process.stdout.write(
    `${name}: ${report.acknowledged.size} acknowledged in ${report.seconds.toFixed(0)} s, ` +
      `${report.askedAgain.length} asked again, longest silence ${Math.round(report.longestSilenceMs)} ms\n`,
  );
  return { report, primary, next };
}

/** A span of load, not a wait for something. */
function busy(): Promise<unknown> {
  return waitUntil(() => false, { timeoutMs: BUSY_MS, everyMs: BUSY_MS });
}

async function everythingHolds(): Promise<void> {
  const books = ["arizona", "texas"].map((bank) => ({
    bank,
    url: urlFor(cluster.primaryUrl, `pacto_${bank}`),
  }));
  await expect
    .poll(async () => sentencesOf(await checkLaws(books, { atRest: true })), { timeout: 60_000 })
    .toEqual([]);
}

describe("a bank on a cluster, under load", () => {
  it("goes on within 30 s when its primary is killed, and loses nothing acknowledged", async () => {
    const { report, primary } = await underLoad("killed", (member) => member.patroni.kill());
    expect(report.longestSilenceMs).toBeLessThan(GOES_ON_WITHIN_MS);
    await cluster.revive(primary);
    await cluster.untilWhole(120_000);
    expect(await lostOf(door, report)).toEqual([]);
    await everythingHolds();
  });

  it("is answered by no primary that was cut off, and keeps nothing that it wrote", async () => {
    // Its Patroni no longer says that it leads, and no longer hears that it does not.
    const { report, primary, next } = await underLoad("cut-off", async (member) =>
      member.patroni.signal("SIGSTOP"),
    );
    expect(report.longestSilenceMs).toBeLessThan(GOES_ON_WITHIN_MS);
    expect(next).not.toBe(primary);
    const attempt = await tryToWrite(primary);
    expect(attempt.answer).toBe("none");
    primary.patroni.signal("SIGCONT");
    await cluster.untilWhole(120_000);
    await attempt.client.end().catch(() => undefined);
    expect(await attempt.isKept()).toBe(false);
    expect(await lostOf(door, report)).toEqual([]);
    await everythingHolds();
  });
});

interface Attempt {
  readonly answer: "none" | "acknowledged" | "refused";
  readonly client: pg.Client;
  /** Whether the cluster knows of it. */
  isKept(): Promise<boolean>;
}

/** Writes to one member past all others, with all the patience that a client may have. */
async function tryToWrite(member: Member): Promise<Attempt> {
  const client = new pg.Client({ connectionString: member.url });
  client.on("error", () => undefined);
  await client.connect();
  let answer: Attempt["answer"] = "none";
  client.query("CREATE TABLE written_by_the_cut_off ()").then(
    () => (answer = "acknowledged"),
    () => {
      if (answer === "none") answer = "refused";
    },
  );
  await waitUntil(() => answer !== "none", { timeoutMs: 10_000 });
  return {
    answer,
    client,
    async isKept() {
      const now = new pg.Client({ connectionString: cluster.primaryUrl });
      await now.connect();
      const { rows } = await now.query<{ found: boolean }>(
        "SELECT to_regclass('written_by_the_cut_off') IS NOT NULL AS found",
      );
      await now.end();
      return rows[0]?.found === true;
    },
  };
}
