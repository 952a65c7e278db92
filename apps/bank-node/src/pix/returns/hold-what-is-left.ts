import { finishedRefund } from "../../commit/branch-return.ts";
import type { Bank } from "../../context.ts";
import { once, type Answer } from "../../idempotency/once.ts";
import type { Command } from "../../ledger/engine/command.ts";
import { idempotencyMapKey } from "../../ledger/engine/fetch.ts";
import type { Statement } from "../../ledger/engine/session.ts";
import type { WorkingSet } from "../../ledger/engine/working-set.ts";
import { SPECIAL_RETURNS } from "../../ledger/internal-accounts.ts";
import { leftOfPayers } from "../refunds/left-of-payers.ts";
import { selectReceived } from "../refunds/sql.ts";
import type { HoldRow } from "./returns.ts";

/** Owner of the keys of special returns: one node is held once and decided once. */
export const RETURNS = "pix-returns";

export interface Held {
  readonly heldCentavos: number;
}

/** What of the reported PIX was not given back when it was looked at. */
export interface Original {
  readonly refunded: bigint;
  readonly left: bigint;
}

const ATTEMPTS_MAX = 20;

/** What there is to be held may have been given back besides: then it is looked at anew. */
export type HoldAnswer = Answer<Held> | "busy";

/**
 * Blocks what is left of the sought money: the account's own money, never its overdraft. Where the
 * reported PIX itself was received, it is a refund of it from then on, so that whatever the
 * receiver gives back besides, no more than came goes back. Asked again it answers what was blocked
 * then. The hold lives until an auditor has decided.
 */
export function holdWhatIsLeft(bank: Bank, row: HoldRow): Promise<number> {
  return untilHeld(bank, row, (original) => holdCommand(row, original));
}

/** Runs a command that holds, until no refund of the same PIX comes between; returns centavos. */
export async function untilHeld(
  bank: Bank,
  row: HoldRow,
  commandFor: (original: Original | null) => Command<HoldAnswer>,
): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    // oxlint-disable-next-line no-await-in-loop -- a refund came between: it is read anew
    const original = await originalOf(bank, row);
    // oxlint-disable-next-line no-await-in-loop -- likewise
    const answer = await bank.engine.run(commandFor(original));
    if (answer === "busy" && attempt < ATTEMPTS_MAX) continue;
    if (answer === "busy") throw new Error(`refunds kept special return ${row.id} from being held`);
    return answer.ok ? answer.value.heldCentavos : 0;
  }
}

/** Null where the money came by another payment: nobody refunds the reported one from here. */
async function originalOf(bank: Bank, { node, account, about }: HoldRow): Promise<Original | null> {
  if (node.parent !== null) return null;
  const pool = bank.pools.recovery;
  const received = await selectReceived(pool, about.endToEndId);
  if (received?.account !== account || received.branches === null) return null;
  const payers = await leftOfPayers(pool, about.endToEndId, received.branches);
  const { victim } = about;
  const payer = payers.find(
    ({ who }) => who.bank === victim.bank && who.account === victim.account,
  );
  return { refunded: received.refunded, left: payer?.left ?? 0n };
}

function holdCommand(row: HoldRow, original: Original | null): Command<HoldAnswer> {
  const { id, account: number, about } = row;
  const key = `hold:${id}`;
  const asked = { scope: RETURNS, key, operation: "pix.returns.hold", request: {} };
  return {
    name: "pix.returns.hold",
    priority: "begin",
    idempotency: { scope: RETURNS, key },
    accounts: () => [number, SPECIAL_RETURNS],
    ...(original === null ? {} : { refunded: about.endToEndId }),
    decide(set) {
      const isNew = set.idempotency.get(idempotencyMapKey({ scope: RETURNS, key })) === undefined;
      if (isNew && hasChanged(set, row, original)) return "busy";
      return once(set, asked, () => hold(set, row, original));
    },
  };
}

/** A refund of the reported PIX was made since it was looked at. */
export function hasChanged(set: WorkingSet, { about }: HoldRow, original: Original | null) {
  const balance = original === null ? undefined : set.refundBalance(about.endToEndId);
  return balance !== undefined && balance.refunded !== original?.refunded;
}

/** What the account may give of what is sought: its own money, and no more than can be refunded. */
export function amountToHold(
  set: WorkingSet,
  { account: number }: HoldRow,
  sought: bigint,
): bigint {
  const accountId = set.accountId(number);
  const account = accountId === undefined ? undefined : set.account(accountId);
  const own = account === undefined ? 0n : account.ledger - account.held;
  return own < sought ? own : sought;
}

/** The legs by which money of the account goes to the bank's own account for special returns. */
function legsFor(set: WorkingSet, number: string, amount: bigint) {
  const [account, custody] = [set.accountId(number), set.accountId(SPECIAL_RETURNS)];
  if (account === undefined) throw new Error(`no account ${number}`);
  if (custody === undefined) throw new Error("the bank has no account for special returns");
  return [
    { account, direction: "debit", amount },
    { account: custody, direction: "credit", amount },
  ] as const;
}

/**
 * Places one hold of a special return under an id of its own; what is held of the reported PIX is a
 * refund of it from then on. Says whether the account could give it.
 */
export function placeHold(
  set: WorkingSet,
  row: HoldRow,
  {
    id,
    amount,
    original,
  }: {
    readonly id: string;
    readonly amount: bigint;
    readonly original: Original | null;
  },
): boolean {
  if (!set.holdByOrder(id, legsFor(set, row.account, amount)).ok) return false;
  if (original !== null && row.returnId !== null) {
    set.takeRefund(row.about.endToEndId, amount);
    set.alsoWrite(refundRow(row, row.returnId, amount));
  }
  return true;
}

function hold(set: WorkingSet, row: HoldRow, original: Original | null): Answer<Held> {
  const { id } = row;
  const sought = original !== null && original.left < row.sought ? original.left : row.sought;
  const amount = amountToHold(set, row, sought);
  if (amount <= 0n || !placeHold(set, row, { id, amount, original })) {
    return { ok: true, value: { heldCentavos: 0 } };
  }
  set.alsoWrite(holdPrepared(id));
  return { ok: true, value: { heldCentavos: Number(amount) } };
}

/**
 * The hold's id stands for the refund: as its own, and as its transaction until there is one. What
 * is blocked later adds to it.
 */
function refundRow({ id, account, about, held }: HoldRow, returnId: string, amount: bigint) {
  const { endToEndId, reason, description, victim } = about;
  return {
    name: "pix-return-refund",
    text: `INSERT INTO pix_refund (end_to_end_id, id, return_id, account, amount, status, reason,
                                   description, shares, transaction_id, requested_by)
           VALUES ($1, $2, $3, $4, $5, 'EM_PROCESSAMENTO', $6, $7, $8, $9, $10)
           ON CONFLICT (end_to_end_id, id) DO UPDATE
              SET amount = pix_refund.amount + excluded.amount, shares = excluded.shares`,
    values: [
      ...[endToEndId, id.replaceAll("-", ""), returnId, account, amount, reason, description],
      ...[JSON.stringify([{ ...victim, amountCentavos: Number(held + amount) }]), id, RETURNS],
    ],
  };
}

function holdPrepared(id: string): Statement {
  return {
    name: "pix-return-hold-prepared",
    text: "UPDATE pix_return_hold SET hold_state = 'prepared' WHERE id = $1",
    values: [id],
  };
}

/** Does with what is held what was decided: to the bank's account for special returns, or free again. */
export async function resolveHold(bank: Bank, row: HoldRow): Promise<void> {
  if (row.held === 0n) return;
  const { rows: arrivals } = await bank.pools.recovery.query<Part>(
    "SELECT id, amount FROM pix_return_arrival WHERE hold_id = $1 ORDER BY id",
    [row.id],
  );
  const first = arrivals.reduce((left, { amount }) => left - amount, row.held);
  const parts = first > 0n ? [{ id: row.id, amount: first }, ...arrivals] : arrivals;
  await bank.engine.run(resolveCommand(row, parts));
}

/** One hold in the ledger, and the transaction id of it. */
interface Part {
  readonly id: string;
  readonly amount: bigint;
}

function resolveCommand(row: HoldRow, parts: readonly Part[]): Command<Answer<object>> {
  const { id, account: number } = row;
  const key = `resolve:${id}`;
  const asked = { scope: RETURNS, key, operation: "pix.returns.resolve", request: {} };
  return {
    name: "pix.returns.resolve",
    priority: "settle",
    idempotency: { scope: RETURNS, key },
    accounts: () => [number, SPECIAL_RETURNS],
    decide(set) {
      return once(set, asked, () => {
        const isRejected = row.state === "rejected";
        for (const part of parts) {
          if (isRejected) set.release(part.id, legsFor(set, number, part.amount));
          else capture(set, row, part);
        }
        for (const statement of holdsResolved(id, isRejected ? "aborted" : "committed")) {
          set.alsoWrite(statement);
        }
        if (isRejected) set.alsoWrite(finishedRefund(id, "NAO_REALIZADO", set.now));
        return { ok: true, value: {} };
      });
    },
  };
}

function capture(set: WorkingSet, { account, about }: HoldRow, { id, amount }: Part): void {
  set.capture(
    {
      // A hold is captured once, so its posting may carry its id.
      id,
      kind: "pix-return",
      transactionId: id,
      actor: RETURNS,
      description: `${about.reason} ${about.endToEndId}`,
    },
    legsFor(set, account, amount),
  );
}

function holdsResolved(id: string, state: "committed" | "aborted"): Statement[] {
  return [
    {
      name: "pix-return-hold-resolved",
      text: `UPDATE pix_return_hold SET hold_state = $2 WHERE id = $1 AND hold_state IS NOT NULL`,
      values: [id, state],
    },
    {
      name: "pix-return-arrivals-resolved",
      text: "UPDATE pix_return_arrival SET hold_state = $2 WHERE hold_id = $1",
      values: [id, state],
    },
  ];
}
