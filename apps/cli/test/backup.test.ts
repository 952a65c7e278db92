import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Consortium, startConsortium } from "@pacto/testbed";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../src/output/report.ts";
import { runPacto } from "../src/run-pacto.ts";

let dataDir: string;
let consortium: Consortium;
/** BANK/ACCOUNT. */
const accounts = { ana: "", bruno: "" };

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "pacto-backup-"));
  const manifest = fileURLToPath(new URL("../../../consortium/branches.json", import.meta.url));
  const settings = { shared_buffers: "64MB", max_connections: "100" };
  consortium = await startConsortium({ manifest, dataDir, postgres: { settings } });
  accounts.ana = await newAccount("arizona", "Ana Souza", "390.533.447-05");
  accounts.bruno = await newAccount("texas", "Bruno Lima", "529.982.247-25");
}, 180_000);
afterAll(async () => {
  await consortium?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

function pacto(...argv: readonly string[]): Promise<Report> {
  return runPacto(argv, {
    environment: { PACTO_DATA_DIR: dataDir, LANG: "en" },
    workingFolder: "/",
    repository: "/",
    progress: () => {},
  });
}

/** The JSON of a command that must succeed. */
async function json<Shape>(...argv: readonly string[]): Promise<Shape> {
  const report = await pacto(...argv, "--json");
  expect(report, report.stderr).toMatchObject({ exit: 0 });
  return JSON.parse(report.stdout) as Shape;
}

async function newAccount(bank: string, name: string, taxId: string) {
  await json("client", "create", bank, "--name", name, "--tax-id", taxId);
  const open = ["account", "open", bank, "--holder", taxId, "--deposit", "1000"];
  const { account } = await json<{ account: { number: string } }>(...open);
  return `${bank}/${account.number}`;
}

async function pay(from: string, to: string, amount: number): Promise<void> {
  await json("transfer", "--from", `${from}:${amount}`, "--to", to);
}

async function ledgers(): Promise<number[]> {
  const read = (account: string) => json<{ ledgerCentavos: number }>("balance", account);
  const balances = await Promise.all([accounts.ana, accounts.bruno].map(read));
  return balances.map(({ ledgerCentavos }) => ledgerCentavos);
}

/** Everything is decided and applied everywhere, and every law holds. */
async function settled(): Promise<void> {
  await expect
    .poll(async () => (await pacto("check", "--at-rest")).stdout, { timeout: 30_000 })
    .toContain("PASS: every law holds over 2 banks");
}

async function untilNormal(bank: string): Promise<void> {
  const mode = async () => {
    const { stdout } = await pacto("bank", "safe-to-stop", bank, "--json");
    return (JSON.parse(stdout) as { mode?: string }).mode;
  };
  await expect.poll(mode, { timeout: 30_000 }).toBe("normal");
}

interface Backed {
  readonly backup: { readonly name: string };
}

describe("a bank put back from a backup", { timeout: 180_000 }, () => {
  it("learns again every transfer that the others can prove, and serves on (R48)", async () => {
    await pay(accounts.ana, accounts.bruno, 10);
    const { backup } = await json<Backed>("backup", "texas");
    expect(backup.name).toMatch(/^\d{8}t\d{6}$/);
    expect(consortium.bank("texas").state).toBe("ready");
    await pay(accounts.ana, accounts.bruno, 200);
    await pay(accounts.bruno, accounts.ana, 3);
    await settled();
    expect(await ledgers()).toEqual([79_300, 120_700]);

    const restored = await pacto("restore", "texas", backup.name);
    expect(restored, restored.stderr).toMatchObject({ exit: 0 });
    expect(restored.stdout).toContain(`Bank texas runs on backup ${backup.name}`);
    await untilNormal("texas");
    expect(await ledgers()).toEqual([79_300, 120_700]);
    await settled();
    await pay(accounts.bruno, accounts.ana, 1);
    await settled();
    expect(await ledgers()).toEqual([79_400, 120_600]);
  });

  it("keeps what was put aside, and can be restored to that as well", async () => {
    const { backups } = await json<{ backups: { name: string; kind: string }[] }>(
      ...["backup", "list", "texas"],
    );
    expect(backups.map(({ kind }) => kind).toSorted()).toEqual(["backup", "replaced"]);
    const aside = backups.find(({ kind }) => kind === "replaced")?.name ?? "";
    expect((await pacto("restore", "texas", aside)).exit).toBe(0);
    await untilNormal("texas");
    await settled();
    expect(await ledgers()).toEqual([79_400, 120_600]);
  });

  it("knows after a crash in between that it was restored", async () => {
    const { backup } = await json<Backed>("backup", "texas");
    await pay(accounts.ana, accounts.bruno, 5);
    await settled();
    const texas = consortium.bank("texas");
    await texas.stop();
    // As if the power failed in its first start after the swap: it dies before it answers.
    const starting = pacto("restore", "texas", backup.name);
    await expect.poll(() => texas.state, { timeout: 20_000, interval: 5 }).toBe("starting");
    await texas.kill();
    expect(await starting).toMatchObject({ exit: 3 });
    expect(await pacto("bank", "start", "texas")).toMatchObject({ exit: 0 });
    await untilNormal("texas");
    await settled();
    expect(await ledgers()).toEqual([78_900, 121_100]);
  });

  it("is not done for a backup that is not there", async () => {
    const refused = await pacto("restore", "texas", "20000101t000000");
    expect(refused.exit).toBe(3);
    expect(refused.stderr).toContain("texas has no backup 20000101t000000. It has: ");
    expect(consortium.bank("texas").state).toBe("ready");
  });
});
