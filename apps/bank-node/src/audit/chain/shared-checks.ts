import type { AuditWatchAnswer } from "@pacto/contract";
import type { Bank } from "../../context.ts";

export type BlockCheck = AuditWatchAnswer["checks"][number];

interface Shared {
  readonly check: Promise<BlockCheck>;
  readonly sinceMs: number;
  readonly toldTo: Set<string>;
}

/** As long as a round of watching: whoever asks again after it wants to know anew. */
const SHARED_MS = 10_000;

const checks = new WeakMap<Bank, Map<number, Shared>>();

/**
 * A block is computed again once for all watchers of a round, who ask for the same newest ones:
 * each for itself would cost a busy bank more than its postings. A watcher that asks for a second
 * time has it computed anew.
 */
export function shareCheck(
  bank: Bank,
  { number, watcher }: { readonly number: number; readonly watcher: string },
  compute: () => Promise<BlockCheck>,
): Promise<BlockCheck> {
  const known = checks.get(bank) ?? new Map<number, Shared>();
  checks.set(bank, known);
  const now = performance.now();
  for (const [at, { sinceMs }] of known) if (now - sinceMs > SHARED_MS) known.delete(at);
  const before = known.get(number);
  if (before !== undefined && !before.toldTo.has(watcher)) {
    before.toldTo.add(watcher);
    return before.check;
  }
  const check = compute();
  const shared = { check, sinceMs: now, toldTo: new Set([watcher]) };
  known.set(number, shared);
  // What could not be computed is nobody's answer but the asker's.
  check.catch(() => {
    if (known.get(number) === shared) known.delete(number);
  });
  return check;
}
