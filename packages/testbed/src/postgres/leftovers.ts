import { readdir, readFile, readlink, realpath, rm } from "node:fs/promises";
import { join } from "node:path";
import { endProcess, sendSignal } from "../processes/end-process.ts";
import { identifyProcess } from "../processes/identity.ts";
import { waitUntil } from "../processes/wait-until.ts";

/**
 * Ends what an earlier run left of a server: a postmaster that still runs, or its orphaned
 * backends, which would hold the shared memory and keep a new server from starting. A stale
 * `postmaster.pid` whose number now belongs to a stranger is removed.
 */
export async function endLeftoverServer(folder: string): Promise<void> {
  const pidFile = join(folder, "postmaster.pid");
  const text = await readFile(pidFile, "utf8").catch(() => undefined);
  if (text === undefined) return;
  const pid = Number.parseInt(text, 10);
  const postmaster = await identifyProcess(pid);
  if (postmaster !== undefined && (await isServerOf(pid, folder))) {
    await endProcess(postmaster, [
      { signal: "SIGINT", withinMs: 15_000 },
      { signal: "SIGQUIT", withinMs: 5_000 },
      { signal: "SIGKILL", withinMs: 5_000 },
    ]);
  }
  await endOrphans(folder);
  await rm(pidFile, { force: true });
}

/** The server's processes by number, postmaster first; only Linux can tell. */
export async function serverProcesses(folder: string): Promise<number[]> {
  if (process.platform !== "linux") return [];
  const home = await realpath(folder);
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const found: number[] = [];
  for (const pid of pids) {
    const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
    if (cwd === home && (await identifyProcess(pid)) !== undefined) found.push(pid);
  }
  return found.sort((a, b) => a - b);
}

/** Without its postmaster a backend ends by itself at its next wait; a busy one is helped. */
async function endOrphans(folder: string): Promise<void> {
  const nobodyLeft = async () => (await serverProcesses(folder)).length === 0;
  if (await waitUntil(nobodyLeft, { timeoutMs: 2_000 })) return;
  for (const pid of await serverProcesses(folder)) sendSignal(pid, "SIGKILL");
  if (await waitUntil(nobodyLeft, { timeoutMs: 10_000 })) return;
  throw new Error(`Processes of an earlier PostgreSQL still use ${folder} and do not end.`);
}

async function isServerOf(pid: number, folder: string): Promise<boolean> {
  if (process.platform === "linux") {
    const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
    return cwd === (await realpath(folder));
  }
  // Elsewhere the postmaster's own check stands: it refuses to start over a living one.
  return false;
}
