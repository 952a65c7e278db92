import { describe, expect, it } from "vitest";
import { type BankFacts, checkJournals, checkSums, readTold } from "./check-journals.ts";
import type { JournalRecord, Operation } from "./journal.ts";
import { checkLinearizable } from "./linearizable.ts";

const TX = "tx-1";
const from = [{ bank: "azul", account: "1-9", amountCentavos: 100 }];
const to = [{ bank: "verde", account: "2-7", amountCentavos: 100 }];
const transfer: Operation = { kind: "transfer", bank: "azul", from, to };
const deposit: Operation = { kind: "deposit", bank: "azul", account: "1-9", amountCentavos: 50 };
const read: Operation = { kind: "read", bank: "azul", account: "1-9" };

function sent(key: string, at: number, operation: Operation): JournalRecord {
  return { event: "sent", key, at, operation };
}

function replied(
  key: string,
  at: number,
  more: Omit<Extract<JournalRecord, { event: "replied" }>, "event" | "key" | "at">,
): JournalRecord {
  return { event: "replied", key, at, ...more };
}

/** Azul had 1,000 centavos, paid 100 (version 2) and was given 50 (version 3). */
function azul(change: Partial<BankFacts> = {}): BankFacts {
  return {
    bank: "azul",
    keys: new Map(["t:1", "t:2"].map((key) => [key, { operation: "", result: {} }])),
    transactions: new Map([[TX, "committed"]]),
    balances: new Map([["1-9", 950n]]),
    postings: new Set(["p-0", "p-1", "p-2"]),
    entries: new Map([
      [
        "1-9",
        [
          { version: 1, balanceCentavos: 1_000, posting: "p-0", transaction: null },
          { version: 2, balanceCentavos: 900, posting: "p-1", transaction: TX },
          { version: 3, balanceCentavos: 950, posting: "p-2", transaction: null },
        ],
      ],
    ]),
    ...change,
  };
}

function verde(change: Partial<BankFacts> = {}): BankFacts {
  return {
    bank: "verde",
    keys: new Map(),
    transactions: new Map([[TX, "committed"]]),
    balances: new Map([["2-7", 1_100n]]),
    postings: new Set(),
    entries: new Map(),
    ...change,
  };
}

const journal = [
  sent("t:1", 10, transfer),
  replied("t:1", 20, { outcome: "committed", transaction: TX }),
  sent("t:2", 30, deposit),
  replied("t:2", 40, { outcome: "done", posting: "p-2", balanceCentavos: 950 }),
  sent("t:3", 50, read),
  replied("t:3", 60, { outcome: "read", version: 3, balanceCentavos: 950, invokedAt: 50 }),
];
const opened = [
  { bank: "azul", number: "1-9", ceilingCentavos: null, depositCentavos: 1_000 },
  { bank: "verde", number: "2-7", ceilingCentavos: null, depositCentavos: 1_000 },
];

function findings(records: readonly JournalRecord[], facts: readonly BankFacts[]): string[] {
  const told = readTold(records);
  return [
    ...checkJournals(told, facts, () => true),
    ...checkSums(told, facts, opened),
    ...checkLinearizable(told, facts),
  ];
}

describe("journals held against the books", () => {
  it("find nothing where every promise was kept", () => {
    expect(findings(journal, [azul(), verde()])).toEqual([]);
  });

  it("find a transfer told committed that one bank aborted (I4)", () => {
    const lost = verde({ transactions: new Map([[TX, "aborted"]]) });
    expect(findings(journal, [azul(), lost])[0]).toMatch(/^I4: t:1 was told committed; verde/);
  });

  it("find a transfer told aborted that one bank applied (I4)", () => {
    const told = journal.with(1, replied("t:1", 20, { outcome: "aborted", transaction: TX }));
    expect(findings(told, [azul(), verde()])[0]).toMatch(/^I4: t:1 was told aborted; azul/);
  });

  it("find a deposit told done whose posting is not there (I4)", () => {
    expect(findings(journal, [azul({ postings: new Set() }), verde()])[0]).toMatch(/^I4: t:2/);
  });

  it("find an outcome that was taken back (I5), and a key that began twice (I7)", () => {
    const again = replied("t:1", 25, { outcome: "aborted", transaction: "tx-2" });
    expect(findings([...journal, again], [azul(), verde()]).slice(0, 2)).toEqual([
      "I5: t:1 was told committed and aborted",
      "I7: t:1 began tx-1 and tx-2",
    ]);
  });

  it("find a key that nobody wrote down (I12), and a centavo too much (I10)", () => {
    const keys = new Map([...azul().keys, ["t:9", { operation: "", result: {} }]] as const);
    const balances = new Map([["1-9", 951n]]);
    expect(findings(journal, [azul({ keys, balances }), verde()])).toEqual([
      "I12: azul knows key t:9, which no journal has",
      "I10: azul/1-9 has 951 centavos, the journals say 950",
    ]);
  });
});

describe("an account's history is linear (I11)", () => {
  it("unless a read is older than what had been answered before it began", () => {
    const stale = replied("t:3", 60, {
      outcome: "read",
      version: 2,
      balanceCentavos: 900,
      invokedAt: 50,
    });
    expect(findings(journal.with(5, stale), [azul(), verde()])[0]).toMatch(
      /^I11: azul\/1-9: t:3 is at version 2, but t:2/,
    );
  });

  it("also when a read runs beside a deposit, and sees either side of it", () => {
    const beside = [
      ...journal.slice(0, 4),
      sent("t:3", 35, read),
      replied("t:3", 45, { outcome: "read", version: 2, balanceCentavos: 900, invokedAt: 35 }),
    ];
    expect(findings(beside, [azul(), verde()])).toEqual([]);
  });

  it("unless a read shows a balance that its version never had", () => {
    const phantom = replied("t:3", 60, {
      outcome: "read",
      version: 3,
      balanceCentavos: 949,
      invokedAt: 50,
    });
    expect(findings(journal.with(5, phantom), [azul(), verde()])[0]).toMatch(/^I11: t:3 read 949/);
  });
});
