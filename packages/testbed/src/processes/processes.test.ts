import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it, onTestFinished } from "vitest";
import { endProcess } from "./end-process.ts";
import { identifyProcess, isRunning } from "./identity.ts";

async function startSleeper(script: string) {
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "ignore"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child.stdout, "data");
  const identity = await identifyProcess(child.pid ?? 0);
  if (identity === undefined) throw new Error("the process is not there");
  return identity;
}

const obedient = "setInterval(() => {}, 1000); console.log('up')";
const deaf = `process.on('SIGTERM', () => {}); ${obedient}`;

describe("a process", () => {
  it("is not taken for a later one with its number", async () => {
    const identity = await startSleeper(obedient);
    expect(await isRunning(identity)).toBe(true);
    expect(await isRunning({ ...identity, startedAt: "another time" })).toBe(false);
  });

  it("ends by the first signal that it obeys", async () => {
    const steps = [
      { signal: "SIGTERM", withinMs: 300 },
      { signal: "SIGKILL", withinMs: 5_000 },
    ] as const;
    expect(await endProcess(await startSleeper(obedient), steps)).toBe("SIGTERM");
    const identity = await startSleeper(deaf);
    expect(await endProcess(identity, steps)).toBe("SIGKILL");
    expect(await isRunning(identity)).toBe(false);
    expect(await endProcess(identity, steps)).toBeUndefined();
  });
});
