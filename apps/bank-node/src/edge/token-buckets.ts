interface Bucket {
  tokens: number;
  filledAtMs: number;
}

export interface TokenBucketOptions {
  /** Tokens that come back each second. */
  readonly perSecond: number;
  /** Tokens of a full bucket. */
  readonly burst: number;
  /** Buckets remembered; beyond it the one that was used longest ago is forgotten, that is full. */
  readonly keysMax?: number;
}

const KEYS_MAX = 10_000;

/** A bucket of tokens for each caller: a burst is free, a stream goes at the rate of refilling. */
export class TokenBuckets {
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #keysMax: number;
  readonly #buckets = new Map<string, Bucket>();

  constructor({ perSecond, burst, keysMax = KEYS_MAX }: TokenBucketOptions) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#keysMax = keysMax;
  }

  /**
   * Takes `cost` tokens; 0 when they were there, else nothing is taken and the answer is in how
   * many milliseconds they will be.
   */
  take(key: string, cost: number, nowMs: number): number {
    const bucket = this.#fill(key, nowMs);
    // What costs more than a whole bucket is let in by a full one.
    const needed = Math.min(cost, this.#burst);
    if (bucket.tokens < needed) return ((needed - bucket.tokens) / this.#perSecond) * 1_000;
    bucket.tokens -= cost;
    return 0;
  }

  /** Takes tokens for what turned out to cost more, into debt if need be. */
  charge(key: string, cost: number, nowMs: number): void {
    const bucket = this.#fill(key, nowMs);
    bucket.tokens = Math.max(-this.#burst, bucket.tokens - cost);
  }

  #fill(key: string, nowMs: number): Bucket {
    const known = this.#buckets.get(key);
    if (known === undefined) {
      const oldest = this.#buckets.size >= this.#keysMax ? this.#buckets.keys().next() : undefined;
      if (oldest?.value !== undefined) this.#buckets.delete(oldest.value);
      const bucket = { tokens: this.#burst, filledAtMs: nowMs };
      this.#buckets.set(key, bucket);
      return bucket;
    }
    const passedS = Math.max(0, nowMs - known.filledAtMs) / 1_000;
    known.tokens = Math.min(this.#burst, known.tokens + passedS * this.#perSecond);
    known.filledAtMs = nowMs;
    this.#buckets.delete(key);
    this.#buckets.set(key, known);
    return known;
  }
}
