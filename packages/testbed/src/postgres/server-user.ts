import { execFile } from "node:child_process";
import { readFile, realpath, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The system user that the server runs as, when we are root: PostgreSQL refuses to be root. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

const NAME = "postgres";

/**
 * Undefined when we are an ordinary user (the server then runs as ourselves). For root: the system
 * user `postgres`, which is made when it is missing.
 */
export async function findServerUser(): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const found = await lookUp(NAME);
  if (found) return found;
  try {
    await run("useradd", ["--system", "--user-group", "--no-create-home", NAME]);
  } catch (cause) {
    throw new Error(
      `PostgreSQL cannot run as root, and the system user "${NAME}" could not be made. ` +
        "Run as an ordinary user, or set PACTO_DATABASE_URL to a PostgreSQL server.",
      { cause },
    );
  }
  const made = await lookUp(NAME);
  if (!made) throw new Error(`The system user "${NAME}" was made but is not in /etc/passwd.`);
  return made;
}

/** Whether every folder above `path` lets that user through, and `path` lets it read. */
export async function isReachableBy(user: ServerUser, path: string): Promise<boolean> {
  let folder = await realpath(path);
  for (;;) {
    const { mode, uid, gid } = await stat(folder);
    const bits = uid === user.uid ? mode >> 6 : gid === user.gid ? mode >> 3 : mode;
    if ((bits & 1) === 0) return false;
    if (dirname(folder) === folder) return true;
    folder = dirname(folder);
  }
}

async function lookUp(name: string): Promise<ServerUser | undefined> {
  const lines = (await readFile("/etc/passwd", "utf8")).split("\n");
  const fields = lines.map((line) => line.split(":")).find((line) => line[0] === name);
  return fields ? { uid: Number(fields[2]), gid: Number(fields[3]) } : undefined;
}
