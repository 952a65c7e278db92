import { readFile, stat } from "node:fs/promises";

const LENGTH_MIN = 32;

/** @throws Error when the file is missing, readable by others, or holds too little to be a secret */
export async function readSecret(path: string): Promise<string> {
  const { mode } = await stat(path);
  if (process.platform !== "win32" && (mode & 0o077) !== 0) {
    throw new Error(`The secret ${path} is readable by others: close it with "chmod 600".`);
  }
  const secret = (await readFile(path, "utf8")).trim();
  if (secret.length >= LENGTH_MIN) return secret;
  throw new Error(`The secret ${path} needs ${LENGTH_MIN} random characters at least.`);
}
