import type { Manifest } from "@pacto/contract";
import { type KeyRing, type StaffTokenRefusal, verifyStaffToken } from "@pacto/contract/signing";
import type { StaffActor } from "./actor.ts";
import type { IdentitySource } from "./authenticate.ts";
import { grantedRoles } from "./granted-roles.ts";

export interface StaffTokensOptions {
  readonly self: string;
  /** As it is now: a changed grant, a new key or a bank that left counts from the next call on. */
  readonly manifest: () => Manifest;
  readonly keys: KeyRing;
  /** Whether a session of this bank's own staff was ended: its tokens count no more. */
  readonly isEnded: (session: string) => boolean;
  readonly onRefused: (code: StaffTokenRefusal) => void;
  /** Milliseconds since 1970; the machine's clock unless told. */
  readonly now?: () => number;
}

interface Known {
  readonly actor: StaffActor;
  readonly session: string;
  readonly expiresAtMs: number;
  /** By which it was verified and its roles were granted. */
  readonly manifest: Manifest;
}

/** Verified tokens that are remembered; beyond it the oldest is verified again. */
const KNOWN_MAX = 10_000;

/**
 * Knows the staff of all member banks by the tokens that their home banks signed. A token's
 * signature is verified once; until it expires it is looked up. What is refused is not remembered,
 * so that nobody fills the memory with rubbish.
 */
export function createStaffTokens(options: StaffTokensOptions): IdentitySource {
  const { self, keys, isEnded } = options;
  const now = options.now ?? Date.now;
  const known = new Map<string, Known>();
  const underWay = new Map<string, Promise<Known | undefined>>();

  async function verify(token: string): Promise<Known | undefined> {
    const manifest = options.manifest();
    const verdict = await verifyStaffToken(token, { self, keys, nowMs: now() });
    if (!verdict.ok) {
      options.onRefused(verdict.code);
      return undefined;
    }
    const { iss: homeBank, sub: id, name, sid: session, exp, roles } = verdict.claims;
    const granted = grantedRoles(manifest, { self, homeBank, roles });
    const actor: StaffActor = { kind: "staff", id, name, homeBank, roles: granted, session };
    const entry = { actor, session, expiresAtMs: exp * 1_000, manifest };
    if (known.size >= KNOWN_MAX) forgetSome(known, now());
    known.set(token, entry);
    return entry;
  }

  function verifyOnce(token: string): Promise<Known | undefined> {
    const pending = underWay.get(token) ?? verify(token).finally(() => underWay.delete(token));
    underWay.set(token, pending);
    return pending;
  }

  return async (token) => {
    const remembered = known.get(token);
    const isValid = remembered?.manifest === options.manifest();
    const entry = isValid ? remembered : await verifyOnce(token);
    if (entry === undefined) return undefined;
    const { actor, session, expiresAtMs } = entry;
    const isOver = expiresAtMs <= now() || (actor.homeBank === self && isEnded(session));
    if (!isOver) return actor;
    known.delete(token);
    return undefined;
  };
}

/** Those that have expired, and if there are none the oldest. */
function forgetSome(known: Map<string, Known>, nowMs: number): void {
  for (const [token, { expiresAtMs }] of known) if (expiresAtMs <= nowMs) known.delete(token);
  const oldest = known.keys().next();
  if (known.size >= KNOWN_MAX && oldest.done !== true) known.delete(oldest.value);
}
