import type { Fence } from "@pacto/atomic-commit";
import {
  captureHolds,
  decideHold,
  decidePosting,
  forceLegs,
  releaseHolds,
  type AccountId,
  type AccountState,
  type Entry,
  type Hold,
  type HoldDecision,
  type LedgerRefusal,
  type Leg,
  type PostingDecision,
} from "@pacto/banking";
import type { AuditEvent } from "../../audit/audited.ts";
import type {
  ApprovalRules,
  BranchRow,
  ChargeRow,
  CoordinatorRow,
  CounterRules,
  Exposure,
  IdempotencyRow,
  PeerRow,
  PixHolderRow,
  PixKeyRow,
  PixPaymentRow,
  RefundBalance,
  RegisterRow,
  ReturnHoldRow,
} from "./rows.ts";
import type { Statement } from "./session.ts";
import { Spending } from "./spending.ts";

/** Numbers of the accounts for whose debit every holder has signed. */
export type Signed = ReadonlySet<string>;

const NOT_SIGNED: Signed = new Set();

export interface NewPosting {
  readonly id: string;
  readonly kind: string;
  readonly description: string;
  readonly transactionId: string | null;
  readonly actor: string;
}

export interface NewHold extends Hold {
  readonly transactionId: string;
}

export interface ResolvedHolds {
  readonly transactionId: string;
  readonly status: "captured" | "released";
}

export interface NewAccount {
  readonly state: AccountState;
  readonly kind: string;
  readonly agency: string;
  readonly number: string;
  readonly holders: readonly string[];
  readonly signing: "either" | "both";
}

/** Rows fetched under lock, by key; absent rows are absent. */
export interface Fetched {
  /** This bank's id. */
  readonly bank: string;
  /** The database's clock at the start of the batch, in epoch milliseconds. */
  readonly now: number;
  readonly incarnation: number;
  readonly recovering: boolean;
  readonly draining: boolean;
  readonly counterRules: CounterRules;
  readonly approvalRules: ApprovalRules;
  readonly peers: ReadonlyMap<string, PeerRow>;
  readonly exposures: ReadonlyMap<string, Exposure>;
  readonly idempotency: ReadonlyMap<string, IdempotencyRow>;
  readonly coordinators: ReadonlyMap<string, CoordinatorRow>;
  readonly branches: ReadonlyMap<string, BranchRow>;
  readonly registers: ReadonlyMap<string, RegisterRow>;
}

/** What changed in one keyed table during a batch. */
class Changes<Row> {
  #fetched: ReadonlyMap<string, Row>;
  readonly #current = new Map<string, Row>();

  constructor(fetched: ReadonlyMap<string, Row>) {
    this.#fetched = fetched;
  }

  /** Rows that could only be fetched once others were known. */
  load(rows: Iterable<readonly [string, Row]>): void {
    this.#fetched = new Map(rows);
  }

  fetched(key: string): Row | undefined {
    return this.#fetched.get(key);
  }

  changed(): Row[] {
    return [...this.#current.values()];
  }

  get(key: string): Row | undefined {
    return this.#current.get(key) ?? this.#fetched.get(key);
  }

  put(key: string, row: Row): void {
    this.#current.set(key, row);
  }

  inserted(): Row[] {
    return [...this.#current].filter(([key]) => !this.#fetched.has(key)).map(([, row]) => row);
  }

  updated(): Row[] {
    return [...this.#current].filter(([key]) => this.#fetched.has(key)).map(([, row]) => row);
  }
}

/** The state a batch decides over, and everything it is going to write. */
export class WorkingSet {
  readonly bank: string;
  readonly now: number;
  readonly incarnation: number;
  readonly recovering: boolean;
  /** No new promises: the bank finishes what is open. */
  readonly draining: boolean;
  readonly counterRules: CounterRules;
  readonly approvalRules: ApprovalRules;
  readonly raisedIncarnations = new Map<string, number>();
  readonly idempotency: Changes<IdempotencyRow>;
  readonly coordinators: Changes<CoordinatorRow>;
  readonly branches: Changes<BranchRow>;
  readonly registers: Changes<RegisterRow>;
  readonly pixKeys = new Changes<PixKeyRow>(new Map());
  readonly pixHolders = new Map<string, PixHolderRow>();
  readonly charges = new Changes<ChargeRow>(new Map());
  readonly returnHolds = new Map<string, ReturnHoldRow>();
  readonly pixPayments: PixPaymentRow[] = [];
  readonly changedAccounts = new Set<AccountId>();
  readonly newAccounts: NewAccount[] = [];
  readonly postings: NewPosting[] = [];
  readonly entries: { readonly postingId: string; readonly entry: Entry }[] = [];
  readonly holds: NewHold[] = [];
  readonly resolved: ResolvedHolds[] = [];
  readonly audits: AuditEvent[] = [];
  /** Accounts whose status, blocks, floor or ceiling changed. */
  readonly changedTerms = new Set<AccountId>();
  readonly spending = new Spending();
  readonly extras: Statement[] = [];
  readonly #refunds = new Map<string, RefundBalance>();
  readonly #bothSign = new Set<AccountId>();
  readonly #accounts = new Map<AccountId, AccountState>();
  readonly #idByNumber = new Map<string, AccountId>();
  readonly #numberById = new Map<AccountId, string>();
  readonly #peers: ReadonlyMap<string, PeerRow>;
  readonly #exposures: Map<string, Exposure>;
  readonly #beforeWrite: (() => void)[] = [];

  constructor(fetched: Fetched) {
    this.bank = fetched.bank;
    this.now = fetched.now;
    this.incarnation = fetched.incarnation;
    this.recovering = fetched.recovering;
    this.draining = fetched.draining;
    this.counterRules = fetched.counterRules;
    this.approvalRules = fetched.approvalRules;
    this.#peers = fetched.peers;
    this.#exposures = new Map(fetched.exposures);
    this.idempotency = new Changes(fetched.idempotency);
    this.coordinators = new Changes(fetched.coordinators);
    this.branches = new Changes(fetched.branches);
    this.registers = new Changes(fetched.registers);
  }

  addAccount(number: string, state: AccountState, needsBothHolders = false): void {
    if (needsBothHolders) this.#bothSign.add(state.id);
    this.#accounts.set(state.id, state);
    this.#idByNumber.set(number, state.id);
    this.#numberById.set(state.id, number);
  }

  /** The account's id, or undefined when the bank has no such account. */
  accountId(number: string): AccountId | undefined {
    return this.#idByNumber.get(number);
  }

  /** The number of an account of this batch. */
  accountNumber(id: AccountId): string {
    return this.#numberById.get(id) ?? String(id);
  }

  account(id: AccountId): AccountState | undefined {
    return this.#accounts.get(id);
  }

  /** What this bank knows of a coordinator, for the protocol's fences (R48, R49). */
  fence(coordinator: string): Fence {
    const known = this.#peers.get(coordinator);
    const incarnation = this.raisedIncarnations.get(coordinator) ?? known?.incarnation ?? 0;
    return { watermark: 0, forgottenUpTo: known?.forgottenUpTo ?? 0, incarnation };
  }

  /** Remembers a coordinator's incarnation when it is the highest heard of. */
  hearIncarnation(coordinator: string, incarnation: number): void {
    if (incarnation > this.fence(coordinator).incarnation) {
      this.raisedIncarnations.set(coordinator, incarnation);
    }
  }

  /** The keys that point to an account of this bank or are promised to, this batch's included. */
  keysPointingTo(account: string): Set<string> {
    const keys = new Set(this.pixHolders.get(account)?.keys ?? []);
    for (const { key, owner, pendingAccount } of this.pixKeys.changed()) {
      const isOwner = owner?.bank === this.bank && owner.account === account;
      if (isOwner || pendingAccount === account) keys.add(key);
      else keys.delete(key);
    }
    return keys;
  }

  loadRefunds(rows: readonly RefundBalance[]): void {
    for (const row of rows) this.#refunds.set(row.endToEndId, row);
  }

  /** What went back of a received PIX; undefined when this bank received no such one. */
  refundBalance(endToEndId: string): RefundBalance | undefined {
    return this.#refunds.get(endToEndId);
  }

  /** Takes a refund out of what is left of a payment. */
  takeRefund(endToEndId: string, amount: bigint): void {
    const row = this.#refunds.get(endToEndId);
    if (row === undefined) throw new Error(`the payment ${endToEndId} was not locked`);
    this.#refunds.set(endToEndId, { ...row, refunded: row.refunded + amount });
    this.alsoWrite({
      name: "pix-refund-take",
      text: `UPDATE pix_refund_balance SET refunded = refunded + $2 WHERE end_to_end_id = $1`,
      values: [endToEndId, amount],
    });
  }

  exposureTo(coordinator: string): Exposure {
    return this.#exposures.get(coordinator) ?? { open: 0, heldCentavos: 0n };
  }

  expose(coordinator: string, debits: bigint): void {
    const { open, heldCentavos } = this.exposureTo(coordinator);
    this.#exposures.set(coordinator, { open: open + 1, heldCentavos: heldCentavos + debits });
  }

  /** Writes an account that `addAccount` made known; an opening deposit may be posted already. */
  openAccount(account: NewAccount): void {
    this.newAccounts.push(account);
  }

  /** Posts the legs at once when the ledger allows it; otherwise changes nothing. */
  post(posting: NewPosting, legs: readonly Leg[]): PostingDecision {
    const decision = decidePosting(this.#accounts, legs);
    if (decision.ok) this.#apply(posting, decision.accounts, decision.entries);
    return decision;
  }

  /**
   * The same for money that customers spend: limits count it, and an account for which both
   * holders sign needs to be `signed` for.
   */
  spend(posting: NewPosting, legs: readonly Leg[], signed: Signed = NOT_SIGNED): PostingDecision {
    const decision = decidePosting(this.#accounts, legs);
    const refusal = decision.ok ? this.#refuseSpending(legs, signed) : undefined;
    if (refusal !== undefined) return { ok: false, refusal };
    if (decision.ok) this.#apply(posting, decision.accounts, decision.entries);
    return decision;
  }

  /**
   * Places the holds of a branch when the ledger and the limits allow it; otherwise changes
   * nothing.
   */
  hold(transactionId: string, legs: readonly Leg[], signed: Signed = NOT_SIGNED): HoldDecision {
    const decision = decideHold(this.#accounts, legs);
    const refusal = decision.ok ? this.#refuseSpending(legs, signed) : undefined;
    if (refusal !== undefined) return { ok: false, refusal };
    if (decision.ok) {
      this.#replace(decision.accounts);
      for (const hold of decision.holds) this.holds.push({ transactionId, ...hold });
    }
    return decision;
  }

  /**
   * Places holds that no client asked for and none can hinder: limits and signatures do not count,
   * a block for debits does not protect. Balances do.
   */
  holdByOrder(transactionId: string, legs: readonly Leg[]): HoldDecision {
    const open = [...this.#accounts].map(
      ([id, account]) => [id, { ...account, debitsBlocked: false }] as const,
    );
    const decision = decideHold(new Map(open), legs);
    if (!decision.ok) return decision;
    this.#replace(
      decision.accounts.map((account) => ({
        ...account,
        debitsBlocked: this.#accounts.get(account.id)?.debitsBlocked ?? false,
      })),
    );
    for (const hold of decision.holds) this.holds.push({ transactionId, ...hold });
    return decision;
  }

  capture(posting: NewPosting & { readonly transactionId: string }, holds: readonly Hold[]): void {
    const capture = captureHolds(this.#accounts, holds);
    this.#apply(posting, capture.accounts, capture.entries);
    this.resolved.push({ transactionId: posting.transactionId, status: "captured" });
  }

  /** Posts legs that were committed once and may not be refused; returns who stands past a bound. */
  force(posting: NewPosting, legs: readonly Leg[]): readonly AccountId[] {
    const forced = forceLegs(this.#accounts, legs);
    this.#apply(posting, forced.accounts, forced.entries);
    for (const id of forced.overrun) this.changedTerms.add(id);
    return forced.overrun;
  }

  release(transactionId: string, holds: readonly Hold[]): void {
    this.#replace(releaseHolds(this.#accounts, holds).accounts);
    this.spending.giveBack(transactionId, holds);
    this.resolved.push({ transactionId, status: "released" });
  }

  /** Changes an account's status, blocks, floor or ceiling; its balances stay. */
  changeTerms(account: AccountState): void {
    this.#accounts.set(account.id, account);
    this.changedTerms.add(account.id);
  }

  /**
   * One more statement for this batch, for rows that a feature keeps beside its money. Only for
   * what people do one at a time: a statement per command is too dear for transfers.
   */
  alsoWrite(statement: Statement): void {
    this.extras.push(statement);
  }

  audit(event: AuditEvent): void {
    this.audits.push(event);
  }

  /** Runs once every command has decided and before anything is written: signatures per flush. */
  beforeWrite(finish: () => void): void {
    this.#beforeWrite.push(finish);
  }

  finish(): void {
    for (const finish of this.#beforeWrite) finish();
  }

  #refuseSpending(legs: readonly Leg[], signed: Signed): LedgerRefusal | undefined {
    for (const { account, direction } of legs) {
      const isUnsigned = direction === "debit" && this.#bothSign.has(account);
      if (isUnsigned && !signed.has(this.accountNumber(account))) {
        return { code: "second-signature-needed", account };
      }
    }
    return this.spending.take(legs, this.now);
  }

  #apply(posting: NewPosting, accounts: readonly AccountState[], entries: readonly Entry[]): void {
    this.#replace(accounts);
    this.postings.push(posting);
    for (const entry of entries) this.entries.push({ postingId: posting.id, entry });
  }

  #replace(accounts: readonly AccountState[]): void {
    for (const account of accounts) {
      this.#accounts.set(account.id, account);
      this.changedAccounts.add(account.id);
    }
  }
}
