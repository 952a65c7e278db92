import type { JournalRecord, Operation, Reply } from "./journal.ts";
import type { Account } from "./open-accounts.ts";

/** What the journals say of one key. */
export interface Told {
  readonly key: string;
  readonly operation: Operation;
  readonly sentAt: number;
  readonly replies: readonly Reply[];
}

/** The journals of all tellers, by key. */
export function readTold(records: Iterable<JournalRecord>): Map<string, Told> {
  const told = new Map<string, Told & { replies: Reply[] }>();
  for (const entry of records) {
    if (entry.event === "sent") {
      const { key, operation, at } = entry;
      told.set(key, { key, operation, sentAt: at, replies: [] });
    } else told.get(entry.key)?.replies.push(entry);
  }
  return told;
}

/** The last word on a key: nothing means that no outcome was ever heard. */
export function lastWord({ replies }: Told): Reply | undefined {
  return replies.findLast(({ outcome }) => outcome !== "open") ?? replies.at(-1);
}

/** One bank's books as far as the journals can be held against them. */
export interface BankFacts {
  readonly bank: string;
  /** Keys of mutations, with what they began. */
  readonly keys: ReadonlyMap<string, { readonly operation: string; readonly result: unknown }>;
  /** Global transactions that the bank knows, with their state here. */
  readonly transactions: ReadonlyMap<string, string>;
  readonly balances: ReadonlyMap<string, bigint>;
  readonly postings: ReadonlySet<string>;
  /** Entries by account, in order of version: what was posted and what stood afterwards. */
  readonly entries: ReadonlyMap<string, readonly EntryFact[]>;
}

export interface EntryFact {
  readonly version: number;
  readonly balanceCentavos: number;
  readonly posting: string;
  readonly transaction: string | null;
}

const FINAL = new Set(["committed", "aborted", "refused", "done"]);

/**
 * I4, I5, I12: what was acknowledged stands in the books, no reply contradicts an earlier one,
 * and nothing is in the books that no teller asked for. To be asked at rest.
 */
export function checkJournals(
  told: ReadonlyMap<string, Told>,
  facts: readonly BankFacts[],
  isOurs: (key: string) => boolean,
): string[] {
  const byBank = new Map(facts.map((fact) => [fact.bank, fact]));
  const broken: string[] = [];
  for (const one of told.values()) {
    if (one.operation.kind === "read") continue;
    broken.push(...contradictions(one));
    const books = byBank.get(one.operation.bank);
    if (books !== undefined) broken.push(...compare(one, books, byBank));
  }
  for (const { bank, keys } of facts) {
    for (const key of keys.keys()) {
      if (isOurs(key) && !told.has(key)) {
        broken.push(`I12: ${bank} knows key ${key}, which no journal has`);
      }
    }
  }
  return broken;
}

function contradictions({ key, replies }: Told): string[] {
  const finals = new Set(replies.map(({ outcome }) => outcome).filter((it) => FINAL.has(it)));
  const ids = new Set(replies.flatMap(({ transaction }) => transaction ?? []));
  return [
    ...(finals.size > 1 ? [`I5: ${key} was told ${[...finals].join(" and ")}`] : []),
    ...(ids.size > 1 ? [`I7: ${key} began ${[...ids].join(" and ")}`] : []),
  ];
}

function compare(one: Told, books: BankFacts, byBank: ReadonlyMap<string, BankFacts>): string[] {
  const word = lastWord(one);
  const { key, operation } = one;
  const isKnown = books.keys.has(key);
  switch (word?.outcome) {
    case "done": {
      const posted = word.posting !== undefined && books.postings.has(word.posting);
      return posted ? [] : [`I4: ${key} was told done, and ${books.bank} has no posting of it`];
    }
    case "committed":
    case "aborted":
      return isKnown ? compareTransfer(one, word, byBank) : [`I4: ${books.bank} lost ${key}`];
    case "open":
      return [`I3: ${key} (${operation.kind}) is still open at rest`];
    default:
      return [];
  }
}

function compareTransfer(
  { key, operation }: Told,
  { outcome, transaction = "" }: Reply,
  byBank: ReadonlyMap<string, BankFacts>,
): string[] {
  if (operation.kind !== "transfer") return [];
  const broken: string[] = [];
  const banks = new Set([...operation.from, ...operation.to].map(({ bank }) => bank));
  for (const bank of banks) {
    const state = byBank.get(bank)?.transactions.get(transaction);
    const isApplied = state === "committed";
    if (outcome === "committed" && !isApplied) {
      broken.push(`I4: ${key} was told committed; ${bank} has ${transaction} as ${state}`);
    }
    if (outcome === "aborted" && isApplied) {
      broken.push(`I4: ${key} was told aborted; ${bank} has ${transaction} as committed`);
    }
  }
  return broken;
}

/**
 * The sums, from the journals alone: each account holds what it opened with and what was told to
 * be done to it since, to the centavo. Every key must have its outcome by then.
 */
export function checkSums(
  told: ReadonlyMap<string, Told>,
  facts: readonly BankFacts[],
  opened: readonly (Account & { readonly depositCentavos: number })[],
): string[] {
  const expected = new Map<string, bigint>();
  const add = (bank: string, account: string, amount: number) => {
    const key = `${bank}/${account}`;
    expected.set(key, (expected.get(key) ?? 0n) + BigInt(amount));
  };
  for (const { bank, number, depositCentavos } of opened) add(bank, number, depositCentavos);
  for (const one of told.values()) {
    const { operation } = one;
    const outcome = lastWord(one)?.outcome;
    if (operation.kind === "transfer" && outcome === "committed") {
      for (const { bank, account, amountCentavos } of operation.from) {
        add(bank, account, -amountCentavos);
      }
      for (const { bank, account, amountCentavos } of operation.to) {
        add(bank, account, amountCentavos);
      }
    }
    if (outcome === "done" && operation.kind !== "transfer" && operation.kind !== "read") {
      const sign = operation.kind === "deposit" ? 1 : -1;
      add(operation.bank, operation.account, sign * operation.amountCentavos);
    }
  }
  return facts.flatMap(({ bank, balances }) =>
    [...balances].flatMap(([account, balance]) => {
      const due = expected.get(`${bank}/${account}`);
      if (due === undefined || due === balance) return [];
      return [`I10: ${bank}/${account} has ${balance} centavos, the journals say ${due}`];
    }),
  );
}
