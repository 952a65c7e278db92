import { chmod, rename, writeFile } from "node:fs/promises";

/** Puts a secret into a file of mode 0600, whole or not at all. */
export async function writeSecret(path: string, secret: string): Promise<void> {
  const draft = `${path}.draft`;
  await writeFile(draft, `${secret}\n`, { mode: 0o600 });
  // The mode above counts for new files only.
  await chmod(draft, 0o600);
  await rename(draft, path);
}
