/** A page of one bank's list, newest first. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

export interface Merged<T> {
  readonly items: readonly T[];
  /** The banks to read on so that older items may be shown; empty at the end. */
  readonly next: readonly string[];
}

/**
 * One list, newest first, out of several banks' lists of which each is read only so far. Shown is
 * what is newer than the oldest item read from every bank that has more: anything older could still
 * be preceded by an item that was not read yet.
 */
export function mergePages<T>(
  pagesByBank: ReadonlyMap<string, readonly Page<T>[]>,
  instantOf: (item: T) => string,
): Merged<T> {
  let horizon = "";
  let next: string[] = [];
  const all: T[] = [];
  for (const [bank, pages] of pagesByBank) {
    const items = pages.flatMap((page) => page.items);
    all.push(...items);
    const oldest = items.at(-1);
    if (oldest === undefined || (pages.at(-1)?.nextCursor ?? null) === null) continue;
    const readTo = instantOf(oldest);
    if (readTo > horizon) [horizon, next] = [readTo, [bank]];
    else if (readTo === horizon) next.push(bank);
  }
  const items = all
    .filter((item) => instantOf(item) >= horizon)
    .toSorted((a, b) => (instantOf(a) < instantOf(b) ? 1 : instantOf(a) > instantOf(b) ? -1 : 0));
  return { items, next };
}
