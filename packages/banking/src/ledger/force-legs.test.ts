import { expect, it } from "vitest";
import type { AccountState } from "./account.ts";
import { forceLegs } from "./force-legs.ts";

const account = (id: bigint, ledger: bigint, more: Partial<AccountState> = {}): AccountState => ({
  id,
  status: "active",
  debitsBlocked: false,
  creditsBlocked: false,
  floor: 0n,
  ceiling: null,
  ledger,
  held: 0n,
  incoming: 0n,
  version: 3n,
  ...more,
});

function force(...accounts: AccountState[]) {
  return forceLegs(new Map(accounts.map((it) => [it.id, it])), [
    { account: 1n, direction: "debit", amount: 70n },
    { account: 2n, direction: "credit", amount: 70n },
  ]);
}

it("books what is owed although a floor, a ceiling and blocks forbid it", () => {
  const poor = account(1n, 50n, { held: 10n, debitsBlocked: true });
  const full = account(2n, 90n, { ceiling: 100n, incoming: 5n, creditsBlocked: true });
  const { accounts, entries, overrun } = force(poor, full);
  expect(entries.map(({ amount, balanceAfter }) => [amount, balanceAfter])).toEqual([
    [-70n, -20n],
    [70n, 160n],
  ]);
  expect(accounts[0]).toMatchObject({ ledger: -20n, floor: -30n, debitsBlocked: true });
  expect(accounts[1]).toMatchObject({ ledger: 160n, ceiling: 165n, creditsBlocked: true });
  expect(overrun).toEqual([1n, 2n]);
});

it("leaves the bounds of accounts that keep them", () => {
  const { accounts, overrun } = force(account(1n, 100n), account(2n, 0n, { ceiling: 100n }));
  expect(overrun).toEqual([]);
  expect(accounts[0]).toMatchObject({ floor: 0n, debitsBlocked: false });
  expect(accounts[1]).toMatchObject({ ceiling: 100n, creditsBlocked: false });
});

it("makes no money: legs that do not balance are refused", () => {
  const legs = [{ account: 1n, direction: "credit", amount: 1n }] as const;
  expect(() => forceLegs(new Map([[1n, account(1n, 0n)]]), legs)).toThrow(/off balance/);
});
