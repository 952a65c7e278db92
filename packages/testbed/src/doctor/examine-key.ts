import { readFile, stat } from "node:fs/promises";
import type { Member } from "@pacto/contract";
import { importSigningKey, KeyFileError } from "@pacto/contract/signing";
import { about, type Finding } from "./finding.ts";

/** Whether a bank's private key is there, closed to others, and the one that the manifest names. */
export async function examineKey(member: Member, path: string): Promise<Finding> {
  const { good, fault } = about("configuration", member.id);
  const details = { path };
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return fault({ code: "key-missing", details });
  if (process.platform !== "win32" && (found.mode & 0o077) !== 0) {
    return fault({ code: "key-open", details });
  }
  try {
    const { keyId } = importSigningKey(await readFile(path, "utf8"), path);
    const isKnown = member.publicKeys.some((key) => key.keyId === keyId);
    return isKnown
      ? good({ code: "key-good", details: { keyId } })
      : fault({ code: "key-unknown", details: { keyId, path } });
  } catch (error) {
    if (!(error instanceof KeyFileError)) throw error;
    return fault({ code: "key-malformed", details });
  }
}
