import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { AlreadyRunning, claimFolder } from "./owner.ts";

async function newClaims(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "pacto-claim-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

const deadClaim = JSON.stringify({ pid: process.pid, startedAt: "before the reboot" });

describe("a data folder", () => {
  it.each([0, 1, 7])(
    "has one owner, when many claim it at once after %i dead ones",
    async (dead) => {
      const claims = await newClaims();
      for (let n = 1; n <= dead; n += 1) await writeFile(join(claims, `${n}.json`), deadClaim);
      const outcomes = await Promise.allSettled(
        Array.from({ length: 8 }, () => claimFolder(claims)),
      );
      expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
      for (const outcome of outcomes) {
        if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(AlreadyRunning);
      }
    },
  );

  it("is free again when its owner gives it back or has died", async () => {
    const claims = await newClaims();
    const release = await claimFolder(claims);
    await expect(claimFolder(claims)).rejects.toThrow(/already runs.*PACTO_DATA_DIR/);
    release();
    (await claimFolder(claims))();
    await writeFile(join(claims, "2.json"), deadClaim);
    (await claimFolder(claims))();
    await writeFile(join(claims, "3.json"), "cut sho");
    (await claimFolder(claims))();
  });
});
