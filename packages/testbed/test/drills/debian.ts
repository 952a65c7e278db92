import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const FOLDERS = ["/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/bin", "/usr/local/sbin"];
const APT_WITHIN_MS = 120_000;

/**
 * Makes sure that programs are there, by Debian's packages where we are root.
 * @param packages package by program: `{ pgbouncer: "pgbouncer" }`
 * @returns what is still missing, as a sentence; undefined when all is there
 */
export async function ensureInstalled(
  packages: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const missing = () =>
    Object.keys(packages).filter((program) => findProgram(program) === undefined);
  if (missing().length === 0) return undefined;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    const names = missing().map((program) => packages[program] ?? program);
    await apt("install", "--yes", "--no-install-recommends", ...names).catch(async () => {
      // The lists of packages may be missing or old, as in fresh containers.
      await apt("update").catch(() => undefined);
      await apt("install", "--yes", "--no-install-recommends", ...names).catch(() => undefined);
    });
  }
  const still = missing();
  if (still.length === 0) return undefined;
  return `${still.join(", ")} is not installed and cannot be installed here (apt-get, as root)`;
}

/** Where a program lies. */
export function findProgram(program: string): string | undefined {
  return FOLDERS.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

async function apt(...parameters: readonly string[]): Promise<void> {
  const options = ["-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=15"];
  await run("apt-get", [...options, ...parameters], {
    timeout: APT_WITHIN_MS,
    env: { PATH: process.env["PATH"] ?? "", DEBIAN_FRONTEND: "noninteractive" },
  });
}
