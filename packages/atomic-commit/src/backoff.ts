export interface Backoff {
  /** No retry before this. */
  readonly firstMs: number;
  /** Width of the first jitter window; doubles with every attempt. */
  readonly baseMs: number;
  readonly capMs: number;
}

/** A coordinator sending PREPARE, a proposal or a decision again. */
export const RESEND: Backoff = { firstMs: 300, baseMs: 200, capMs: 5_000 };
/** A participant in doubt asking for the outcome. */
export const INQUIRE: Backoff = { firstMs: 1_000, baseMs: 500, capMs: 5_000 };

/**
 * Milliseconds to wait before retry number `attempts` (from 0): full jitter over a window that
 * doubles up to the cap (R30). `random` is in [0, 1).
 */
export function backoffMs(backoff: Backoff, attempts: number, random: number): number {
  const window = Math.min(backoff.capMs, backoff.baseMs * 2 ** Math.min(attempts, 16));
  return Math.round(backoff.firstMs + random * window);
}
