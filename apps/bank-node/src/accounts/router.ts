import {
  accountOutput,
  balanceAtInput,
  balanceAtOutput,
  blockAccountInput,
  changeTermsInput,
  closeAccountInput,
  getAccountInput,
  getAccountOutput,
  listAccountsInput,
  listAccountsOutput,
  openAccountInput,
  reopenAccountInput,
  statementInput,
  statementOutput,
  unblockAccountInput,
} from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { rest } from "../rest/rest.ts";
import { router, staffProcedure } from "../trpc.ts";
import { blockAccount, changeTerms, reopenAccount, unblockAccount } from "./change-account.ts";
import { closeAccount } from "./close-account.ts";
import { openAccount } from "./open-account.ts";
import { getAccount, listAccounts, readBalanceAt, readStatement } from "./read-accounts.ts";

const readers = ["teller", "supervisor", "auditor"] as const;

/** The account as it is after a change. */
async function changed(ctx: StaffContext, number: string, change: Promise<void>) {
  await change;
  return { account: (await getAccount(ctx, { number })).account };
}

export const accountsRouter = router({
  open: staffProcedure("teller")
    .meta(rest("POST", "/accounts", "Open an account"))
    .input(openAccountInput)
    .output(accountOutput)
    .mutation(async ({ ctx, input }) => {
      const { number } = await openAccount(ctx, input);
      return { account: (await getAccount(ctx, { number })).account };
    }),
  block: staffProcedure("teller", "supervisor")
    .meta(rest("POST", "/accounts/{number}/block", "Block debits, credits or both"))
    .input(blockAccountInput)
    .output(accountOutput)
    .mutation(({ ctx, input }) => changed(ctx, input.number, blockAccount(ctx, input))),
  unblock: staffProcedure("supervisor")
    .meta(rest("POST", "/accounts/{number}/unblock", "Let debits and credits through again"))
    .input(unblockAccountInput)
    .output(accountOutput)
    .mutation(({ ctx, input }) => changed(ctx, input.number, unblockAccount(ctx, input))),
  close: staffProcedure("teller", "supervisor")
    .meta(rest("POST", "/accounts/{number}/close", "Close an account"))
    .input(closeAccountInput)
    .output(accountOutput)
    .mutation(({ ctx, input }) => changed(ctx, input.number, closeAccount(ctx, input))),
  reopen: staffProcedure("supervisor")
    .meta(rest("POST", "/accounts/{number}/reopen", "Reopen a closed account"))
    .input(reopenAccountInput)
    .output(accountOutput)
    .mutation(({ ctx, input }) => changed(ctx, input.number, reopenAccount(ctx, input))),
  changeTerms: staffProcedure("supervisor")
    .meta(rest("PATCH", "/accounts/{number}/terms", "Change ceiling, overdraft or signing"))
    .input(changeTermsInput)
    .output(accountOutput)
    .mutation(({ ctx, input }) => changed(ctx, input.number, changeTerms(ctx, input))),
  get: staffProcedure(...readers)
    .meta(rest("GET", "/accounts/{number}", "One account with its open holds"))
    .input(getAccountInput)
    .output(getAccountOutput)
    .query(({ ctx, input }) => getAccount(ctx, input)),
  list: staffProcedure(...readers)
    .meta(rest("GET", "/accounts", "Accounts, newest first"))
    .input(listAccountsInput)
    .output(listAccountsOutput)
    .query(({ ctx, input }) => listAccounts(ctx, input)),
  statement: staffProcedure(...readers)
    .meta(rest("GET", "/accounts/{number}/entries", "Statement, newest first"))
    .input(statementInput)
    .output(statementOutput)
    .query(({ ctx, input }) => readStatement(ctx, input)),
  balanceAt: staffProcedure(...readers)
    .meta(rest("GET", "/accounts/{number}/balance", "Balances at a past instant"))
    .input(balanceAtInput)
    .output(balanceAtOutput)
    .query(({ ctx, input }) => readBalanceAt(ctx, input)),
});
