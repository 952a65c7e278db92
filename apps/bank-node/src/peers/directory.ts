import type { Manifest, Member } from "@pacto/contract";
import { createKeyRing, type KeyRing } from "@pacto/contract/signing";
import { Incarnations } from "./incarnations.ts";

/** The other member banks: only these are ever called or listened to, at these addresses. */
export interface Directory {
  readonly self: string;
  /** Every member's keys, this bank's own included. */
  readonly keys: KeyRing;
  /** Whose word counts: superseded lives of a bank are not listened to (R49). */
  readonly incarnations: Incarnations;
  /** The other banks' ids, in the manifest's order. */
  readonly peers: readonly string[];
  /** Where a peer's node hears banks. @throws Error when the bank is no peer */
  readonly urlOf: (bank: string) => string;
  /** Where a peer's node tells its status to anybody. @throws Error when the bank is no peer */
  readonly statusUrlOf: (bank: string) => string;
}

export function createDirectory(manifest: Manifest, self: string): Directory {
  const others = new Map<string, Member>();
  for (const member of manifest.members) {
    if (member.id !== self) others.set(member.id, member);
  }
  const find = (bank: string): Member => {
    const member = others.get(bank);
    if (member === undefined) throw new Error(`${bank} is no peer of ${self}`);
    return member;
  };
  const isMutualTls = manifest.authorities !== undefined;
  return {
    self,
    keys: createKeyRing(manifest.members),
    incarnations: new Incarnations(),
    peers: [...others.keys()],
    urlOf(bank) {
      const { url, peerUrl } = find(bank);
      return isMutualTls ? (peerUrl ?? "") : url;
    },
    statusUrlOf: (bank) => find(bank).url,
  };
}
