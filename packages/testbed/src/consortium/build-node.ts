import { execFile } from "node:child_process";
import { readdir, stat, utimes } from "node:fs/promises";
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
 * Builds the node when there is no bundle or a source is newer than it, so that nobody who starts
 * banks has to build first, or runs yesterday's node.
 */
export async function buildNodeIfStale(): Promise<void> {
  const root = repositoryFolder();
  const bundle = join(root, "apps/bank-node/dist/main.js");
  const built = await stat(bundle).catch(() => undefined);
  const times = await Promise.all(SOURCES.map((source) => newestChange(join(root, source))));
  if (built !== undefined && Math.max(...times) < built.mtimeMs) return;
  const turbo = join(root, "node_modules/turbo/bin/turbo");
  const build = [turbo, "run", "build", "--filter=@pacto/bank-node", "--output-logs=errors-only"];
  await run(process.execPath, build, { cwd: root });
  const now = new Date();
  // Outputs from turbo's cache keep the times they were made at.
  await utimes(bundle, now, now);
}

async function newestChange(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const times = entries
    .filter((entry) => entry.isFile() && !entry.name.includes(".test."))
    .map(async (entry) => (await stat(join(entry.parentPath, entry.name))).mtimeMs);
  return Math.max(0, ...(await Promise.all(times)));
}
