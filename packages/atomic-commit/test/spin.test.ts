import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const script = fileURLToPath(new URL("../spin/run.mjs", import.meta.url));
const installed = spawnSync("spin", ["-V"]).error === undefined;

/** Guarantee: the protocol's abstraction holds for every schedule of four participants. */
describe.skipIf(!installed)("the Promela models", () => {
  it("hold exhaustively, and every bug seeded into them is found", () => {
    const { status, stdout } = spawnSync(process.execPath, [script], { encoding: "utf8" });
    expect(stdout).not.toContain("FAILED");
    expect(stdout).not.toContain("skipped");
    expect(status).toBe(0);
  }, 300_000);
});
