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
  /** The address of a peer's node. @throws Error when the bank is no peer */
  readonly urlOf: (bank: string) => string;
}

export function createDirectory(manifest: Manifest, self: string): Directory {
  const others = new Map<string, Member>();
  for (const member of manifest.members) {
    if (member.id !== self) others.set(member.id, member);
  }
  return {
    self,
    keys: createKeyRing(manifest.members),
    incarnations: new Incarnations(),
    peers: [...others.keys()],
    urlOf(bank) {
      const member = others.get(bank);
      if (member === undefined) throw new Error(`${bank} is no peer of ${self}`);
      return member.url;
    },
  };
}
