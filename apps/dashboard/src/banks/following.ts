import type { Query, QueryClient } from "@tanstack/react-query";

interface FollowMeta extends Record<string, unknown> {
  /** Read again at most this often, and only after the bank has changed. */
  readonly followMs?: number;
  /** The page shows how old it is while its bank answers: keep its age right. */
  readonly showsAge?: boolean;
}

declare module "@tanstack/react-query" {
  interface Register {
    queryMeta: FollowMeta;
  }
}

/** Some of what is shown depends on the time of day: it is read again even when nothing changed. */
const UNCHANGED_MS = 30_000;
const FAILED_MS_MAX = 30_000;
/** Banks are asked each second, give or take; what is due then must not wait for the next time. */
const SLACK_MS = 250;

/**
 * Options of a query that follows its bank: read again when the bank's revision has changed since,
 * at most every `everyMs`. An unchanged bank is asked for nothing but its status.
 */
export function following(everyMs: number, { showsAge = false } = {}): { meta: FollowMeta } {
  return { meta: { followMs: everyMs, showsAge } };
}

interface Reading {
  readonly at: number;
  /** What the bank was at, at the latest, when the reading began. */
  readonly revision: string | null;
  readonly failures: number;
}

/**
 * Keeps what a page shows of its banks as new as they are. Each answer to the one light question
 * that a bank is asked in a second says by its revision whether anything else need be asked.
 */
export class Following {
  readonly #client: QueryClient;
  readonly #now: () => number;
  readonly #readings = new WeakMap<Query, Reading>();
  readonly #revisions = new Map<string, string | null>();

  constructor(client: QueryClient, now: () => number = Date.now) {
    this.#client = client;
    this.#now = now;
  }

  /** Notes each reading, whoever asked for it; gives the function that stops it. */
  start(): () => void {
    return this.#client.getQueryCache().subscribe((event) => {
      if (event.type !== "updated" || event.query.meta?.followMs === undefined) return;
      const { query } = event;
      const before = this.#readings.get(query);
      if (event.action.type === "fetch") {
        const revision = this.#revisions.get(bankOf(query)) ?? null;
        const failures = before?.failures ?? 0;
        this.#readings.set(query, { at: this.#now(), revision, failures });
      } else if (before !== undefined && event.action.type === "error") {
        this.#readings.set(query, { ...before, failures: before.failures + 1 });
      } else if (before !== undefined && event.action.type === "success") {
        this.#readings.set(query, { ...before, failures: 0 });
      }
    });
  }

  /** The bank has answered, and is at this revision. */
  heard(bank: string, revision: string | null): void {
    this.#revisions.set(bank, revision);
    for (const query of this.#shownOf(bank)) {
      const isUnchanged = this.#isUnchanged(query, revision);
      if (isUnchanged && query.meta?.showsAge === true) this.#confirm(query);
      if (this.#isDue(query, isUnchanged)) this.#readAgain(query);
    }
  }

  /** The bank does not answer any more: what is shown was true until now. */
  lost(bank: string, heardAt: number): void {
    const revision = this.#revisions.get(bank) ?? null;
    for (const query of this.#shownOf(bank)) {
      if (this.#isUnchanged(query, revision)) this.#confirm(query, heardAt);
    }
  }

  #shownOf(bank: string): Query[] {
    return this.#client
      .getQueryCache()
      .findAll({ queryKey: [[bank]], predicate: ({ meta }) => meta?.followMs !== undefined })
      .filter((query) => query.getObserversCount() > 0);
  }

  #isUnchanged(query: Query, revision: string | null): boolean {
    const { status, isInvalidated } = query.state;
    const read = this.#readings.get(query);
    return (
      revision !== null && status === "success" && !isInvalidated && read?.revision === revision
    );
  }

  #isDue(query: Query, isUnchanged: boolean): boolean {
    if (!query.isActive() || query.state.fetchStatus !== "idle") return false;
    const { at = 0, failures = 0 } = this.#readings.get(query) ?? {};
    const followMs = query.meta?.followMs ?? 0;
    const waitMs = isUnchanged
      ? Math.max(UNCHANGED_MS, followMs)
      : Math.min(followMs * 2 ** failures, Math.max(FAILED_MS_MAX, followMs));
    return this.#now() - at >= waitMs - SLACK_MS;
  }

  #readAgain({ queryKey }: Query): void {
    void this.#client.refetchQueries({ queryKey, exact: true }, { cancelRefetch: false });
  }

  #confirm(query: Query, at = this.#now()): void {
    if (query.state.fetchStatus !== "idle" || query.state.dataUpdatedAt >= at) return;
    this.#client.setQueryData(query.queryKey, query.state.data, { updatedAt: at });
  }
}

/** Every key begins with its bank: `[["azul"], …]`. */
function bankOf({ queryKey }: Query): string {
  const [first] = queryKey;
  return Array.isArray(first) ? String(first[0]) : "";
}
