import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { raceKeys } from "../src/chaos/race-keys.ts";

it("two banks that want one key: exactly one has it, whatever dies, and every directory says so", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "pacto-races-"));
  try {
    const report = await raceKeys({ dataDir, races: 12, seed: 7 });
    expect(report.violations).toEqual([]);
    expect(report).toMatchObject({ passed: true, keys: 12 });
    expect(report.kills).toBeGreaterThan(0);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}, 240_000);
