import { randomBytes } from "node:crypto";
import { mkdir, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { loadSigningKey, saveSigningKey, generateSigningKey } from "@pacto/contract/signing";
import type { SigningKey } from "@pacto/contract/signing";

/** The secret in `path` (mode 0600), made at random when there is none yet. */
export async function readOrMakeSecret(path: string): Promise<string> {
  const found = await readFile(path, "utf8").catch(() => "");
  if (found.trim() !== "") return found.trim();
  const secret = randomBytes(32).toString("base64url");
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, "w", 0o600);
  try {
    await file.chmod(0o600);
    await file.writeFile(`${secret}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  return secret;
}

/** The bank's key in `path`, made when there is none yet: a bank keeps its key over restarts. */
export async function readOrMakeKey(path: string): Promise<SigningKey> {
  const isThere = await readFile(path).then(
    (content) => content.length > 0,
    () => false,
  );
  if (!isThere) await saveSigningKey(path, generateSigningKey());
  return loadSigningKey(path);
}
