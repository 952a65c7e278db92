import type { CashInput, CashOutput } from "@pacto/contract";
import { v7 as uuidv7 } from "uuid";
import type { StaffContext } from "../context.ts";
import { once, type Answer } from "../idempotency/once.ts";
import type { Command } from "../ledger/engine/command.ts";
import { CASH } from "../ledger/internal-accounts.ts";
import { ledgerRefusal } from "../ledger/ledger-refusal.ts";
import { actorScope } from "../staff/actor.ts";
import { RefusalError } from "../trpc.ts";

/** Credits the account with notes and coins handed in. Throws RefusalError with the ledger's code. */
export function deposit(ctx: StaffContext, input: CashInput): Promise<CashOutput> {
  return moveCash(ctx, input, "deposit");
}

/** Debits the account for notes and coins handed out. Throws RefusalError with the ledger's code. */
export function withdraw(ctx: StaffContext, input: CashInput): Promise<CashOutput> {
  return moveCash(ctx, input, "withdrawal");
}

type CashKind = "deposit" | "withdrawal";

async function moveCash(ctx: StaffContext, input: CashInput, kind: CashKind): Promise<CashOutput> {
  const answer = await ctx.bank.engine.run(cashCommand(ctx, input, kind));
  if (!answer.ok) throw new RefusalError(answer.refusal);
  return answer.value;
}

function cashCommand(
  ctx: StaffContext,
  input: CashInput,
  kind: CashKind,
): Command<Answer<CashOutput>> {
  const { idempotencyKey: key, ...request } = input;
  const scope = actorScope(ctx.actor);
  return {
    name: `cash.${kind}`,
    priority: "begin",
    idempotency: { scope, key },
    accounts: () => [input.number, CASH],
    decide(set) {
      return once(set, { scope, key, operation: `cash.${kind}`, request }, () => {
        const account = set.accountId(input.number);
        const cash = set.accountId(CASH);
        if (account === undefined || cash === undefined) {
          const details = { bank: ctx.bank.id, account: input.number };
          return { ok: false, refusal: { code: "account-not-found", details } };
        }
        const amount = BigInt(input.amountCentavos);
        const posting = {
          id: uuidv7({ msecs: set.now }),
          kind,
          description: input.description,
          transactionId: null,
          actor: scope,
        };
        const decision = set.post(posting, [
          { account: kind === "deposit" ? cash : account, direction: "debit", amount },
          { account: kind === "deposit" ? account : cash, direction: "credit", amount },
        ]);
        if (!decision.ok) {
          return { ok: false, refusal: ledgerRefusal(ctx.bank.id, set, decision.refusal) };
        }
        set.audit({
          actor: scope,
          actorBank: ctx.actor.homeBank,
          action: `cash.${kind}`,
          subject: input.number,
          transactionId: null,
          details: { postingId: posting.id, amountCentavos: input.amountCentavos },
        });
        return {
          ok: true,
          value: {
            postingId: posting.id,
            number: input.number,
            amountCentavos: input.amountCentavos,
            balanceAfterCentavos: Number(set.account(account)?.ledger),
            at: new Date(set.now).toISOString(),
          },
        };
      });
    },
  };
}
