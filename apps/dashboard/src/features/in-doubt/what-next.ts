/** Whom a branch in doubt waits for. */
export interface Waiting {
  readonly coordinator: string;
  /** Banks of which a majority decides without the coordinator; empty where only it does. */
  readonly witnesses: readonly string[];
}

/** What ends the doubt, given who can be reached now. */
export type Next =
  | { readonly kind: "coordinatorTells" }
  | { readonly kind: "coordinatorAway" }
  | { readonly kind: "witnessesDecide"; readonly banks: readonly string[]; readonly needed: number }
  | {
      readonly kind: "witnessesMissing";
      readonly banks: readonly string[];
      readonly missing: number;
    };

/** The coordinator answers, a majority of witnesses takes over, or somebody has to come back. */
export function whatNext(waiting: Waiting, reachable: ReadonlySet<string>): Next {
  const { coordinator, witnesses } = waiting;
  if (reachable.has(coordinator)) return { kind: "coordinatorTells" };
  if (witnesses.length === 0) return { kind: "coordinatorAway" };
  const needed = Math.floor(witnesses.length / 2) + 1;
  const answering = witnesses.filter((bank) => reachable.has(bank));
  if (answering.length >= needed) return { kind: "witnessesDecide", banks: answering, needed };
  const away = witnesses.filter((bank) => !reachable.has(bank));
  return { kind: "witnessesMissing", banks: away, missing: needed - answering.length };
}
