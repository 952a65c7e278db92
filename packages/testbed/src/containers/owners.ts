import { chmod, chown, readdir } from "node:fs/promises";
import { join } from "node:path";

/** A user of a container, by number: names differ between images. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** Who runs nodes, dashboard and command line; `node` in the official Node images. */
export const programOwner: Owner = { uid: 1000, gid: 1000 };
/** Who runs PostgreSQL; `postgres` in its official Debian images. */
export const databaseOwner: Owner = { uid: 999, gid: 999 };

/** Hands a folder with the files right in it to their reader; nobody else may look inside. */
export async function giveFolder(folder: string, owner: Owner, mode = 0o700): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isFile()) await chown(join(folder, entry.name), owner.uid, owner.gid);
  }
  await chmod(folder, mode);
  await chown(folder, owner.uid, owner.gid);
}
