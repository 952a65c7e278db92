import {
  admitSpending,
  giveBackSpending,
  type AccountId,
  type LedgerRefusal,
  type SpendingLimit,
} from "@pacto/banking";

/** A limit under lock, with those of the batch's accounts to which it applies. */
export interface SpendingRow extends SpendingLimit {
  readonly id: bigint;
  readonly accounts: readonly AccountId[];
}

/** What debits the batch's accounts may take beside what the ledger allows. */
export interface SpendingFacts {
  readonly limits: readonly SpendingRow[];
  /** When each transaction's holds were placed here, in epoch milliseconds. */
  readonly placedAt: ReadonlyMap<string, number>;
}

interface Debit {
  readonly account: AccountId;
  readonly direction: "debit" | "credit";
  readonly amount: bigint;
}

/** The limits of one batch: counted when money is promised or spent, given back on release. */
export class Spending {
  readonly #rows = new Map<bigint, SpendingRow>();
  readonly #byAccount = new Map<AccountId, bigint[]>();
  readonly #changed = new Set<bigint>();
  #placedAt: ReadonlyMap<string, number> = new Map();

  load({ limits, placedAt }: SpendingFacts): void {
    this.#placedAt = placedAt;
    for (const row of limits) {
      this.#rows.set(row.id, row);
      for (const account of row.accounts) {
        this.#byAccount.set(account, [...(this.#byAccount.get(account) ?? []), row.id]);
      }
    }
  }

  /** Counts these debits, all or none; returns why not. Amounts on one limit are summed. */
  take(legs: readonly Debit[], now: number): LedgerRefusal | undefined {
    if (this.#rows.size === 0) return undefined;
    const after: SpendingRow[] = [];
    for (const [id, { amount, account }] of this.#sums(legs)) {
      const row = this.#rows.get(id);
      if (row === undefined) continue;
      const decision = admitSpending(row, amount, now);
      if (!decision.ok) return { code: "limit-exceeded", account, ...decision.refusal };
      after.push({ ...row, ...decision.limit });
    }
    for (const row of after) this.#put(row);
    return undefined;
  }

  /** Gives back what released holds had counted. */
  giveBack(transactionId: string, holds: readonly Debit[]): void {
    const placedAt = this.#placedAt.get(transactionId);
    if (placedAt === undefined) return;
    for (const [id, { amount }] of this.#sums(holds)) {
      const row = this.#rows.get(id);
      if (row !== undefined) this.#put({ ...row, ...giveBackSpending(row, amount, placedAt) });
    }
  }

  changed(): SpendingRow[] {
    return [...this.#changed].flatMap((id) => this.#rows.get(id) ?? []);
  }

  #put(row: SpendingRow): void {
    this.#rows.set(row.id, row);
    this.#changed.add(row.id);
  }

  #sums(legs: readonly Debit[]): Map<bigint, { amount: bigint; account: AccountId }> {
    const sums = new Map<bigint, { amount: bigint; account: AccountId }>();
    for (const { account, direction, amount } of legs) {
      if (direction !== "debit") continue;
      for (const id of this.#byAccount.get(account) ?? []) {
        sums.set(id, { amount: (sums.get(id)?.amount ?? 0n) + amount, account });
      }
    }
    return sums;
  }
}
