/** Callers that wait for a decision, woken by the replica that made it. */
export interface Waiters {
  /** Resolves when the decision is known here or `ms` have passed, whichever comes first. */
  wait(transaction: string, ms: number): Promise<void>;
  wake(transaction: string): void;
}

export function createWaiters(): Waiters {
  const waiting = new Map<string, Set<() => void>>();
  return {
    wait(transaction, ms) {
      return new Promise((resolve) => {
        const callers = waiting.get(transaction) ?? new Set();
        waiting.set(transaction, callers);
        const done = () => {
          clearTimeout(timer);
          callers.delete(done);
          if (callers.size === 0) waiting.delete(transaction);
          resolve();
        };
        const timer = setTimeout(done, ms);
        callers.add(done);
      });
    },
    wake(transaction) {
      for (const done of waiting.get(transaction) ?? []) done();
    },
  };
}
