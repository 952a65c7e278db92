import type { Accept, ReportedPromise, Vote } from "@pacto/atomic-commit";
import type { Proof } from "@pacto/contract/signing";

/**
 * Answers of other banks on their way to a decision. Volatile on purpose (R21): after a crash
 * the questions are asked again.
 */
export interface Gathering {
  readonly votes: Map<string, Vote<Proof>>;
  readonly promises: Map<string, ReportedPromise<Proof>>;
  readonly accepts: Map<string, Accept<Proof>>;
}

/** Bounds memory: what is dropped is asked again. */
const GATHERINGS_MAX = 20_000;

export interface Gatherings {
  of(transaction: string): Gathering;
  /** The votes known so far, for progress views. */
  peek(transaction: string): Gathering | undefined;
  drop(transaction: string): void;
}

export function createGatherings(): Gatherings {
  const open = new Map<string, Gathering>();
  return {
    of(transaction) {
      let gathering = open.get(transaction);
      if (gathering === undefined) {
        gathering = { votes: new Map(), promises: new Map(), accepts: new Map() };
        open.set(transaction, gathering);
        if (open.size > GATHERINGS_MAX) {
          const oldest = open.keys().next();
          if (!oldest.done) open.delete(oldest.value);
        }
      }
      return gathering;
    },
    peek: (transaction) => open.get(transaction),
    drop(transaction) {
      open.delete(transaction);
    },
  };
}
