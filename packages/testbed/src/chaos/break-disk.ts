import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, open, rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { waitUntil } from "../processes/wait-until.ts";
import { serverProcesses } from "../postgres/leftovers.ts";
import { pause } from "./break-processes.ts";
import type { Random } from "./random.ts";
import type { Tally } from "./tally.ts";
import type { World } from "./world.ts";

const run = promisify(execFile);

/** D3, D4, D5: only root on Linux can do these, so a run does them only when asked to. */
export const diskFaults = ["slow-disk", "failing-disk", "full-disk"] as const;
export type DiskFault = (typeof diskFaults)[number];

export interface DiskOptions {
  readonly world: World;
  readonly random: Random;
  readonly tally: Tally;
  readonly signal: AbortSignal;
  readonly faults: ReadonlySet<string>;
  /** Where the server's files lie. */
  readonly postgresFolder: string;
}

const BETWEEN_MS = [5_000, 20_000] as const;
/** Small enough to be filled in a moment, large enough for a long run's books. */
const SMALL_DISK = "1500m";
const FILLER_CHUNK = Buffer.alloc(4 * 1024 * 1024);

/** A disk of its own for the server, so that it can be filled without harming anything else. */
export async function mountSmallDisk(postgresFolder: string): Promise<() => Promise<void>> {
  await mkdir(postgresFolder, { recursive: true });
  const options = `size=${SMALL_DISK},mode=0755`;
  await run("mount", ["-t", "tmpfs", "-o", options, "pacto-chaos", postgresFolder]);
  return async () => {
    await run("umount", ["--lazy", postgresFolder]);
  };
}

/** Slows, fails and fills the server's disk, one after the other. */
export async function breakDisk(options: DiskOptions): Promise<void> {
  const { random, signal, faults } = options;
  const asked = diskFaults.filter((fault) => faults.has(fault));
  while (!signal.aborted) {
    await pause(random.between(...BETWEEN_MS), signal);
    if (signal.aborted) return;
    switch (random.pick(asked)) {
      case "slow-disk":
        await slowFlushes(options);
        break;
      case "failing-disk":
        await failFlush(options);
        break;
      case "full-disk":
        await fillDisk(options);
        break;
    }
  }
}

/** D4: every flush takes 50 to 500 ms longer for a while. */
async function slowFlushes(options: DiskOptions): Promise<void> {
  const { random, tally, signal } = options;
  const microseconds = random.between(50, 500) * 1_000;
  const tracer = await trace(options, `inject=fdatasync:delay_exit=${microseconds}`);
  tally.add("disk slow");
  await pause(random.between(2_000, 8_000), signal);
  await endTracer(tracer);
}

/** D3: one flush fails; the server panics and recovers, and COMMITs have no known outcome (P10). */
async function failFlush(options: DiskOptions): Promise<void> {
  const { random, tally, signal } = options;
  const nth = random.between(1, 5);
  const tracer = await trace(options, `inject=fdatasync:error=EIO:when=${nth}`);
  tally.add("flush failed");
  await pause(random.between(500, 2_000), signal);
  await endTracer(tracer);
}

/** D5: no space for data or for the write-ahead log; the server may well give up. */
async function fillDisk({
  world,
  random,
  tally,
  signal,
  postgresFolder,
}: DiskOptions): Promise<void> {
  const filler = join(postgresFolder, "filler");
  const file = await open(filler, "w");
  try {
    const { bfree, bsize } = await statfs(postgresFolder);
    for (let left = bfree * bsize; left > 0; left -= FILLER_CHUNK.length) {
      await file.write(FILLER_CHUNK);
    }
  } catch {
    // Full, which is what was wanted.
  } finally {
    await file.close();
  }
  tally.add("disk filled");
  await pause(random.between(1_000, 6_000), signal);
  await rm(filler, { force: true });
  // Where it could not even recover, an operator makes room and starts it.
  await waitUntil(
    () =>
      world.postgres.start().then(
        () => true,
        () => false,
      ),
    {
      timeoutMs: 60_000,
      everyMs: 500,
    },
  );
}

async function trace(options: DiskOptions, injection: string): Promise<ChildProcess> {
  const pids = await serverProcesses(join(options.postgresFolder, "cluster"));
  const tracer = spawn(
    "strace",
    ["-f", "-qq", "-e", "trace=fdatasync", "-e", injection, "-o", "/dev/null"].concat(
      pids.flatMap((pid) => ["-p", String(pid)]),
    ),
    { stdio: "ignore" },
  );
  await Promise.race([
    once(tracer, "spawn"),
    once(tracer, "error").then(([error]) => Promise.reject(error as Error)),
  ]);
  return tracer;
}

/** SIGINT lets go of what is traced; it ends by itself when all of that has ended. */
async function endTracer(tracer: ChildProcess): Promise<void> {
  if (tracer.exitCode !== null || tracer.signalCode !== null) return;
  const ended = once(tracer, "exit");
  tracer.kill("SIGINT");
  const late = setTimeout(() => tracer.kill("SIGKILL"), 5_000);
  await ended;
  clearTimeout(late);
}
