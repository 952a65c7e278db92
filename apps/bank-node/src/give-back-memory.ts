import { Session } from "node:inspector/promises";

const LOOK_MS = 3_000;
/** A node that used more of a processor than this since the last look is at work. */
const BUSY_SHARE = 0.1;
/** After a rush it waits for a minute of quiet: the collection also drops code that is warm. */
const QUIET_LOOKS = 20;

/**
 * Gives back what a start or a rush of work needed, once after each: sources, migrations, schemas
 * half built, answered requests. V8 keeps those pages until it needs room, which an idle node never
 * does; its collection for a shortage of memory, which only the inspector's protocol can ask for,
 * halves what is left. The node stops for some 50 ms, so it is never asked of one that is at work.
 */
export function giveBackMemoryWhenIdle(onError: (error: unknown) => void): void {
  let lookedAt = process.cpuUsage();
  let isOwed = true;
  let quietLooks = 0;
  // What the start left behind goes at the first quiet look.
  let looksNeeded = 1;
  setInterval(() => {
    const { user, system } = process.cpuUsage(lookedAt);
    lookedAt = process.cpuUsage();
    const isBusy = (user + system) / 1_000 > BUSY_SHARE * LOOK_MS;
    isOwed ||= isBusy;
    quietLooks = isBusy ? 0 : quietLooks + 1;
    if (!isOwed || quietLooks < looksNeeded) return;
    isOwed = false;
    looksNeeded = QUIET_LOOKS;
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
