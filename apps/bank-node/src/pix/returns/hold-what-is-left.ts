import type { Bank } from "../../context.ts";
import { once, type Answer } from "../../idempotency/once.ts";
import type { Command } from "../../ledger/engine/command.ts";
import { SPECIAL_RETURNS } from "../../ledger/internal-accounts.ts";
import type { HoldRow } from "./returns.ts";

/** Owner of the keys of special returns: one node is held once and decided once. */
export const RETURNS = "pix-returns";

interface Held {
  readonly heldCentavos: number;
}

/**
 * Blocks what is left of the sought money: the account's own money, never its overdraft. Asked
 * again it answers what was blocked then. The hold lives until an auditor has decided.
 */
export async function holdWhatIsLeft(bank: Bank, row: HoldRow): Promise<number> {
  const answer = await bank.engine.run(holdCommand(row));
  return answer.ok ? answer.value.heldCentavos : 0;
}

function holdCommand({ id, account: number, sought }: HoldRow): Command<Answer<Held>> {
  const key = `hold:${id}`;
  const asked = { scope: RETURNS, key, operation: "pix.returns.hold", request: {} };
  return {
    name: "pix.returns.hold",
    priority: "begin",
    idempotency: { scope: RETURNS, key },
    accounts: () => [number, SPECIAL_RETURNS],
    decide(set) {
      return once(set, asked, () => {
        const custody = set.accountId(SPECIAL_RETURNS);
        const accountId = set.accountId(number);
        const account = accountId === undefined ? undefined : set.account(accountId);
        if (custody === undefined) throw new Error("the bank has no account for special returns");
        const nothing = { ok: true, value: { heldCentavos: 0 } } as const;
        if (account === undefined) return nothing;
        const own = account.ledger - account.held;
        const amount = own < sought ? own : sought;
        if (amount <= 0n) return nothing;
        const decision = set.holdByOrder(id, [
          { account: account.id, direction: "debit", amount },
          { account: custody, direction: "credit", amount },
        ]);
        if (!decision.ok) return nothing;
        set.alsoWrite(holdState(id, "prepared"));
        return { ok: true, value: { heldCentavos: Number(amount) } };
      });
    },
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
          return { ok: true, value: {} };
        }
        set.capture(
          {
            // A hold is captured once, so its posting may carry its id.
            ...{ id, kind: "pix-return", transactionId: id, actor: RETURNS },
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
