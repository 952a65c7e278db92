import { sign, verify } from "node:crypto";
import { canonicalJson } from "../signing/canonical-json.ts";
import { importPublicKey, type SigningKey } from "../signing/keys.ts";
import type { Manifest } from "./schema.ts";

type ManifestSignature = Manifest["signatures"][number];

/** A member's signature over the whole manifest but its signatures. */
export function signManifest(manifest: Manifest, bank: string, key: SigningKey): ManifestSignature {
  const signature = sign(null, signedBytes(manifest), key.privateKey).toString("base64url");
  return { bank, keyId: key.keyId, signature };
}

/**
 * What is wrong with the signatures, a sentence each: every member must have signed this very
 * text with one of its own keys. Empty when all is well.
 */
export function verifyManifest(manifest: Manifest): string[] {
  const bytes = signedBytes(manifest);
  return manifest.members.flatMap((member) => {
    const signatures = manifest.signatures.filter((signature) => signature.bank === member.id);
    if (signatures.length === 0) return [`${member.id} has not signed the manifest.`];
    return signatures.flatMap(({ keyId, signature }) => {
      const key = member.publicKeys.find((candidate) => candidate.keyId === keyId);
      if (key === undefined) {
        return [`${member.id} signed with key ${keyId}, which is not among its publicKeys.`];
      }
      const isValid = verify(
        null,
        bytes,
        importPublicKey(key.publicKey),
        Buffer.from(signature, "base64url"),
      );
      if (isValid) return [];
      return [`The signature of ${member.id} is not of this manifest; let it sign again.`];
    });
  });
}

function signedBytes(manifest: Manifest): Buffer {
  const { signatures: _, ...signed } = manifest;
  return Buffer.from(`pacto/1 manifest\n${canonicalJson(signed)}`);
}
