import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { chmod, chown, mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { PostgresBinaries } from "./binaries.ts";
import { isReachableBy, type ServerUser } from "./server-user.ts";

const run = promisify(execFile);

export const SUPERUSER = "postgres";
const MAJOR_VERSION = "18";

/** The files of one server. */
export interface Cluster {
  /** PGDATA; belongs to the server's user. */
  readonly folder: string;
  readonly password: string;
  readonly logFile: string;
}

/**
 * Finds the cluster under `home`, or makes it. Interrupted at any point it leaves a draft that the
 * next call replaces, never half a cluster.
 */
export async function openCluster(
  home: string,
  binaries: PostgresBinaries,
  user: ServerUser | undefined,
): Promise<Cluster> {
  await mkdir(home, { recursive: true });
  const password = await readOrMakePassword(join(home, "superuser-password"));
  const folder = join(await clusterHome(home, user), "cluster");
  const version = await readFile(join(folder, "PG_VERSION"), "utf8").catch(() => undefined);
  if (version === undefined) {
    await initialise(folder, password, binaries, user);
  } else if (version.trim() !== MAJOR_VERSION) {
    throw new Error(
      `The data in ${folder} were made by PostgreSQL ${version.trim()}; this is ` +
        `${MAJOR_VERSION}. Export them with that version, or choose another PACTO_DATA_DIR.`,
    );
  }
  return { folder, password, logFile: join(home, "server.log") };
}

/** Where a server's files go if the server's user cannot reach `home` (root's own folders, say). */
async function clusterHome(home: string, user: ServerUser | undefined): Promise<string> {
  if (user === undefined || (await isReachableBy(user, home))) return home;
  const name = createHash("sha256").update(resolve(home)).digest("hex").slice(0, 16);
  const elsewhere = `/var/lib/pacto/${name}`;
  await mkdir(elsewhere, { recursive: true, mode: 0o755 });
  await writeFile(join(home, "location"), `${elsewhere}\n`);
  return elsewhere;
}

async function readOrMakePassword(path: string): Promise<string> {
  const found = await readFile(path, "utf8").catch(() => "");
  if (found.trim() !== "") return found.trim();
  const password = randomBytes(24).toString("base64url");
  const file = await open(path, "w", 0o600);
  await file.writeFile(`${password}\n`);
  await file.sync();
  await file.close();
  await chmod(path, 0o600);
  return password;
}

async function initialise(
  folder: string,
  password: string,
  binaries: PostgresBinaries,
  user: ServerUser | undefined,
): Promise<void> {
  const draft = `${folder}.draft`;
  const passwordFile = `${folder}.password`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  try {
    if (user) {
      await chown(draft, user.uid, user.gid);
      await chown(passwordFile, user.uid, user.gid);
    }
    await run(
      binaries.initdb,
      [
        `--pgdata=${draft}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        // The same order of text on every machine, whatever its C library.
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
      ],
      { ...user, cwd: "/", env: { PATH: process.env["PATH"] ?? "", LC_ALL: "C" } },
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(draft, folder);
}
