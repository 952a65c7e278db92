import { describe, expect, test } from "vitest";
import { MAX_CENTAVOS } from "../money/centavos.ts";
import { available, type AccountState } from "./account.ts";
import { captureHolds } from "./capture-holds.ts";
import { decideHold } from "./decide-hold.ts";
import { decidePosting } from "./decide-posting.ts";
import type { Hold, Leg } from "./leg.ts";
import { releaseHolds } from "./release-holds.ts";
import { LedgerLawBroken } from "./take-holds.ts";

const CLEARING = 1n;
const CASH = 2n;
const ALICE = 7n;
const BRUNO = 8n;

type Bank = Map<bigint, AccountState>;

function bankOf(...accounts: AccountState[]): Bank {
  return new Map(accounts.map((account) => [account.id, account]));
}

function account(id: bigint, balance: bigint, fields: Partial<AccountState> = {}): AccountState {
  return {
    id,
    status: "active",
    debitsBlocked: false,
    creditsBlocked: false,
    floor: 0n,
    ceiling: null,
    ledger: balance,
    held: 0n,
    incoming: 0n,
    version: balance === 0n ? 0n : 1n,
    ...fields,
  };
}

const clearing = account(CLEARING, 0n, { floor: null });
const debit = (id: bigint, amount: bigint): Leg => ({ account: id, direction: "debit", amount });
const credit = (id: bigint, amount: bigint): Leg => ({ account: id, direction: "credit", amount });
const move = (from: bigint, to: bigint, amount: bigint) => [
  debit(from, amount),
  credit(to, amount),
];

function post(bank: Bank, legs: readonly Leg[]) {
  const decision = decidePosting(bank, legs);
  if (!decision.ok) return decision.refusal;
  for (const changed of decision.accounts) bank.set(changed.id, changed);
  return decision.entries;
}

function hold(bank: Bank, legs: readonly Leg[]): readonly Hold[] {
  const decision = decideHold(bank, legs);
  if (!decision.ok) throw new Error(decision.refusal.code);
  for (const changed of decision.accounts) bank.set(changed.id, changed);
  return decision.holds;
}

function capture(bank: Bank, holds: readonly Hold[]) {
  const captured = captureHolds(bank, holds);
  for (const changed of captured.accounts) bank.set(changed.id, changed);
  return captured.entries;
}

function release(bank: Bank, holds: readonly Hold[]) {
  for (const changed of releaseHolds(bank, holds).accounts) bank.set(changed.id, changed);
}

function refusalOf(decision: { ok: true } | { ok: false; refusal: unknown }) {
  return decision.ok ? null : decision.refusal;
}

describe("a posting", () => {
  test("debits one account and credits another, with the balance after each", () => {
    const bank = bankOf(account(ALICE, 200_00n), account(BRUNO, 0n));
    expect(post(bank, move(ALICE, BRUNO, 50_00n))).toEqual([
      { account: ALICE, version: 2n, amount: -50_00n, balanceAfter: 150_00n },
      { account: BRUNO, version: 1n, amount: 50_00n, balanceAfter: 50_00n },
    ]);
  });

  test("moves nothing when one leg is refused", () => {
    const bank = bankOf(account(ALICE, 200_00n), account(BRUNO, 0n, { creditsBlocked: true }));
    const before = [...bank].map(([id, held]) => [id, { ...held }]);
    expect(post(bank, move(ALICE, BRUNO, 50_00n))).toEqual({
      code: "credits-blocked",
      account: BRUNO,
    });
    expect([...bank]).toEqual(before);
  });

  test("refuses legs whose debits and credits differ", () => {
    const bank = bankOf(account(ALICE, 200_00n), account(BRUNO, 0n));
    expect(post(bank, [debit(ALICE, 10_00n), credit(BRUNO, 9_99n)])).toEqual({
      code: "unbalanced",
      differenceCentavos: 1n,
    });
  });

  test("says how much is available and how much is missing", () => {
    const bank = bankOf(account(ALICE, 200_00n, { held: 150_00n }), account(BRUNO, 0n));
    expect(post(bank, move(ALICE, BRUNO, 80_00n))).toEqual({
      code: "insufficient-funds",
      account: ALICE,
      availableCentavos: 50_00n,
      missingCentavos: 30_00n,
    });
  });

  test("says how much room is left under the ceiling", () => {
    const bank = bankOf(
      account(ALICE, 200_00n),
      account(BRUNO, 30_00n, { ceiling: 100_00n, incoming: 50_00n }),
    );
    expect(post(bank, move(ALICE, BRUNO, 21_00n))).toEqual({
      code: "ceiling-exceeded",
      account: BRUNO,
      roomCentavos: 20_00n,
      excessCentavos: 1_00n,
    });
  });

  test("refuses an unknown account, a closed one and a blocked debit", () => {
    const bank = bankOf(
      account(ALICE, 10_00n, { debitsBlocked: true }),
      account(BRUNO, 10_00n, { status: "closed" }),
      clearing,
    );
    expect(post(bank, move(99n, CLEARING, 1n))).toEqual({
      code: "account-not-found",
      account: 99n,
    });
    expect(post(bank, move(BRUNO, CLEARING, 1n))).toEqual({
      code: "account-closed",
      account: BRUNO,
    });
    expect(post(bank, move(ALICE, CLEARING, 1n))).toEqual({
      code: "debits-blocked",
      account: ALICE,
    });
    expect(post(bank, move(CLEARING, ALICE, 1n))).toHaveLength(2);
  });

  test("pays cash out only while there is cash: a debit-normal account has ceiling 0", () => {
    const cash = account(CASH, -40_00n, { floor: null, ceiling: 0n });
    const bank = bankOf(account(ALICE, 100_00n), cash);
    expect(post(bank, move(ALICE, CASH, 50_00n))).toMatchObject({
      code: "ceiling-exceeded",
      roomCentavos: 40_00n,
    });
    expect(post(bank, move(ALICE, CASH, 40_00n))).toHaveLength(2);
  });

  test("sums an account named several times and gives it one entry (R37)", () => {
    const bank = bankOf(account(ALICE, 100_00n), account(BRUNO, 0n));
    const legs = [debit(ALICE, 60_00n), credit(BRUNO, 100_00n), debit(ALICE, 40_00n)];
    expect(post(bank, legs)).toEqual([
      { account: ALICE, version: 2n, amount: -100_00n, balanceAfter: 0n },
      { account: BRUNO, version: 1n, amount: 100_00n, balanceAfter: 100_00n },
    ]);
  });

  test("refuses amounts, sums and balances beyond 2^53 − 1 centavos", () => {
    const bank = bankOf(account(ALICE, 5n), account(BRUNO, MAX_CENTAVOS), clearing);
    const tooLarge = { code: "amount-too-large", maximumCentavos: MAX_CENTAVOS };
    expect(post(bank, move(CLEARING, ALICE, MAX_CENTAVOS + 1n))).toEqual(tooLarge);
    const twice = [debit(CLEARING, MAX_CENTAVOS), debit(CLEARING, 1n), credit(ALICE, 1n)];
    expect(post(bank, twice)).toEqual(tooLarge);
    expect(post(bank, move(CLEARING, BRUNO, 1n))).toEqual(tooLarge);
    const deep = account(CLEARING, 1n - MAX_CENTAVOS, { floor: null });
    expect(post(bankOf(deep, account(ALICE, 5n)), move(CLEARING, ALICE, 2n))).toEqual(tooLarge);
  });

  test("goes up to 2^53 − 1 centavos, on either side of zero", () => {
    const bank = bankOf(clearing, account(ALICE, 0n));
    expect(post(bank, move(CLEARING, ALICE, MAX_CENTAVOS))).toHaveLength(2);
    expect(bank.get(CLEARING)?.ledger).toBe(-MAX_CENTAVOS);
    expect(bank.get(ALICE)?.ledger).toBe(MAX_CENTAVOS);
  });

  test("refuses no legs", () => {
    expect(post(bankOf(clearing), [])).toEqual({ code: "no-legs" });
  });

  test("carries a payroll of a thousand legs", () => {
    const staff = Array.from({ length: 1000 }, (_, index) => account(100n + BigInt(index), 0n));
    const bank = bankOf(account(ALICE, 1_000_00n), ...staff);
    const holds = hold(bank, [
      debit(ALICE, 1_000_00n),
      ...staff.map(({ id }) => credit(id, 1_00n)),
    ]);
    expect(holds).toHaveLength(1001);
    expect(capture(bank, holds)).toHaveLength(1001);
    expect(bank.get(ALICE)).toMatchObject({ ledger: 0n, held: 0n });
    expect(bank.get(1099n)).toMatchObject({ ledger: 1_00n, incoming: 0n, version: 1n });
  });
});

describe("a hold", () => {
  test("lowers what is available, not the ledger; captured, it becomes an entry", () => {
    const bank = bankOf(account(ALICE, 100_00n), clearing);
    const holds = hold(bank, move(ALICE, CLEARING, 30_00n));
    expect(bank.get(ALICE)).toMatchObject({ ledger: 100_00n, held: 30_00n, version: 1n });
    expect(bank.get(CLEARING)).toMatchObject({ ledger: 0n, incoming: 30_00n });
    expect(available(bank.get(ALICE) ?? clearing)).toBe(70_00n);
    expect(available(clearing)).toBeNull();
    expect(capture(bank, holds)).toEqual([
      { account: ALICE, version: 2n, amount: -30_00n, balanceAfter: 70_00n },
      { account: CLEARING, version: 1n, amount: 30_00n, balanceAfter: 30_00n },
    ]);
    expect(bank.get(ALICE)).toMatchObject({ ledger: 70_00n, held: 0n });
  });

  test("is captured although the account was blocked, closed or capped since (R35)", () => {
    const bank = bankOf(account(ALICE, 100_00n), account(BRUNO, 0n, { ceiling: 100_00n }));
    const holds = hold(bank, move(ALICE, BRUNO, 100_00n));
    for (const held of [ALICE, BRUNO]) {
      const stricter = { status: "closed", debitsBlocked: true, creditsBlocked: true } as const;
      const now = bank.get(held) ?? clearing;
      bank.set(held, { ...now, ...stricter, floor: 50_00n, ceiling: 60_00n });
    }
    expect(capture(bank, holds)).toHaveLength(2);
    expect(bank.get(BRUNO)).toMatchObject({ ledger: 100_00n, incoming: 0n });
  });

  test("of a part of a branch is neither captured nor released", () => {
    const bank = bankOf(account(ALICE, 100_00n), clearing);
    const holds = hold(bank, move(ALICE, CLEARING, 30_00n));
    expect(() => captureHolds(bank, holds.slice(0, 1))).toThrow(LedgerLawBroken);
    expect(() => releaseHolds(bank, holds.slice(1))).toThrow(LedgerLawBroken);
  });

  test("of several transactions is captured in one go, an account's one after the other", () => {
    const bank = bankOf(account(ALICE, 100_00n), clearing);
    const holds = Array.from({ length: 20 }, () => hold(bank, move(ALICE, CLEARING, 1_00n)));
    const two = captureHolds(bank, holds.slice(0, 2).flat());
    expect(two.entries.map(({ version }) => version)).toEqual([2n, 1n, 3n, 2n]);
    expect(two.accounts).toMatchObject([
      { id: ALICE, ledger: 98_00n, held: 18_00n },
      { id: CLEARING, ledger: 2_00n, incoming: 18_00n },
    ]);
    const all = captureHolds(bank, holds.flat());
    expect(all.entries).toHaveLength(40);
    expect(all.accounts).toMatchObject([
      { id: ALICE, ledger: 80_00n, held: 0n, version: 21n },
      { id: CLEARING, ledger: 20_00n, incoming: 0n, version: 20n },
    ]);
  });

  test("that only one of its accounts knows of is neither captured nor released", () => {
    const payerKnows = bankOf(account(ALICE, 10n, { held: 5n }), clearing);
    const payeeKnows = bankOf(account(ALICE, 10n), { ...clearing, incoming: 5n });
    for (const bank of [payerKnows, payeeKnows]) {
      expect(() => captureHolds(bank, move(ALICE, CLEARING, 5n))).toThrow("not on hold");
      expect(() => releaseHolds(bank, move(ALICE, CLEARING, 5n))).toThrow("not on hold");
    }
  });

  test("of an account that is not there breaks the law", () => {
    expect(() => captureHolds(bankOf(clearing), move(ALICE, CLEARING, 1n))).toThrow("missing");
  });
});

describe("lessons from other systems", () => {
  test("lesson 1: keeps both holds when one branch pays the same account twice", () => {
    const bank = bankOf(clearing, account(ALICE, 0n));
    const first = hold(bank, move(CLEARING, ALICE, 10_00n));
    const second = hold(bank, [
      debit(CLEARING, 25_00n),
      credit(ALICE, 5_00n),
      credit(ALICE, 20_00n),
    ]);
    expect(bank.get(ALICE)?.incoming).toBe(35_00n);
    capture(bank, first);
    capture(bank, second);
    expect(bank.get(ALICE)?.ledger).toBe(35_00n);
    expect(bank.get(CLEARING)?.ledger).toBe(-35_00n);
  });

  test("lesson 2: debits the payer although the payee's account has the same id elsewhere", () => {
    const here = bankOf(account(ALICE, 50_00n), clearing);
    const there = bankOf(account(ALICE, 0n), clearing);
    capture(here, hold(here, move(ALICE, CLEARING, 50_00n)));
    capture(there, hold(there, move(CLEARING, ALICE, 50_00n)));
    expect(here.get(ALICE)?.ledger).toBe(0n);
    expect(there.get(ALICE)?.ledger).toBe(50_00n);
  });

  test("lesson 3: debits a client who moves between two own accounts inside a composite", () => {
    const bank = bankOf(clearing, account(ALICE, 50_00n), account(BRUNO, 0n));
    const legs = [debit(ALICE, 50_00n), debit(CLEARING, 10_00n), credit(BRUNO, 60_00n)];
    capture(bank, hold(bank, legs));
    expect(bank.get(ALICE)?.ledger).toBe(0n);
    expect(bank.get(BRUNO)?.ledger).toBe(60_00n);
  });

  test("lesson 5: refuses to spend the same money twice, posted or on hold", () => {
    const bank = bankOf(account(ALICE, 100_00n), account(BRUNO, 0n), clearing);
    hold(bank, move(ALICE, CLEARING, 60_00n));
    expect(post(bank, move(ALICE, BRUNO, 60_00n))).toMatchObject({ code: "insufficient-funds" });
    expect(post(bank, move(ALICE, BRUNO, 40_00n))).toHaveLength(2);
    expect(refusalOf(decideHold(bank, move(ALICE, CLEARING, 1n)))).toMatchObject({
      code: "insufficient-funds",
      availableCentavos: 0n,
      missingCentavos: 1n,
    });
  });

  test("lesson 6: refuses to release what was never placed", () => {
    const bank = bankOf(account(ALICE, 100_00n), clearing);
    expect(() => releaseHolds(bank, move(ALICE, CLEARING, 1n))).toThrow(LedgerLawBroken);
  });

  test("lesson 12: refuses negative and zero amounts", () => {
    const bank = bankOf(account(ALICE, 100_00n), account(BRUNO, 100_00n));
    for (const amount of [-100_00n, 0n]) {
      const refusal = { code: "amount-not-positive" };
      expect(post(bank, move(ALICE, BRUNO, amount))).toEqual(refusal);
      expect(refusalOf(decideHold(bank, move(ALICE, BRUNO, amount)))).toEqual(refusal);
    }
  });

  test("lesson 17: refuses a transfer to the same account", () => {
    const bank = bankOf(account(ALICE, 100_00n));
    expect(post(bank, move(ALICE, ALICE, 1n))).toEqual({
      code: "same-account-both-sides",
      account: ALICE,
    });
  });

  test("lesson 22: two credits of 8 never exceed a limit of 16, on hold or posted", () => {
    const bank = bankOf(clearing, account(ALICE, 0n, { ceiling: 16n }));
    hold(bank, move(CLEARING, ALICE, 8n));
    post(bank, move(CLEARING, ALICE, 8n));
    const full = { code: "ceiling-exceeded", roomCentavos: 0n, excessCentavos: 1n };
    expect(refusalOf(decideHold(bank, move(CLEARING, ALICE, 1n)))).toMatchObject(full);
    expect(post(bank, move(CLEARING, ALICE, 1n))).toMatchObject(full);
  });

  test("lesson 25: refuses to capture twice, capture after release, release after capture", () => {
    const settled = [capture, release] as const;
    for (const first of settled) {
      for (const second of settled) {
        const bank = bankOf(account(ALICE, 100_00n), clearing);
        const holds = hold(bank, move(ALICE, CLEARING, 10_00n));
        first(bank, holds);
        expect(() => second(bank, holds)).toThrow(LedgerLawBroken);
      }
    }
  });

  test("lesson 26: keeps the balance right when overdraft and holds meet", () => {
    const bank = bankOf(account(ALICE, 20_00n, { floor: -100_00n }), clearing);
    const kept = hold(bank, move(ALICE, CLEARING, 90_00n));
    const given = hold(bank, move(ALICE, CLEARING, 30_00n));
    expect(refusalOf(decideHold(bank, move(ALICE, CLEARING, 1n)))).toMatchObject({
      availableCentavos: 0n,
    });
    capture(bank, kept);
    release(bank, given);
    expect(bank.get(ALICE)).toMatchObject({ ledger: -70_00n, held: 0n });
    expect(available(bank.get(ALICE) ?? clearing)).toBe(30_00n);
  });

  test("lesson 28: refuses a hold of amount zero", () => {
    const bank = bankOf(account(ALICE, 100_00n), clearing);
    const legs = [...move(ALICE, CLEARING, 5n), debit(ALICE, 0n)];
    expect(refusalOf(decideHold(bank, legs))).toEqual({ code: "amount-not-positive" });
    expect(() => captureHolds(bank, move(ALICE, CLEARING, 0n))).toThrow(LedgerLawBroken);
  });

  test("lesson 37: counts pending credits against the maximum balance", () => {
    const bank = bankOf(clearing, account(ALICE, 90_00n, { ceiling: 100_00n }));
    hold(bank, move(CLEARING, ALICE, 8_00n));
    expect(refusalOf(decideHold(bank, move(CLEARING, ALICE, 3_00n)))).toEqual({
      code: "ceiling-exceeded",
      account: ALICE,
      roomCentavos: 2_00n,
      excessCentavos: 1_00n,
    });
  });

  test("lesson 37: a debit on hold makes no room under the ceiling, for it may be released", () => {
    const bank = bankOf(clearing, account(ALICE, 100_00n, { ceiling: 100_00n }));
    hold(bank, move(ALICE, CLEARING, 50_00n));
    expect(post(bank, move(CLEARING, ALICE, 1n))).toMatchObject({ code: "ceiling-exceeded" });
  });
});
