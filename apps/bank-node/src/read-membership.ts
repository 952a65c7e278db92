import { readFile } from "node:fs/promises";
import { findMember, type Manifest, ManifestError, parseRunnableManifest } from "@pacto/contract";
import { loadSigningKey, type SigningKey, verifyManifest } from "@pacto/contract/signing";
import type { NodeEnv } from "./env.ts";

/** The consortium that a bank belongs to, and the key by which the others know it. */
export interface Membership {
  readonly manifest: Manifest;
  readonly signingKey: SigningKey;
}

/**
 * Reads the manifest and this bank's key, and checks that they belong together.
 * @throws ManifestError when the manifest is malformed, not signed by every member, does not name
 * this bank or not its key; KeyFileError when the key cannot be used
 */
export async function readMembership(env: NodeEnv): Promise<Membership> {
  const manifest = await readManifest(env.PACTO_MANIFEST);
  const own = findMember(manifest, env.PACTO_BANK);
  if (own === undefined) {
    throw new ManifestError(env.PACTO_MANIFEST, [
      `${env.PACTO_BANK} (PACTO_BANK) is not a member; members are ` +
        `${manifest.members.map((member) => member.id).join(", ")}.`,
    ]);
  }
  const signingKey = await loadSigningKey(env.PACTO_PRIVATE_KEY_FILE);
  const isKnown = own.publicKeys.some(
    ({ keyId, publicKey }) => keyId === signingKey.keyId && publicKey === signingKey.publicKey,
  );
  if (!isKnown) {
    throw new ManifestError(env.PACTO_MANIFEST, [
      `${own.id}: its private key ${env.PACTO_PRIVATE_KEY_FILE} (key id ${signingKey.keyId}) is ` +
        "none of its publicKeys. Put the manifest and the key of one consortium together.",
    ]);
  }
  return { manifest, signingKey };
}

/**
 * A manifest that its members signed, as a node runs it.
 * @throws ManifestError when it cannot be read, is malformed or not signed by every member
 */
export async function readManifest(path: string): Promise<Manifest> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new ManifestError(path, [
      `it cannot be read (${cause instanceof Error ? cause.message : String(cause)}); ` +
        "PACTO_MANIFEST names the file.",
    ]);
  });
  const manifest = parseRunnableManifest(text, path);
  const problems = verifyManifest(manifest);
  if (problems.length > 0) throw new ManifestError(path, problems);
  return manifest;
}
