import {
  newKey,
  openAccountWith,
  startBanks,
  type BankInProcess,
  type BanksInProcess,
} from "@pacto/bank-node/test-banks";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { sentencesOf } from "../src/chaos/settle.ts";
import { checkLaws } from "../src/laws/index.ts";

/**
 * Whatever tellers of three banks do at the same time, with whatever messages lost: what they were
 * told is what stands in the books, and every law holds.
 */
const MEMBERS = ["azul", "verde", "coral"] as const;
const OPENING = 1_000;
/** Two at each bank: one with a ceiling, one that may be overdrawn. */
const LIMITS = [{ ceilingCentavos: 1_500 }, { overdraftCentavos: 300 }];
const REFUSALS = new Set([
  "insufficient-funds",
  "ceiling-exceeded",
  "same-account-both-sides",
  "unbalanced",
  "prepare-timeout",
  "inquired-before-prepare",
]);

let banks: BanksInProcess;
beforeAll(async () => {
  banks = await startBanks(MEMBERS);
});
afterAll(() => banks.stop());

interface Account {
  readonly bank: BankInProcess;
  readonly number: string;
}

const place = fc.nat({ max: MEMBERS.length * LIMITS.length - 1 });
const amount = fc.integer({ min: 1, max: 700 });
const seldom = fc.nat({ max: 9 }).map((value) => value === 0);
const cash = fc.record({
  kind: fc.constantFrom("deposit" as const, "withdraw" as const),
  at: place,
  amount,
});
const transfer = fc.record({
  kind: fc.constant("transfer" as const),
  coordinator: fc.constantFrom(...MEMBERS),
  from: fc.array(fc.record({ at: place, amount }), { minLength: 1, maxLength: 3 }),
  to: fc.array(place, { minLength: 1, maxLength: 3 }),
  /** Seldom, what arrives is not what left, or an account is on both sides. */
  isUnbalanced: seldom,
  mayOverlap: seldom,
});
const operation = fc.oneof(cash, { arbitrary: transfer, weight: 2 });
type Operation = typeof operation extends fc.Arbitrary<infer Value> ? Value : never;

/** Groups are asked one after the other, those of one group at once, and some of them twice. */
const history = fc.record({
  groups: fc.array(
    fc.array(fc.record({ operation, isAskedTwice: fc.boolean() }), { minLength: 1, maxLength: 6 }),
    { minLength: 1, maxLength: 4 },
  ),
  /** The fate of the first messages between banks; those after them arrive. */
  arrives: fc.array(
    fc.nat({ max: 19 }).map((value) => value > 0),
    { maxLength: 60 },
  ),
});

const DECIDED = ["committed", "aborted"];

interface Told {
  readonly operation: Operation;
  /** Null when it was refused without being begun. */
  readonly transaction: string | null;
  readonly outcome: string;
}

function sidesOf(accounts: readonly Account[], operation: Operation & { kind: "transfer" }) {
  const side = (at: number, amountCentavos: number) => {
    const { bank, number: account } = accounts[at] ?? never();
    return { bank: bank.id, account, amountCentavos };
  };
  const from = operation.from.map((it) => side(it.at, it.amount));
  const total = from.reduce((sum, it) => sum + it.amountCentavos, 0);
  // In equal parts, the rest to the first; an account that would get nothing is left out.
  const places = [...accounts.keys()];
  const others = places.filter((at) => !operation.from.some((it) => it.at === at));
  const free = operation.mayOverlap ? places : others;
  const payees = operation.to.slice(0, total).map((at) => free[at % free.length] ?? never());
  const part = Math.floor(total / payees.length);
  const rest = total - part * payees.length + (operation.isUnbalanced ? 1 : 0);
  return { from, to: payees.map((at, index) => side(at, index === 0 ? part + rest : part)) };
}

async function ask(
  accounts: readonly Account[],
  operation: Operation,
  idempotencyKey: string,
): Promise<Told> {
  try {
    if (operation.kind === "transfer") {
      const { staff } = banks.bank(operation.coordinator);
      const request = { idempotencyKey, ...sidesOf(accounts, operation) };
      const { id, state, refusal } = (await staff.transfers.create(request)).transfer;
      if (refusal !== null) expect(REFUSALS).toContain(refusal.code);
      return { operation, transaction: id, outcome: state };
    }
    const { bank, number } = accounts[operation.at] ?? never();
    const request = { idempotencyKey, number, amountCentavos: operation.amount };
    const { postingId } = await bank.staff.cash[operation.kind](request);
    return { operation, transaction: null, outcome: `done ${postingId}` };
  } catch (error) {
    const { message } = error as Error;
    expect(REFUSALS).toContain(message);
    return { operation, transaction: null, outcome: message };
  }
}

async function openAll(): Promise<Account[]> {
  const plans = MEMBERS.flatMap((id) => LIMITS.map((limits) => ({ bank: banks.bank(id), limits })));
  return Promise.all(
    plans.map(async ({ bank, limits }) => ({
      bank,
      number: await openAccountWith(bank, OPENING, limits),
    })),
  );
}

/** What the answers say that each account must hold. */
async function expectedBalances(
  accounts: readonly Account[],
  told: readonly Told[],
): Promise<number[]> {
  const balances = new Map(accounts.map((account) => [account, OPENING]));
  const move = (account: Account | undefined, signed: number) => {
    if (account === undefined) never();
    balances.set(account, (balances.get(account) ?? 0) + signed);
  };
  for (const { operation, transaction, outcome } of told) {
    if (operation.kind !== "transfer") {
      const sign = operation.kind === "deposit" ? 1 : -1;
      if (outcome.startsWith("done")) move(accounts[operation.at], sign * operation.amount);
      continue;
    }
    if (transaction === null) continue;
    const { staff } = banks.bank(operation.coordinator);
    const { state } = (await staff.transfers.get({ id: transaction })).transfer;
    // What was told as decided stays decided (I5).
    if (DECIDED.includes(outcome)) expect(state).toBe(outcome);
    if (state !== "committed") continue;
    const { from, to } = sidesOf(accounts, operation);
    const find = (bank: string, number: string) =>
      accounts.find((it) => it.bank.id === bank && it.number === number);
    for (const it of from) move(find(it.bank, it.account), -it.amountCentavos);
    for (const it of to) move(find(it.bank, it.account), it.amountCentavos);
  }
  return accounts.map((account) => balances.get(account) ?? Number.NaN);
}

/** One key, one answer; only a transfer in progress may have been decided between the two. */
function expectSame(one: Told, other: Told): void {
  expect(other.transaction).toBe(one.transaction);
  const isOpen = [one, other].some(
    ({ transaction, outcome }) => transaction !== null && !DECIDED.includes(outcome),
  );
  if (!isOpen) expect(other.outcome).toBe(one.outcome);
}

async function brokenLaws(): Promise<string[]> {
  const books = MEMBERS.map((bank) => ({ bank, url: banks.bank(bank).database.superuserUrl }));
  return sentencesOf(await checkLaws(books, { atRest: true }));
}

function never(): never {
  throw new Error("there is no such account");
}

it("no history of tellers and lost messages breaks a law or belies an answer", async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ groups, arrives }) => {
      const accounts = await openAll();
      const fates = arrives.values();
      banks.meddle(() => fates.next().value ?? true);
      const told: Told[] = [];
      for (const group of groups) {
        const answers = group.map(async ({ operation, isAskedTwice }) => {
          const key = newKey();
          const times = Array.from({ length: isAskedTwice ? 2 : 1 });
          const [first, second] = await Promise.all(times.map(() => ask(accounts, operation, key)));
          if (first === undefined) never();
          if (second !== undefined) expectSame(first, second);
          return first;
        });
        told.push(...(await Promise.all(answers)));
      }
      banks.heal();
      await vi.waitFor(async () => expect(await brokenLaws()).toEqual([]), {
        timeout: 15_000,
        interval: 100,
      });
      const balances = accounts.map(
        async ({ bank, number }) =>
          (await bank.staff.accounts.get({ number })).account.ledgerCentavos,
      );
      expect(await Promise.all(balances)).toEqual(await expectedBalances(accounts, told));
    }),
    { numRuns: 20, endOnFailure: true },
  );
}, 180_000);
