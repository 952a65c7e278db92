/** What the callers saw. */
export interface Load {
  readonly calls: number;
  /** Units of work a second: a call may carry several. */
  readonly perSecond: number;
  /** How long a caller waited for an answer. */
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface CallersOptions {
  readonly callers: number;
  readonly seconds: number;
  /** Units of work in one call. */
  readonly perCall?: number;
  /** Waited for before the clock stops: what was answered but is still being done. */
  readonly settle?: () => Promise<void>;
}

/**
 * Callers that each send their next call when they have the answer to the one before (a closed
 * loop). Only answered calls count; one that fails ends the run.
 */
export async function runCallers(
  call: (at: number) => Promise<unknown>,
  { callers, seconds, perCall = 1, settle }: CallersOptions,
): Promise<Load> {
  const waits: number[] = [];
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1_000;
  let next = 0;
  const caller = async () => {
    while (performance.now() < endsAt) {
      const at = next;
      next += 1;
      const sentAt = performance.now();
      await call(at);
      waits.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  await settle?.();
  const elapsed = (performance.now() - startedAt) / 1_000;
  const sorted = waits.toSorted((a, b) => a - b);
  return {
    calls: sorted.length,
    perSecond: (sorted.length * perCall) / elapsed,
    p50Ms: percentile(sorted, 0.5),
    p99Ms: percentile(sorted, 0.99),
  };
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
