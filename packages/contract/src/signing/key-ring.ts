import type { KeyObject } from "node:crypto";
import type { Manifest, Member } from "../manifest/schema.ts";
import { importPublicKey } from "./keys.ts";

export interface RingKey {
  readonly publicKey: KeyObject;
  /** Milliseconds since 1970; a key without bounds is valid always. */
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
}

/** The members' public keys, present and past. */
export interface KeyRing {
  /** The key, only if it is that bank's. */
  find(bank: string, keyId: string): RingKey | undefined;
  has(bank: string): boolean;
}

/** The keys of members and of banks that have left: with them evidence is verified, and only that. */
export function createEvidenceRing(manifest: Pick<Manifest, "members" | "former">): KeyRing {
  return createKeyRing([...manifest.members, ...(manifest.former ?? [])]);
}

/** All keys of a manifest's members. The algorithm is fixed per key: Ed25519, and nothing else. */
export function createKeyRing(members: readonly Pick<Member, "id" | "publicKeys">[]): KeyRing {
  const banks = new Map(
    members.map((member) => [
      member.id,
      new Map(
        member.publicKeys.map((key): [string, RingKey] => [
          key.keyId,
          {
            publicKey: importPublicKey(key.publicKey),
            notBeforeMs: key.notBefore === undefined ? -Infinity : Date.parse(key.notBefore),
            notAfterMs: key.notAfter === undefined ? Infinity : Date.parse(key.notAfter),
          },
        ]),
      ),
    ]),
  );
  return {
    find: (bank, keyId) => banks.get(bank)?.get(keyId),
    has: (bank) => banks.has(bank),
  };
}
