import { CLOCK_TOLERANCE_S } from "@pacto/contract/signing";

/** A message's time may lie a minute before or after now: it can be replayed for two. */
const WINDOW_MS = 2 * CLOCK_TOLERANCE_S * 1_000;

/** Per peer and half-window; a peer that sends more only shortens its own memory. */
const IDS_MAX = 50_000;

interface Generations {
  current: Set<string>;
  previous: Set<string>;
  turnedAt: number;
}

/**
 * Remembers the message ids of each peer for as long as their signatures would be accepted. Its
 * memory is bounded; beyond it, and across replicas of the node, the protocol's own idempotency
 * makes a replay harmless (R12).
 */
export class ReplayGuard {
  readonly #bySender = new Map<string, Generations>();

  /** True the first time; the sender must be a known bank, else memory would not be bounded. */
  isNew(sender: string, messageId: string, nowMs: number): boolean {
    let ids = this.#bySender.get(sender);
    if (ids === undefined) {
      ids = { current: new Set(), previous: new Set(), turnedAt: nowMs };
      this.#bySender.set(sender, ids);
    }
    if (nowMs - ids.turnedAt >= WINDOW_MS || ids.current.size >= IDS_MAX) {
      ids.previous = ids.current;
      ids.current = new Set();
      ids.turnedAt = nowMs;
    }
    if (ids.current.has(messageId) || ids.previous.has(messageId)) return false;
    ids.current.add(messageId);
    return true;
  }
}
