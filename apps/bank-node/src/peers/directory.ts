import { findMember, type Manifest, type Member } from "@pacto/contract";
import { createEvidenceRing, createKeyRing, type KeyRing } from "@pacto/contract/signing";
import { Incarnations } from "./incarnations.ts";

/**
 * The consortium as this bank knows it now: only its members are ever called or listened to, at
 * these addresses and with these keys. A new manifest takes the place of the one before as a whole.
 */
export interface Directory {
  readonly self: string;
  readonly manifest: Manifest;
  /** Every member's keys, this bank's own included. */
  readonly keys: KeyRing;
  /** Those and the keys of banks that have left, for what they signed while they were members. */
  readonly evidenceKeys: KeyRing;
  /** Whose word counts: superseded lives of a bank are not listened to (R49). */
  readonly incarnations: Incarnations;
  /** The other banks' ids, in the manifest's order. */
  readonly peers: readonly string[];
  /** Whether a bank has left: what is still open with it is kept, and it is not called any more. */
  readonly hasLeft: (bank: string) => boolean;
  /** Where a peer's node hears banks. @throws Error when the bank is no peer */
  readonly urlOf: (bank: string) => string;
  /** Where a peer's node tells its status to anybody. @throws Error when the bank is no peer */
  readonly statusUrlOf: (bank: string) => string;
  /** Goes by this manifest from now on. */
  readonly adopt: (next: Manifest) => void;
}

interface Known {
  readonly manifest: Manifest;
  readonly keys: KeyRing;
  readonly evidenceKeys: KeyRing;
  readonly peers: readonly string[];
}

export function createDirectory(first: Manifest, self: string): Directory {
  let known = read(first, self);
  const find = (bank: string): Member => {
    const member = bank === self ? undefined : findMember(known.manifest, bank);
    if (member === undefined) throw new Error(`${bank} is no peer of ${self}`);
    return member;
  };
  const ringOf = (name: "keys" | "evidenceKeys"): KeyRing => ({
    find: (bank, keyId) => known[name].find(bank, keyId),
    has: (bank) => known[name].has(bank),
  });
  return {
    self,
    get manifest() {
      return known.manifest;
    },
    keys: ringOf("keys"),
    evidenceKeys: ringOf("evidenceKeys"),
    incarnations: new Incarnations(),
    get peers() {
      return known.peers;
    },
    hasLeft: (bank) => known.manifest.former?.some(({ id }) => id === bank) ?? false,
    urlOf(bank) {
      const { url, peerUrl } = find(bank);
      return known.manifest.authorities === undefined ? url : (peerUrl ?? "");
    },
    statusUrlOf: (bank) => find(bank).url,
    adopt(next) {
      known = read(next, self);
    },
  };
}

function read(manifest: Manifest, self: string): Known {
  return {
    manifest,
    keys: createKeyRing(manifest.members),
    evidenceKeys: createEvidenceRing(manifest),
    peers: manifest.members.map(({ id }) => id).filter((id) => id !== self),
  };
}
