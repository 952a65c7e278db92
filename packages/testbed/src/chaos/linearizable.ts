import type { BankFacts, EntryFact, Told } from "./check-journals.ts";
import { lastWord } from "./check-journals.ts";

interface Observation {
  readonly key: string;
  readonly invokedAt: number;
  readonly repliedAt: number;
  /** The version that the operation made, or that the read saw. */
  readonly version: number;
}

/**
 * I11: the history of each account is linear. Versions are explicit, so no search is needed: what
 * was replied before another operation was invoked must have a lower version, and a read may be
 * no older than anything that had been answered before it began. A read must also show the
 * balance that its version has in the books.
 */
export function checkLinearizable(
  told: ReadonlyMap<string, Told>,
  facts: readonly BankFacts[],
): string[] {
  const broken: string[] = [];
  const byAccount = new Map<string, Observation[]>();
  const books = new Map(facts.map((fact) => [fact.bank, fact]));
  const versions = new Map(facts.map((fact) => [fact.bank, indexVersions(fact)]));
  for (const one of told.values()) {
    const { operation } = one;
    const word = lastWord(one);
    if (word === undefined) continue;
    if (operation.kind === "read" && word.version !== undefined) {
      const entries = books.get(operation.bank)?.entries.get(operation.account) ?? [];
      broken.push(...checkReading(one.key, word, entries));
    }
    for (const { account, version } of versionsOf(one, versions.get(operation.bank))) {
      const key = `${operation.bank}/${account}`;
      const list = byAccount.get(key) ?? [];
      byAccount.set(key, list);
      list.push({
        key: one.key,
        invokedAt: word.invokedAt ?? one.sentAt,
        repliedAt: word.at,
        version,
      });
    }
  }
  for (const [account, list] of byAccount) broken.push(...checkOrder(account, list));
  return broken;
}

function checkReading(
  key: string,
  {
    version = 0,
    balanceCentavos,
  }: { version?: number | undefined; balanceCentavos?: number | undefined },
  entries: readonly EntryFact[],
): string[] {
  const entry = entries[version - 1];
  const due = version === 0 ? 0 : entry?.balanceCentavos;
  if (due === balanceCentavos) return [];
  return [`I11: ${key} read ${balanceCentavos} at version ${version}; the books have ${due}`];
}

type VersionIndex = ReadonlyMap<string, readonly { account: string; version: number }[]>;

function indexVersions({ entries }: BankFacts): VersionIndex {
  const index = new Map<string, { account: string; version: number }[]>();
  for (const [account, list] of entries) {
    for (const { version, posting, transaction } of list) {
      for (const id of [posting, transaction]) {
        if (id === null) continue;
        const found = index.get(id) ?? [];
        index.set(id, found);
        found.push({ account, version });
      }
    }
  }
  return index;
}

/** The versions that an answered operation made or saw at the bank that answered it. */
function versionsOf(
  one: Told,
  index: VersionIndex | undefined,
): readonly { account: string; version: number }[] {
  const { operation } = one;
  const word = lastWord(one);
  if (operation.kind === "read") {
    const version = word?.version;
    return version === undefined ? [] : [{ account: operation.account, version }];
  }
  if (word?.outcome === "done" && operation.kind !== "transfer") {
    const made = index?.get(word.posting ?? "") ?? [];
    return made.filter(({ account }) => account === operation.account);
  }
  // A coordinator has applied its own share when it says committed; others may follow later.
  return word?.outcome === "committed" ? (index?.get(word.transaction ?? "") ?? []) : [];
}

/** One sweep in time: nothing invoked after a reply may be older than what was replied. */
function checkOrder(account: string, list: readonly Observation[]): string[] {
  const invocations = list.toSorted((a, b) => a.invokedAt - b.invokedAt);
  const replies = list.toSorted((a, b) => a.repliedAt - b.repliedAt);
  const broken: string[] = [];
  let highest: Observation | undefined;
  let next = 0;
  for (const observation of invocations) {
    for (;;) {
      const reply = replies[next];
      if (reply === undefined || reply.repliedAt >= observation.invokedAt) break;
      if (highest === undefined || reply.version > highest.version) highest = reply;
      next += 1;
    }
    if (highest !== undefined && observation.version < highest.version) {
      broken.push(
        `I11: ${account}: ${observation.key} is at version ${observation.version}, but ` +
          `${highest.key} had been answered before with version ${highest.version}`,
      );
    }
  }
  return broken;
}
