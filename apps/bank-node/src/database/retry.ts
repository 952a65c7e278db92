import { setTimeout as sleep } from "node:timers/promises";
import { isRetryable } from "./conflicts.ts";

export interface RetryBudget {
  /** Tries in all, the first one included. */
  readonly attempts: number;
  /** No new try starts after this long; in milliseconds. */
  readonly totalMs: number;
  /** Bound of the first pause; it doubles with every try. */
  readonly baseMs: number;
  readonly capMs: number;
}

/** Lesson 35: four tries without a pause burned out in milliseconds. */
export const CONFLICT_BUDGET: RetryBudget = {
  attempts: 10,
  totalMs: 5_000,
  baseMs: 5,
  capMs: 500,
};

/** The pause before try `attempt + 1`: full jitter (R30), in milliseconds. */
export function pauseMs(budget: RetryBudget, attempt: number, random: number): number {
  return random * Math.min(budget.capMs, budget.baseMs * 2 ** (attempt - 1));
}

/**
 * Repeats the whole of `work`, everything that it read and decided included, while the database
 * reports a conflict (P4, P5). The last error is thrown as it came; an unknown outcome is never
 * repeated here.
 */
export async function withRetry<T>(
  work: (attempt: number) => Promise<T>,
  budget: RetryBudget = CONFLICT_BUDGET,
): Promise<T> {
  const startedAt = performance.now();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(attempt);
    } catch (error) {
      const isSpent = attempt >= budget.attempts || performance.now() - startedAt >= budget.totalMs;
      if (isSpent || !isRetryable(error)) throw error;
      await sleep(pauseMs(budget, attempt, Math.random()));
    }
  }
}
