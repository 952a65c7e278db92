import { linkSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { identifyProcess, isRunning } from "../processes/identity.ts";
import { readPidFile } from "../processes/pid-file.ts";

/** Another live process runs the consortium in this folder. */
export class AlreadyRunning extends Error {
  override readonly name = "AlreadyRunning";
}

/**
 * Claims a data folder for this process; the claim of a process that has died counts for nothing.
 * @returns what gives the claim back
 * @throws AlreadyRunning when a living process holds it
 */
export async function claimFolder(path: string): Promise<() => void> {
  const self = await identifyProcess(process.pid);
  if (self === undefined) throw new Error("This process cannot see itself.");
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${self.pid}`;
  writeFileSync(draft, JSON.stringify(self), { mode: 0o600 });
  try {
    for (;;) {
      // A hard link is made whole or not at all, and never over an existing file.
      if (tryLink(draft, path)) return () => rmSync(path, { force: true });
      const holder = readPidFile(path);
      if (holder !== undefined && (await isRunning(holder))) {
        throw new AlreadyRunning(
          `A consortium already runs in ${dirname(path)} (process ${holder.pid}). Stop it with ` +
            "Ctrl-C in its terminal, or choose another folder by PACTO_DATA_DIR.",
        );
      }
      rmSync(path, { force: true });
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}
