import type { PeerResult } from "./result.ts";

/** One item on its way to a peer; settled once, by its answer or by its deadline. */
export interface Parcel {
  /** The item as JSON. */
  readonly text: string;
  readonly bytes: number;
  /** On the clock of `performance.now()`. */
  readonly deadlineAt: number;
  /** To be sent alone, because a request with others was refused as malformed. */
  readonly isAlone: boolean;
  readonly isSettled: () => boolean;
  readonly settle: (result: PeerResult) => void;
}

export const ITEMS_MAX = 64;
export const BYTES_MAX = 1024 * 1024 - 1024;

/**
 * The queue to one procedure of one peer. The next request takes all that is queued, up to 64
 * items and 1 MiB: items gather while requests are in flight, and a lone item waits for nobody.
 */
export class Lane {
  readonly procedure: string;
  inFlight = 0;
  #queue: Parcel[] = [];

  constructor(procedure: string) {
    this.procedure = procedure;
  }

  get length(): number {
    return this.#queue.length;
  }

  add(parcel: Parcel): void {
    this.#queue.push(parcel);
  }

  /** Removes and returns what the next request carries; items whose time ran out are dropped. */
  take(): Parcel[] {
    const taken: Parcel[] = [];
    let bytes = 0;
    let passed = 0;
    for (const parcel of this.#queue) {
      const isFull =
        taken.length >= ITEMS_MAX || (taken.length > 0 && bytes + parcel.bytes > BYTES_MAX);
      const isForAnother = taken.length > 0 && (parcel.isAlone || taken[0]?.isAlone === true);
      if (!parcel.isSettled()) {
        if (isFull || isForAnother) break;
        taken.push(parcel);
        bytes += parcel.bytes + 1;
      }
      passed += 1;
    }
    this.#queue = this.#queue.slice(passed);
    return taken;
  }

  takeAll(): Parcel[] {
    const all = this.#queue;
    this.#queue = [];
    return all;
  }
}
