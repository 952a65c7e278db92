import type { BankId, Branch, TransactionId } from "../descriptor.ts";
import type { ResourceManager } from "./resources.ts";

/** One account's share of the work, as a double-entry ledger names it. Amounts in centavos. */
export interface LedgerLeg {
  readonly account: bigint;
  readonly direction: "debit" | "credit";
  readonly amount: bigint;
}

export interface LedgerAccount {
  readonly id: bigint;
  readonly status: "active" | "closed";
  readonly debitsBlocked: boolean;
  readonly creditsBlocked: boolean;
  readonly floor: bigint | null;
  readonly ceiling: bigint | null;
  readonly ledger: bigint;
  readonly held: bigint;
  readonly incoming: bigint;
  readonly version: bigint;
}

type Accounts = ReadonlyMap<bigint, LedgerAccount>;
type Decided<Result> =
  | (Result & { readonly ok: true; readonly accounts: readonly LedgerAccount[] })
  | { readonly ok: false; readonly refusal: { readonly code: string } };

/** The ledger's decisions, handed in by whoever depends on both packages. */
export interface LedgerDecisions {
  readonly decideHold: (
    accounts: Accounts,
    legs: readonly LedgerLeg[],
  ) => Decided<{ readonly holds: readonly LedgerLeg[] }>;
  readonly decidePosting: (accounts: Accounts, legs: readonly LedgerLeg[]) => Decided<unknown>;
  readonly captureHolds: EndHolds;
  readonly releaseHolds: EndHolds;
}

type EndHolds = (
  accounts: Accounts,
  holds: readonly LedgerLeg[],
) => { readonly accounts: readonly LedgerAccount[] };

export interface LedgerState {
  readonly accounts: Accounts;
  readonly holds: ReadonlyMap<TransactionId, readonly LedgerLeg[]>;
  /** Work was done that was never held: bounds may be broken until the owner mends them. */
  readonly forced: boolean;
}

const CLEARING = 1n;
const EQUITY = 2n;
const CHECKING = 3n;
/** Holds little more than it has: composites run into its ceiling (lesson 22). */
const CAPPED = 4n;
const OPENING = 100n;
const CEILING = 160n;

/** Money at every bank, moved by the given ledger's own decisions. */
export function ledgerResources(
  ledger: LedgerDecisions,
): ResourceManager<readonly LedgerLeg[], LedgerState> {
  const opening = openLedger();
  return {
    open: () => opening,
    draw: drawComposite,
    reserve(state, transaction, work, intent) {
      if (state.holds.has(transaction)) throw new Error(`${transaction} held twice`);
      if (intent === "post") {
        const posted = ledger.decidePosting(state.accounts, work);
        if (!posted.ok) return { ok: false, refusal: { code: posted.refusal.code } };
        return { ok: true, state: { ...state, accounts: merge(state.accounts, posted.accounts) } };
      }
      const held = ledger.decideHold(state.accounts, work);
      if (!held.ok) return { ok: false, refusal: { code: held.refusal.code } };
      const holds = new Map(state.holds).set(transaction, held.holds);
      return {
        ok: true,
        state: { ...state, accounts: merge(state.accounts, held.accounts), holds },
      };
    },
    capture: (state, transaction) => end(state, transaction, ledger.captureHolds),
    release: (state, transaction) => end(state, transaction, ledger.releaseHolds),
    post: (state, transaction, work) => force(state, work, ledger.captureHolds, transaction),
    isHeld: (state, transaction) => state.holds.has(transaction),
    fault: ledgerFault,
    faultAtRest,
  };
}

function openLedger(): LedgerState {
  const blank = {
    status: "active" as const,
    debitsBlocked: false,
    creditsBlocked: false,
    held: 0n,
    incoming: 0n,
    version: 0n,
  };
  const accounts = [
    { ...blank, id: CLEARING, floor: null, ceiling: null, ledger: 0n },
    { ...blank, id: EQUITY, floor: null, ceiling: null, ledger: -2n * OPENING },
    { ...blank, id: CHECKING, floor: 0n, ceiling: null, ledger: OPENING },
    { ...blank, id: CAPPED, floor: 0n, ceiling: CEILING, ledger: OPENING },
  ];
  const byId = new Map(accounts.map((account) => [account.id, account]));
  return { accounts: byId, holds: new Map(), forced: false };
}

/** A composite of two to four legs, payers first; several legs at one bank share its branch. */
function drawComposite(
  below: (n: number) => number,
  banks: readonly BankId[],
): readonly Branch<readonly LedgerLeg[]>[] {
  const count = 2 + below(3);
  const payers = 1 + below(count - 1);
  const legs = new Map<BankId, LedgerLeg[]>();
  let left = 0n;
  for (let at = 0; at < count; at += 1) {
    const bank = banks[below(banks.length)] ?? "";
    const paying = at < payers;
    const amount = paying ? BigInt(5 + below(60)) : at === count - 1 ? left : left / 2n;
    left += paying ? amount : -amount;
    const account = paying === (below(3) !== 2) ? CHECKING : CAPPED;
    addLeg(legs, bank, { account, direction: paying ? "debit" : "credit", amount });
  }
  const branches = [...legs].map(([bank, own]) => ({ bank, work: withClearing(own) }));
  // What cancels out at one bank leaves it nothing to do.
  return branches.filter(({ work }, at) => at === 0 || work.length > 0);
}

/** One leg per account, netted: whom a test transfer pays does not matter, only that it adds up. */
function addLeg(legs: Map<BankId, LedgerLeg[]>, bank: BankId, leg: LedgerLeg): void {
  const own = legs.get(bank) ?? [];
  legs.set(bank, own);
  const other = own.findIndex(({ account }) => account === leg.account);
  const earlier = own[other];
  if (earlier === undefined) {
    own.push(leg);
    return;
  }
  const signed = (one: LedgerLeg) => (one.direction === "debit" ? -one.amount : one.amount);
  const sum = signed(earlier) + signed(leg);
  const direction = sum < 0n ? ("debit" as const) : ("credit" as const);
  own[other] = { account: leg.account, direction, amount: sum < 0n ? -sum : sum };
}

function withClearing(legs: readonly LedgerLeg[]): readonly LedgerLeg[] {
  const moved = legs.filter(({ amount }) => amount > 0n);
  let balance = 0n;
  for (const { direction, amount } of moved) balance += direction === "debit" ? amount : -amount;
  if (balance === 0n) return moved;
  const direction = balance > 0n ? ("credit" as const) : ("debit" as const);
  const amount = balance < 0n ? -balance : balance;
  return [...moved, { account: CLEARING, direction, amount }];
}

function merge(accounts: Accounts, changed: readonly LedgerAccount[]): Accounts {
  const next = new Map(accounts);
  for (const account of changed) next.set(account.id, account);
  return next;
}

function end(state: LedgerState, transaction: TransactionId, decide: EndHolds): LedgerState {
  const held = state.holds.get(transaction);
  if (held === undefined) throw new Error(`${transaction} is not held`);
  const holds = new Map(state.holds);
  holds.delete(transaction);
  return {
    ...state,
    accounts: merge(state.accounts, decide(state.accounts, held).accounts),
    holds,
  };
}

/** Captures what was never held: a restored bank owes it whatever its balances are now (R48). */
function force(
  state: LedgerState,
  work: readonly LedgerLeg[],
  capture: EndHolds,
  transaction: TransactionId,
): LedgerState {
  if (state.holds.has(transaction)) throw new Error(`${transaction} is held`);
  const promised = new Map(state.accounts);
  for (const { account: id, direction, amount } of work) {
    const account = promised.get(id);
    if (account === undefined) throw new Error(`no account ${id}`);
    promised.set(
      id,
      direction === "debit"
        ? { ...account, held: account.held + amount }
        : { ...account, incoming: account.incoming + amount },
    );
  }
  return { ...state, accounts: merge(promised, capture(promised, work).accounts), forced: true };
}

/** I6, I8, I9: entries sum to zero, holds add up, no bound is broken even by what is pending. */
function ledgerFault({ accounts, holds, forced }: LedgerState): string | undefined {
  let sum = 0n;
  for (const { id, ledger, held, incoming, floor, ceiling } of accounts.values()) {
    sum += ledger;
    if (!forced && floor !== null && ledger - held < floor) return `account ${id} below its floor`;
    if (!forced && ceiling !== null && ledger + incoming > ceiling) {
      return `account ${id} over its ceiling`;
    }
    let debits = 0n;
    let credits = 0n;
    for (const hold of holds.values()) {
      for (const { account, direction, amount } of hold) {
        if (account !== id) continue;
        if (direction === "debit") debits += amount;
        else credits += amount;
      }
    }
    if (debits !== held || credits !== incoming) return `account ${id} holds do not add up`;
  }
  return sum === 0n ? undefined : `entries sum to ${sum}`;
}

/** I10: the clearing accounts of all banks sum to zero, and nothing is on hold. */
function faultAtRest(states: readonly LedgerState[]): string | undefined {
  let clearing = 0n;
  for (const { accounts, holds } of states) {
    if (holds.size > 0) return "a hold is left";
    clearing += accounts.get(CLEARING)?.ledger ?? 0n;
  }
  return clearing === 0n ? undefined : `clearing sums to ${clearing}`;
}
