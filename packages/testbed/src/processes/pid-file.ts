import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { z } from "zod";
import type { ProcessIdentity } from "./identity.ts";

const identitySchema = z.object({ pid: z.int().min(2), startedAt: z.string() });

/**
 * Written at once, so that hardly a moment lies between the birth of a process and the record by
 * which a later run finds it again.
 */
export function writePidFile(path: string, identity: ProcessIdentity): void {
  writeFileSync(`${path}.draft`, JSON.stringify(identity), { mode: 0o600 });
  renameSync(`${path}.draft`, path);
}

/** Undefined when there is no such file, or one that a crash cut short. */
export function readPidFile(path: string): ProcessIdentity | undefined {
  try {
    return identitySchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return undefined;
  }
}

export function removePidFile(path: string): void {
  rmSync(path, { force: true });
}
