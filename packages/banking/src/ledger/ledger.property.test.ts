import fc from "fast-check";
import { expect, test } from "vitest";
import { available, type AccountState } from "./account.ts";
import { captureHolds } from "./capture-holds.ts";
import { decideHold } from "./decide-hold.ts";
import { decidePosting } from "./decide-posting.ts";
import type { Entry, Hold, Leg } from "./leg.ts";
import { releaseHolds } from "./release-holds.ts";

const CUSTOMERS = [2n, 3n, 4n, 5n];

const limits = fc.record({
  floor: fc.constantFrom(0n, -500n),
  ceiling: fc.constantFrom(null, 1_000n, 2_500n),
  ledger: fc.bigInt({ min: 0n, max: 1_000n }),
});

type Bank = Map<bigint, AccountState>;

/** Customers with money, and an unbounded clearing account that owes the sum. */
const banks = fc.tuple(limits, limits, limits, limits).map((customers): Bank => {
  const open = { status: "active", debitsBlocked: false, creditsBlocked: false } as const;
  const empty = { held: 0n, incoming: 0n, version: 0n };
  const total = customers.reduce((sum, { ledger }) => sum + ledger, 0n);
  const accounts: AccountState[] = [
    { id: 1n, ...open, floor: null, ceiling: null, ...empty, ledger: -total },
    ...customers.map((fields, index) => ({
      id: CUSTOMERS[index] ?? 0n,
      ...open,
      ...empty,
      ...fields,
    })),
  ];
  return new Map(accounts.map((account) => [account.id, account]));
});

const ids = fc.constantFrom(1n, ...CUSTOMERS);
const amounts = fc.bigInt({ min: 1n, max: 800n });

/** Several accounts pay one, or one pays several; the same account may be named twice. */
const legs = fc
  .record({
    centre: ids,
    others: fc.array(fc.tuple(ids, amounts), { minLength: 1, maxLength: 4 }),
    centrePays: fc.boolean(),
  })
  .map(({ centre, others, centrePays }): Leg[] => [
    {
      account: centre,
      direction: centrePays ? "debit" : "credit",
      amount: others.reduce((sum, [, amount]) => sum + amount, 0n),
    },
    ...others.map(([account, amount]): Leg => ({
      account,
      direction: centrePays ? "credit" : "debit",
      amount,
    })),
  ]);

const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("post" as const), legs }),
    fc.record({ kind: fc.constant("hold" as const), legs }),
    fc.record({ kind: fc.constantFrom("capture" as const, "release" as const), which: fc.nat() }),
    fc.record({ kind: fc.constant("restrict" as const), id: fc.constantFrom(...CUSTOMERS) }),
  ),
  { maxLength: 60 },
);

type Step = typeof steps extends fc.Arbitrary<(infer S)[]> ? S : never;

interface Run {
  readonly bank: Bank;
  readonly open: (readonly Hold[])[];
  readonly entries: Entry[];
}

function take(run: Run, step: Step): void {
  if (step.kind === "restrict") {
    const account = run.bank.get(step.id);
    if (account) run.bank.set(step.id, { ...account, debitsBlocked: true, creditsBlocked: true });
    return;
  }
  if (step.kind === "post") {
    const decision = decidePosting(run.bank, step.legs);
    if (!decision.ok) return;
    store(run, decision.accounts);
    run.entries.push(...decision.entries);
    return;
  }
  if (step.kind === "hold") {
    const decision = decideHold(run.bank, step.legs);
    if (!decision.ok) return;
    store(run, decision.accounts);
    run.open.push(decision.holds);
    return;
  }
  if (run.open.length === 0) return;
  const [holds = []] = run.open.splice(step.which % run.open.length, 1);
  if (step.kind === "release") return store(run, releaseHolds(run.bank, holds).accounts);
  const captured = captureHolds(run.bank, holds);
  store(run, captured.accounts);
  run.entries.push(...captured.entries);
}

function store(run: Run, accounts: readonly AccountState[]): void {
  for (const account of accounts) run.bank.set(account.id, account);
}

function total(bank: Bank, of: (account: AccountState) => bigint): bigint {
  return [...bank.values()].reduce((sum, account) => sum + of(account), 0n);
}

test("no run creates or loses a centavo, overdraws, exceeds a ceiling or skips a version", () => {
  fc.assert(
    fc.property(banks, steps, (bank, steps) => {
      const opening = new Map(bank);
      const run: Run = { bank: new Map(bank), open: [], entries: [] };
      for (const step of steps) {
        take(run, step);
        expect(total(run.bank, ({ ledger }) => ledger)).toBe(0n);
        expect(total(run.bank, ({ incoming, held }) => incoming - held)).toBe(0n);
        for (const account of run.bank.values()) {
          expect(account.held >= 0n && account.incoming >= 0n).toBe(true);
          const before = opening.get(account.id);
          const free = available(account);
          if (free !== null) expect(free >= 0n).toBe(true);
          // An opening balance may lie above the ceiling; then nothing may come in.
          if (account.ceiling !== null && before && before.ledger <= account.ceiling) {
            expect(account.ledger + account.incoming <= account.ceiling).toBe(true);
          }
        }
      }
      for (const [id, before] of opening) {
        const mine = run.entries.filter(({ account }) => account === id);
        expect(mine.map(({ version }) => version)).toEqual(mine.map((_, at) => BigInt(at + 1)));
        const sum = mine.reduce((balance, { amount }) => balance + amount, before.ledger);
        expect(run.bank.get(id)?.ledger).toBe(sum);
        expect(run.bank.get(id)?.version).toBe(BigInt(mine.length));
      }
    }),
  );
});

test("every hold still open can be captured, in whatever order, after whatever happened", () => {
  fc.assert(
    fc.property(banks, steps, fc.boolean(), (bank, steps, reversed) => {
      const run: Run = { bank: new Map(bank), open: [], entries: [] };
      for (const step of steps) take(run, step);
      const rest = reversed ? run.open.toReversed() : run.open;
      for (const holds of rest) store(run, captureHolds(run.bank, holds).accounts);
      expect(total(run.bank, ({ held, incoming }) => held + incoming)).toBe(0n);
      for (const account of run.bank.values()) {
        const free = available(account);
        if (free !== null) expect(free >= 0n).toBe(true);
      }
    }),
  );
});

test("a hold that is released leaves everything as it was, and nothing given is mutated", () => {
  fc.assert(
    fc.property(banks, legs, (bank, legs) => {
      const frozen = new Map([...bank].map(([id, account]) => [id, Object.freeze(account)]));
      const decision = decideHold(frozen, Object.freeze(legs));
      if (!decision.ok) return;
      const placed = new Map(frozen);
      for (const account of decision.accounts) placed.set(account.id, account);
      for (const account of releaseHolds(placed, decision.holds).accounts) {
        expect(account).toEqual(frozen.get(account.id));
      }
    }),
  );
});

test("a hold is granted exactly when the same posting would be, and capturing it is that posting", () => {
  fc.assert(
    fc.property(banks, legs, (bank, legs) => {
      const hold = decideHold(bank, legs);
      const posting = decidePosting(bank, legs);
      expect(hold.ok).toBe(posting.ok);
      if (!hold.ok || !posting.ok) return;
      const placed = new Map(bank);
      for (const account of hold.accounts) placed.set(account.id, account);
      expect(captureHolds(placed, hold.holds)).toEqual({
        accounts: posting.accounts,
        entries: posting.entries,
      });
    }),
  );
});
