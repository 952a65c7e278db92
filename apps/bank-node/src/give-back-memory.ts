import { Session } from "node:inspector/promises";

const LOOK_MS = 3_000;
/** A node that used less of a processor than this since the last look has nothing to do. */
const IDLE_SHARE = 0.1;
/** Less work than this leaves nothing behind that is worth a collection. */
const WORTH_MS = 500;

/**
 * Gives back what a start or a rush of work needed, once the node has nothing to do: sources,
 * migrations, schemas half built, answered requests. V8 keeps those pages until it needs room, which
 * an idle node never does; its collection for a shortage of memory, which only the inspector's
 * protocol can ask for, halves what is left. The node stops for some 50 ms.
 */
export function giveBackMemoryWhenIdle(onError: (error: unknown) => void): void {
  let lookedAt = process.cpuUsage();
  // What the start itself used counts.
  let workedMs = Number.POSITIVE_INFINITY;
  setInterval(() => {
    const used = process.cpuUsage(lookedAt);
    lookedAt = process.cpuUsage();
    const usedMs = (used.user + used.system) / 1_000;
    workedMs += usedMs;
    if (usedMs > IDLE_SHARE * LOOK_MS || workedMs < WORTH_MS) return;
    workedMs = 0;
    void giveBack().catch(onError);
  }, LOOK_MS).unref();
}

async function giveBack(): Promise<void> {
  const session = new Session();
  session.connect();
  try {
    await session.post("HeapProfiler.collectGarbage");
  } finally {
    // Not in the answer's own callback: the inspector would wait for itself.
    session.disconnect();
  }
}
