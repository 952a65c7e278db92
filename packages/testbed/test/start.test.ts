import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { findFreePort, isPortFree } from "../src/processes/ports.ts";
import { waitUntil } from "../src/processes/wait-until.ts";

const folder = fileURLToPath(new URL("..", import.meta.url));
const manifest = fileURLToPath(new URL("../../../consortium/branches.json", import.meta.url));

beforeAll(() => {
  execFileSync(process.execPath, ["build.mjs"], { cwd: folder });
});

async function startFromCommandLine(dataDir: string, port: number) {
  const program = "await import(process.argv[1]).then((bundle) => bundle.start())";
  const child = spawn(
    process.execPath,
    ["--input-type=module", "-e", program, join(folder, "dist/start.js"), "--no-dashboard"],
    {
      env: {
        PATH: process.env["PATH"],
        PACTO_DATA_DIR: dataDir,
        PACTO_CONSORTIUM: manifest,
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
    expect((await readFile(join(dataDir, "demo-token"), "utf8")).length).toBeGreaterThan(40);
    child.kill("SIGINT");
    child.kill("SIGINT");
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    expect(said()).toContain("Stopped. The data stay");
    for (const bank of [1, 2]) expect(await isPortFree(port + bank)).toBe(true);
    expect(existsSync(join(dataDir, "postgres/cluster/postmaster.pid"))).toBe(false);
  });
});
