/** What a member of staff may do; a person can hold several roles. */
export type Role = "teller" | "supervisor" | "auditor" | "operator" | "user-admin";

export interface StaffActor {
  readonly kind: "staff";
  readonly id: string;
  readonly name: string;
  /** The bank that vouches for this person. */
  readonly homeBank: string;
  /** At the bank where it acts: what its home bank gave, narrowed by what this bank grants. */
  readonly roles: readonly Role[];
  /** The session at the home bank; work that waits for its time has none. */
  readonly session?: string;
}

/** Another bank, known by its signature. */
export interface PeerActor {
  readonly kind: "peer";
  readonly bank: string;
}

export interface AnonymousActor {
  readonly kind: "anonymous";
}

export type Actor = StaffActor | PeerActor | AnonymousActor;

/** The owner of idempotency keys, and the name in the audit: `azul/3f…`. */
export function actorScope(actor: StaffActor): string {
  return `${actor.homeBank}/${actor.id}`;
}
