import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { consortiumFiles } from "../consortium/layout.ts";
import { readTemplate, resolveManifest } from "../consortium/resolve-manifest.ts";
import { readOrMakeSecret } from "../consortium/secrets.ts";
import { prepareStaff } from "../consortium/staff.ts";
import { databaseOwner, giveFolder, type Owner, programOwner } from "./owners.ts";

export interface Preparation {
  /** Path of a template such as `consortium/brasil.json`. */
  readonly template: string;
  /** The consortium's data folder; each bank's folder in it may be a volume of its own. */
  readonly folder: string;
  readonly owners?: { readonly program: Owner; readonly database: Owner };
}

/** Where a bank's node listens inside its container. */
export const NODE_PORT = 8080;

/** The file of a database server's first password, in a folder that only that server is given. */
export function superuserPasswordFile(folder: string, bank: string): string {
  return join(folder, `${bank}-postgres`, "superuser-password");
}

/**
 * Makes, once, all that a consortium of containers must not be shipped with: every bank's key, the
 * manifest that all of them sign, the passwords of the databases, the invented members of staff.
 * Run again, it keeps what is there. Each file is of mode 0600 and of the user who reads it.
 * @throws ManifestError
 */
export async function prepareConsortium(preparation: Preparation): Promise<void> {
  const { folder } = preparation;
  const owners = preparation.owners ?? { program: programOwner, database: databaseOwner };
  const template = await readTemplate(preparation.template);
  const files = consortiumFiles(folder);
  for (const { id } of template.members) {
    await mkdir(files.bank(id).folder, { recursive: true });
    await readOrMakeSecret(superuserPasswordFile(folder, id));
  }
  await prepareStaff(template, files);
  await resolveManifest(template, files, (bank) => `http://${bank}:${NODE_PORT}`);
  for (const { id } of template.members) {
    await giveFolder(files.bank(id).folder, owners.program);
    await giveFolder(join(folder, `${id}-postgres`), owners.database);
  }
  // Others may pass, to the folders that are theirs.
  await giveFolder(folder, owners.program, 0o711);
}
