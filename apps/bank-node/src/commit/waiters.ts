/** One caller's wait; `cancel` ends it early and frees its timer. */
export interface Waiting {
  /** Resolves when the transaction is woken, or when the time is up, or when cancelled. */
  readonly over: Promise<void>;
  cancel(): void;
}

/** Callers that wait for a decision, woken by the replica that made it. */
export interface Waiters {
  wait(transaction: string, ms: number): Waiting;
  wake(transaction: string): void;
}

export function createWaiters(): Waiters {
  const waiting = new Map<string, Set<() => void>>();

  function wait(transaction: string, ms: number): Waiting {
    const callers = waiting.get(transaction) ?? new Set();
    waiting.set(transaction, callers);
    let cancel = () => undefined as void;
    const over = new Promise<void>((resolve) => {
      const timer = setTimeout(() => cancel(), ms);
      cancel = () => {
        clearTimeout(timer);
        callers.delete(cancel);
        if (callers.size === 0 && waiting.get(transaction) === callers) waiting.delete(transaction);
        resolve();
      };
      callers.add(cancel);
    });
    return { over, cancel };
  }

  return {
    wait,
    wake(transaction) {
      for (const done of waiting.get(transaction) ?? []) done();
    },
  };
}
