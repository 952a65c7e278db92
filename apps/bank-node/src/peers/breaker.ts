export interface BreakerOptions {
  /** Failures in a row after which nothing is sent for a while. */
  readonly threshold: number;
  readonly baseMs: number;
  readonly capMs: number;
  readonly now: () => number;
  readonly random: () => number;
}

export const BREAKER_DEFAULTS = {
  threshold: 3,
  baseMs: 100,
  // A bank that came back must not wait long for those that were sent away.
  capMs: 2_000,
} as const;

/**
 * A peer's circuit breaker (R30): after failures in a row it lets one probe through at a time,
 * with full jitter in between, so that a bank that comes back is not met by a storm.
 */
export class Breaker {
  readonly #options: BreakerOptions;
  #failures = 0;
  #openUntil = 0;
  #isProbing = false;

  constructor(options: BreakerOptions) {
    this.#options = options;
  }

  /** Whether a request may go out now; a probe that is let through must be reported. */
  tryPass(): boolean {
    if (this.#failures < this.#options.threshold) return true;
    if (this.#isProbing || this.#options.now() < this.#openUntil) return false;
    this.#isProbing = true;
    return true;
  }

  /** Whether {@link tryPass} would refuse; changes nothing. */
  get isOpen(): boolean {
    if (this.#failures < this.#options.threshold) return false;
    return this.#isProbing || this.#options.now() < this.#openUntil;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#isProbing = false;
  }

  failed(): void {
    const { threshold, baseMs, capMs, now, random } = this.#options;
    this.#failures += 1;
    this.#isProbing = false;
    if (this.#failures < threshold) return;
    const bound = Math.min(capMs, baseMs * 2 ** Math.min(this.#failures - threshold, 20));
    this.#openUntil = now() + bound * random();
  }
}
