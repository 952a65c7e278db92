import { setTimeout as delay } from "node:timers/promises";

export interface WaitOptions {
  readonly timeoutMs: number;
  /** Pause between two looks; 50 ms unless told. */
  readonly everyMs?: number;
}

/**
 * Looks until `probe` gives something other than undefined or false, and returns it;
 * undefined when the time is over.
 */
export async function waitUntil<T>(
  probe: () => Promise<T | undefined | false> | T | undefined | false,
  { timeoutMs, everyMs = 50 }: WaitOptions,
): Promise<T | undefined> {
  const endsAt = performance.now() + timeoutMs;
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) return found;
    if (performance.now() >= endsAt) return undefined;
    await delay(everyMs);
  }
}
