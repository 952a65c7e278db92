import { finishedRefund } from "../../commit/branch-return.ts";
import type { Bank } from "../../context.ts";
import { once, type Answer } from "../../idempotency/once.ts";
import type { Command } from "../../ledger/engine/command.ts";
import { idempotencyMapKey } from "../../ledger/engine/fetch.ts";
import type { WorkingSet } from "../../ledger/engine/working-set.ts";
import { SPECIAL_RETURNS } from "../../ledger/internal-accounts.ts";
import { leftOfPayers } from "../refunds/left-of-payers.ts";
import { selectReceived } from "../refunds/sql.ts";
import type { HoldRow } from "./returns.ts";

/** Owner of the keys of special returns: one node is held once and decided once. */
export const RETURNS = "pix-returns";

interface Held {
  readonly heldCentavos: number;
}

/** What of the reported PIX was not given back when it was looked at. */
interface Original {
  readonly refunded: bigint;
  readonly left: bigint;
}

const ATTEMPTS_MAX = 20;

/**
 * Blocks what is left of the sought money: the account's own money, never its overdraft. Where the
 * reported PIX itself was received, it is a refund of it from then on, so that whatever the
 * receiver gives back besides, no more than came goes back. Asked again it answers what was blocked
 * then. The hold lives until an auditor has decided.
 */
export async function holdWhatIsLeft(bank: Bank, row: HoldRow): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    // oxlint-disable-next-line no-await-in-loop -- a refund came between: it is read anew
    const original = await originalOf(bank, row);
    // oxlint-disable-next-line no-await-in-loop -- likewise
    const answer = await bank.engine.run(holdCommand(row, original));
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

function holdCommand(row: HoldRow, original: Original | null): Command<Answer<Held> | "busy"> {
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
      const balance = original === null ? undefined : set.refundBalance(about.endToEndId);
      if (isNew && balance !== undefined && balance.refunded !== original?.refunded) return "busy";
      return once(set, asked, () => hold(set, row, original));
    },
  };
}

function hold(set: WorkingSet, row: HoldRow, original: Original | null): Answer<Held> {
  const { id, account: number, about } = row;
  const custody = set.accountId(SPECIAL_RETURNS);
  const accountId = set.accountId(number);
  const account = accountId === undefined ? undefined : set.account(accountId);
  if (custody === undefined) throw new Error("the bank has no account for special returns");
  const nothing = { ok: true, value: { heldCentavos: 0 } } as const;
  if (account === undefined) return nothing;
  const sought = original !== null && original.left < row.sought ? original.left : row.sought;
  const own = account.ledger - account.held;
  const amount = own < sought ? own : sought;
  if (amount <= 0n) return nothing;
  const decision = set.holdByOrder(id, [
    { account: account.id, direction: "debit", amount },
    { account: custody, direction: "credit", amount },
  ]);
  if (!decision.ok) return nothing;
  set.alsoWrite(holdState(id, "prepared"));
  if (original !== null && row.returnId !== null) {
    set.takeRefund(about.endToEndId, amount);
    set.alsoWrite(refundRow(row, row.returnId, amount));
  }
  return { ok: true, value: { heldCentavos: Number(amount) } };
}

/** The hold's id stands for the refund: as its own, and as its transaction until there is one. */
function refundRow({ id, account, about }: HoldRow, returnId: string, amount: bigint) {
  const { endToEndId, reason, description, victim } = about;
  return {
    name: "pix-return-refund",
    text: `INSERT INTO pix_refund (end_to_end_id, id, return_id, account, amount, status, reason,
                                   description, shares, transaction_id, requested_by)
           VALUES ($1, $2, $3, $4, $5, 'EM_PROCESSAMENTO', $6, $7, $8, $9, $10)`,
    values: [
      ...[endToEndId, id.replaceAll("-", ""), returnId, account, amount, reason, description],
      ...[JSON.stringify([{ ...victim, amountCentavos: Number(amount) }]), id, RETURNS],
    ],
  };
}

function holdState(id: string, state: "prepared" | "committed" | "aborted") {
  return {
    name: "pix-return-hold-state",
    text: "UPDATE pix_return_hold SET hold_state = $2 WHERE id = $1",
    values: [id, state],
  };
}

/** Does with the hold what was decided: to the bank's account for special returns, or free again. */
export async function resolveHold(bank: Bank, row: HoldRow): Promise<void> {
  if (row.held > 0n) await bank.engine.run(resolveCommand(row));
}

function resolveCommand(row: HoldRow): Command<Answer<object>> {
  const { id, account: number, held: amount, about } = row;
  const key = `resolve:${id}`;
  const asked = { scope: RETURNS, key, operation: "pix.returns.resolve", request: {} };
  return {
    name: "pix.returns.resolve",
    priority: "settle",
    idempotency: { scope: RETURNS, key },
    accounts: () => [number, SPECIAL_RETURNS],
    decide(set) {
      return once(set, asked, () => {
        const [account, custody] = [set.accountId(number), set.accountId(SPECIAL_RETURNS)];
        if (account === undefined || custody === undefined) throw new Error(`no account ${number}`);
        const holds = [
          { account, direction: "debit", amount },
          { account: custody, direction: "credit", amount },
        ] as const;
        if (row.state === "rejected") {
          set.release(id, holds);
          set.alsoWrite(holdState(id, "aborted"));
          set.alsoWrite(finishedRefund(id, "NAO_REALIZADO", set.now));
          return { ok: true, value: {} };
        }
        set.capture(
          {
            // A hold is captured once, so its posting may carry its id.
            id,
            kind: "pix-return",
            transactionId: id,
            actor: RETURNS,
            description: `${about.reason} ${about.endToEndId}`,
          },
          holds,
        );
        set.alsoWrite(holdState(id, "committed"));
        return { ok: true, value: {} };
      });
    },
  };
}
