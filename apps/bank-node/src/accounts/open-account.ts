import { accountNumberFor, isAccountNumber, type AccountState } from "@pacto/banking";
import type { OpenAccountInput, Refusal } from "@pacto/contract";
import { auditedStaff } from "../audit/audited.ts";
import { cashAccounts, cashSide } from "../cash/cash-side.ts";
import { missingApproval } from "../approvals/missing-approval.ts";
import type { StaffContext } from "../context.ts";
import { once, type Answer } from "../idempotency/once.ts";
import type { Command } from "../ledger/engine/command.ts";
import type { WorkingSet } from "../ledger/engine/working-set.ts";
import { ledgerRefusal } from "../ledger/ledger-refusal.ts";
import { newId } from "../new-id.ts";
import { actorScope } from "../staff/actor.ts";
import { RefusalError } from "../trpc.ts";

const AGENCY_DEFAULT = "0001";

interface Opened {
  readonly number: string;
}

interface NewNumbers {
  readonly id: bigint;
  readonly number: string;
}

/**
 * Opens an account for one client, or two for a joint one; an opening deposit is posted in the
 * same database transaction. Throws RefusalError.
 */
export async function openAccount(ctx: StaffContext, input: OpenAccountInput): Promise<Opened> {
  await checkHolders(ctx, input);
  const numbers = await nextNumbers(ctx, input.number);
  const answer = await ctx.bank.engine.run(openCommand(ctx, input, numbers));
  if (!answer.ok) throw new RefusalError(answer.refusal);
  return answer.value;
}

async function checkHolders(
  ctx: StaffContext,
  { kind, holders, signing }: OpenAccountInput,
): Promise<void> {
  const wanted = kind === "joint" ? 2 : 1;
  if (holders.length !== wanted || new Set(holders).size !== wanted) {
    throw new RefusalError({ code: "joint-needs-two-holders", details: {} });
  }
  if (signing === "both" && kind !== "joint") {
    throw new RefusalError({ code: "joint-needs-two-holders", details: {} });
  }
  const clients = await ctx.bank.prisma.client.findMany({
    where: { id: { in: [...holders] } },
    select: { kind: true, status: true },
  });
  if (clients.length !== holders.length) {
    throw new RefusalError({ code: "client-not-found", details: { bank: ctx.bank.id } });
  }
  if (clients.some(({ status }) => status !== "active")) {
    throw new RefusalError({ code: "client-inactive", details: { bank: ctx.bank.id } });
  }
  const owner = kind === "business" ? "company" : "individual";
  if (kind !== "savings" && clients.some((client) => client.kind !== owner)) {
    throw new RefusalError({ code: "kind-needs-company", details: {} });
  }
}

/**
 * Numbers of sequences are never given twice; one that a retry leaves unused stays a gap, and one
 * that somebody chose earlier is skipped.
 */
async function nextNumbers(ctx: StaffContext, chosen: string | undefined): Promise<NewNumbers> {
  if (chosen !== undefined && !isAccountNumber(chosen)) {
    throw new RefusalError({ code: "account-number-invalid", details: { account: chosen } });
  }
  const { rows } = await ctx.bank.pools.api.query<{ id: bigint; sequence: bigint }>(
    `SELECT nextval('account_id_seq') AS id, nextval('account_number_sequence') AS sequence`,
  );
  const row = rows[0];
  if (row === undefined) throw new Error("the account sequences gave nothing");
  const number = chosen ?? accountNumberFor(row.sequence);
  if (chosen !== undefined) return { id: row.id, number };
  const taken = await ctx.bank.prisma.account.count({ where: { number } });
  return taken === 0 ? { id: row.id, number } : nextNumbers(ctx, undefined);
}

function openCommand(
  ctx: StaffContext,
  input: OpenAccountInput,
  numbers: NewNumbers,
): Command<Answer<Opened>> {
  const { idempotencyKey: key, ...request } = input;
  const scope = actorScope(ctx.actor);
  const operation = "accounts.open";
  return {
    name: operation,
    priority: "begin",
    idempotency: { scope, key },
    accounts: () => [
      numbers.number,
      ...(input.openingDepositCentavos > 0 ? cashAccounts(scope) : []),
    ],
    decide(set) {
      // An overdraft is granted by two persons, whether at the opening or later.
      const isOnCredit = (input.overdraftCentavos ?? 0) > 0;
      const missing = isOnCredit ? missingApproval(ctx, set, { scope, key }) : undefined;
      if (missing !== undefined) return { ok: false, refusal: missing };
      return once(set, { scope, key, operation, request }, () => {
        const { number } = numbers;
        if (set.accountId(number) !== undefined) {
          const details = { bank: ctx.bank.id, account: number };
          return { ok: false, refusal: { code: "account-number-taken", details } };
        }
        const state = emptyAccount(numbers.id, input);
        set.addAccount(number, state);
        const refusal = postOpening(ctx, set, state, BigInt(input.openingDepositCentavos));
        if (refusal !== undefined) return { ok: false, refusal };
        set.openAccount({
          state,
          kind: input.kind,
          agency: input.agency ?? AGENCY_DEFAULT,
          number,
          holders: input.holders,
          signing: input.signing ?? "either",
        });
        set.audit({
          ...auditedStaff(ctx),
          action: operation,
          subject: number,
          transactionId: null,
          details: request,
        });
        return { ok: true, value: { number } };
      });
    },
  };
}

function emptyAccount(id: bigint, input: OpenAccountInput): AccountState {
  return {
    id,
    status: "active",
    debitsBlocked: false,
    creditsBlocked: false,
    floor: BigInt(-input.overdraftCentavos),
    ceiling: input.ceilingCentavos === null ? null : BigInt(input.ceilingCentavos),
    ledger: 0n,
    held: 0n,
    incoming: 0n,
    version: 0n,
  };
}

/** The ledger's own rules decide whether the deposit fits the account that is to be opened. */
function postOpening(
  ctx: StaffContext,
  set: WorkingSet,
  { id }: AccountState,
  amount: bigint,
): Refusal | undefined {
  if (amount === 0n) return undefined;
  const cash = cashSide(set, actorScope(ctx.actor));
  if (!cash.ok) return cash.refusal;
  const posting = {
    id: newId(set.now),
    kind: "opening",
    description: "",
    transactionId: null,
    actor: actorScope(ctx.actor),
  };
  const decision = set.post(posting, [
    { account: cash.account, direction: "debit", amount },
    { account: id, direction: "credit", amount },
  ]);
  return decision.ok ? undefined : ledgerRefusal(ctx.bank.id, set, decision.refusal);
}
