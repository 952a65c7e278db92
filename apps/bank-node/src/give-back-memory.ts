import { Session } from "node:inspector/promises";

/** By then what a start leaves behind is no longer in use, and few have called. */
const AFTER_MS = 3_000;

/**
 * Gives back, once, what a start needed: sources, migrations, schemas half built. V8 keeps those pages
 * until it needs room, which an idle node never does; its collection for a shortage of memory, which
 * only the inspector's protocol can ask for, halves what is left. The node stops for some 50 ms.
 */
export function giveBackMemorySoon(onError: (error: unknown) => void): void {
  setTimeout(() => void giveBack().catch(onError), AFTER_MS).unref();
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
