import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { chaosFaults, runChaos, runMonkeys } from "../src/chaos/index.ts";

/** Of the breaking; a longer run takes `PACTO_CHAOS_SECONDS=600`, or `pacto chaos --minutes 10`. */
const SECONDS = Number(process.env["PACTO_CHAOS_SECONDS"] ?? 15);
const SEED = Number(process.env["PACTO_CHAOS_SEED"] ?? 20261121);
const TEST_TIMEOUT_MS = (SECONDS + 240) * 1_000;

async function newDataDir(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), "pacto-chaos-"));
  onTestFinished((context) =>
    // What broke a law is evidence.
    context.task.result?.state === "fail"
      ? Promise.resolve()
      : rm(dataDir, { recursive: true, force: true }),
  );
  return dataDir;
}

function count(rows: readonly (readonly [string, number])[], name: string): number {
  return rows.find(([row]) => row === name)?.[1] ?? 0;
}

it(
  "200 composites at once over 5 banks with hot accounts, while banks are killed at random",
  async () => {
    const dataDir = await newDataDir();
    const report = await runChaos({
      dataDir,
      seed: SEED,
      seconds: SECONDS,
      faults: ["kill"],
      tellers: 200,
      lifeMs: 4_000,
    });
    expect(report.violations).toEqual([]);
    expect(count(report.done, "node killed")).toBeGreaterThan(3);
    expect(count(report.reached, "committed transfers")).toBeGreaterThan(20);
  },
  TEST_TIMEOUT_MS,
);

it(
  "every fault at once: processes, PostgreSQL, sessions, the network between banks",
  async () => {
    const dataDir = await newDataDir();
    const report = await runChaos({
      dataDir,
      seed: SEED + 1,
      seconds: SECONDS * 1.5,
      faults: chaosFaults,
      lifeMs: 5_000,
    });
    expect(report.violations).toEqual([]);
    expect(count(report.reached, "committed transfers")).toBeGreaterThan(5);
    expect(count(report.reached, "network: duplicate")).toBeGreaterThan(0);
    const { done } = report;
    expect(count(done, "PostgreSQL killed") + count(done, "PostgreSQL paused")).toBeGreaterThan(0);
  },
  TEST_TIMEOUT_MS,
);

it("kill -9 of all clients, all banks and PostgreSQL at once: the sum is 0.00", async () => {
  const dataDir = await newDataDir();
  const report = await runMonkeys({ mode: "parallel", dataDir, clients: 20, lifeMs: 3_000 });
  expect(report).toMatchObject({ violations: [], sumCentavos: 0n, passed: true });
}, 240_000);
