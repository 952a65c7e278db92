import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { openAccounts } from "../src/chaos/open-accounts.ts";
import { type Door, readAccount } from "../src/chaos/perform.ts";
import { consortiumFiles } from "../src/consortium/layout.ts";
import { staffTokens } from "../src/consortium/staff-tokens.ts";
import { findFreePort, isPortFree } from "../src/processes/ports.ts";
import { waitUntil } from "../src/processes/wait-until.ts";
import {
  ask,
  changeOf,
  isDecided,
  isSettled,
  killTree,
  planComposites,
  untilAll,
} from "./kill-everything.ts";

const folder = fileURLToPath(new URL("..", import.meta.url));
const manifest = fileURLToPath(new URL("../../../consortium/branches.json", import.meta.url));

beforeAll(() => {
  execFileSync(process.execPath, ["build.mjs"], { cwd: folder });
});

async function startFromCommandLine(dataDir: string, port: number, consortium = manifest) {
  const program = "await import(process.argv[1]).then((bundle) => bundle.start())";
  const child = spawn(
    process.execPath,
    ["--input-type=module", "-e", program, join(folder, "dist/start.js"), "--no-dashboard"],
    {
      env: {
        PATH: process.env["PATH"],
        PACTO_DATA_DIR: dataDir,
        PACTO_CONSORTIUM: consortium,
        PACTO_PORT: String(port),
      },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const ended = once(child, "exit");
  onTestFinished(async () => {
    child.kill("SIGTERM");
    await ended;
  });
  await waitUntil(() => said.includes("is running") || child.exitCode !== null, {
    timeoutMs: 60_000,
  });
  return { child, ended, said: () => said };
}

describe("npm start", { timeout: 120_000 }, () => {
  it("stops everything once, although npm and the terminal both pass Ctrl-C on", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "pacto-start-"));
    await chmod(dataDir, 0o711);
    // Runs last, when all has ended.
    onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
    const port = await findFreePort();
    const { child, ended, said } = await startFromCommandLine(dataDir, port);
    expect(said()).toMatch(new RegExp(`Texas branch +http://127.0.0.1:${port + 2}`));
    expect(said()).toMatch(/teller@texas\.example {2}\S{16} {2}\(teller\)/);
    expect((await stat(join(dataDir, "texas", "staff.json"))).mode & 0o777).toBe(0o600);
    child.kill("SIGINT");
    child.kill("SIGINT");
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    expect(said()).toContain("Stopped. The data stay");
    for (const bank of [1, 2]) expect(await isPortFree(port + bank)).toBe(true);
    expect(existsSync(join(dataDir, "postgres/cluster/postmaster.pid"))).toBe(false);
  });
});

const fiveBanks = fileURLToPath(new URL("../../../consortium/brasil.json", import.meta.url));
const pacto = fileURLToPath(new URL("../../../apps/cli/bin/pacto.mjs", import.meta.url));
const BANKS = ["azul", "verde", "ambar", "coral", "violeta"];
const DEPOSIT = 1_000_000;

describe("kill -9 of every process at once in the middle of 1,000 composites", () => {
  it("costs nothing: after npm start all settle, as they were told", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "pacto-killed-"));
    await chmod(dataDir, 0o711);
    onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
    const port = await findFreePort();
    const first = await startFromCommandLine(dataDir, port, fiveBanks);
    const tokenOf = staffTokens(consortiumFiles(dataDir));
    const doorOf = (bank: string): Door => {
      const url = `http://127.0.0.1:${port + 1 + BANKS.indexOf(bank)}`;
      return { url, token: tokenOf(bank) };
    };
    const plans = [...BANKS, ...BANKS].map((bank) => ({ bank, depositCentavos: DEPOSIT }));
    const accounts = await openAccounts({ tokenOf, process: doorOf }, "killed", plans);
    const composites = planComposites(1_000, accounts, doorOf);

    const asked = composites.map(ask);
    const isInTheMiddle = () => composites.filter(isDecided).length >= 100;
    expect(await waitUntil(isInTheMiddle, { timeoutMs: 60_000, everyMs: 5 })).toBe(true);
    killTree(first.child.pid ?? 0);
    await Promise.all([...asked, first.ended]);
    const acknowledged = composites.filter(isDecided).map(({ told }) => told);
    expect(acknowledged.length).toBeLessThan(1_000);

    await startFromCommandLine(dataDir, port, fiveBanks);
    const lost = await untilAll(
      composites,
      async (composite) => {
        await ask(composite);
        return isDecided(composite);
      },
      60_000,
    );
    expect(lost).toEqual([]);
    expect(await untilAll(composites, isSettled, 60_000)).toEqual([]);
    const now = new Map(composites.map(({ told }) => [told?.id, told?.state]));
    for (const told of acknowledged) expect(now.get(told?.id)).toBe(told?.state);

    const environment = { PATH: process.env["PATH"], PACTO_DATA_DIR: dataDir };
    await promisify(execFile)(process.execPath, [pacto, "check"], { env: environment });
    for (const account of accounts) {
      const read = await readAccount(doorOf(account.bank), account.number);
      const ledgerCentavos = DEPOSIT + changeOf(account, composites);
      expect(read).toMatchObject({ kind: "answer", value: { ledgerCentavos, heldCentavos: 0 } });
    }
  }, 240_000);
});
