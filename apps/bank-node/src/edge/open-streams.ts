/** Of one person: some tabs, on some screens. */
const OF_ONE_MAX = 16;
/** Of all: each holds a connection for minutes, of which the node has 512. */
const OF_ALL_MAX = 192;

/**
 * Answers that stay open while somebody watches. They are bounded for each person and for all, so
 * that watching never takes the connections that work needs; who gets no stream can still ask.
 */
export class OpenStreams {
  readonly #ends = new Map<() => void, string>();
  readonly #ofOneMax: number;
  readonly #ofAllMax: number;

  constructor({ ofOneMax = OF_ONE_MAX, ofAllMax = OF_ALL_MAX } = {}) {
    this.#ofOneMax = ofOneMax;
    this.#ofAllMax = ofAllMax;
  }

  get count(): number {
    return this.#ends.size;
  }

  hasRoomFor(person: string): boolean {
    if (this.#ends.size >= this.#ofAllMax) return false;
    const own = [...this.#ends.values()].filter((each) => each === person).length;
    return own < this.#ofOneMax;
  }

  /** Keeps a stream until the function that it gives is called. `end` closes it. */
  add(person: string, end: () => void): () => void {
    this.#ends.set(end, person);
    return () => void this.#ends.delete(end);
  }

  /** A node that stops must not wait for those who watch. */
  endAll(): void {
    for (const end of this.#ends.keys()) end();
  }
}
