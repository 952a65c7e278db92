import { execFile } from "node:child_process";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { repositoryFolder } from "../repository.ts";

const run = promisify(execFile);

/** What goes into the node's bundle. */
const SOURCES = [
  "apps/bank-node/src",
  "packages/atomic-commit/src",
  "packages/banking/src",
  "packages/contract/src",
  "prisma/migrations",
];

/**
 * Builds the node when a source is newer than its bundle, so that a test of processes never runs
 * yesterday's node.
 */
export async function buildNodeIfStale(): Promise<void> {
  const root = repositoryFolder();
  const folder = join(root, "apps/bank-node");
  const built = await stat(join(folder, "dist/main.js")).catch(() => undefined);
  const times = await Promise.all(SOURCES.map((source) => newestChange(join(root, source))));
  if (built !== undefined && Math.max(...times) < built.mtimeMs) return;
  await run(process.execPath, ["build.mjs"], { cwd: folder });
}

async function newestChange(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const times = entries
    .filter((entry) => entry.isFile() && !entry.name.includes(".test."))
    .map(async (entry) => (await stat(join(entry.parentPath, entry.name))).mtimeMs);
  return Math.max(0, ...(await Promise.all(times)));
}
