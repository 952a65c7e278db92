import type { Manifest, MemberCaps } from "@pacto/contract";

/** What the manifest says of one bank, for people to read. */
export interface MemberFacts {
  readonly id: string;
  readonly ispb: string;
  /** The key in use, as its bank signs with it; null before one was made. */
  readonly keyId: string | null;
  readonly pastKeys: number;
  readonly caps: MemberCaps;
}

export interface Membership {
  readonly consortium: string;
  readonly epoch: number;
  /** Empty where each coordinator decides by itself. */
  readonly witnesses: readonly string[];
  readonly members: readonly MemberFacts[];
}

/** The manifest without addresses and key material, which the browser has no use for. */
export function tellMembership(manifest: Manifest): Membership {
  return {
    consortium: manifest.consortium.name,
    epoch: manifest.epoch,
    witnesses: manifest.decider.kind === "register" ? manifest.decider.witnesses : [],
    members: manifest.members.map(({ id, ispb, publicKeys, caps }) => ({
      id,
      ispb,
      keyId: publicKeys.at(-1)?.keyId ?? null,
      pastKeys: Math.max(0, publicKeys.length - 1),
      caps,
    })),
  };
}
