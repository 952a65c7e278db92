import type { StatusOutput } from "@pacto/contract";

/** Anybody may ask, so asking often must cost the database nothing. */
const FRESH_MS = 250;
/** A database that does not answer by then is down, as far as a probe is concerned. */
const PATIENCE_MS = 1_000;

/**
 * `/status` for anybody: one reading serves all who ask within a quarter of a second, and a
 * database that hangs is reported as down instead of making everybody wait.
 */
export function cacheStatus(
  read: () => Promise<StatusOutput>,
  now: () => number = () => performance.now(),
): () => Promise<StatusOutput> {
  let last: StatusOutput | undefined;
  let readAt = -Infinity;
  let reading: Promise<StatusOutput> | undefined;

  async function refresh(): Promise<StatusOutput> {
    try {
      last = await read();
      readAt = now();
      return last;
    } finally {
      reading = undefined;
    }
  }

  return async () => {
    if (last !== undefined && now() - readAt <= FRESH_MS) return last;
    reading ??= refresh();
    if (last === undefined) return reading;
    const { clock: _, ...stale } = last;
    const down = () => {
      const clock = new Date().toISOString();
      return { ...stale, clock, database: "down", revision: null, ready: false } as const;
    };
    return Promise.race([reading, patience(down)]);
  };
}

function patience<T>(then: () => T): Promise<T> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(then()), PATIENCE_MS).unref();
  });
}
