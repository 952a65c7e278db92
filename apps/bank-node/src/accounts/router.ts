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
    .input(openAccountInput)
    .output(accountOutput)
    .mutation(async ({ ctx, input }) => {
      const { number } = await openAccount(ctx, input);
      return { account: (await getAccount(ctx, { number })).account };
    }),
  block: staffProcedure("teller", "supervisor")
    .input(blockAccountInput)
    .output(accountOutput)
    .mutation(({ ctx, input }) => changed(ctx, input.number, blockAccount(ctx, input))),
  unblock: staffProcedure("supervisor")
    .input(unblockAccountInput)
    .output(accountOutput)
    .mutation(({ ctx, input }) => changed(ctx, input.number, unblockAccount(ctx, input))),
  close: staffProcedure("teller", "supervisor")
    .input(closeAccountInput)
    .output(accountOutput)
    .mutation(({ ctx, input }) => changed(ctx, input.number, closeAccount(ctx, input))),
  reopen: staffProcedure("supervisor")
    .input(reopenAccountInput)
    .output(accountOutput)
    .mutation(({ ctx, input }) => changed(ctx, input.number, reopenAccount(ctx, input))),
  changeTerms: staffProcedure("supervisor")
    .input(changeTermsInput)
    .output(accountOutput)
    .mutation(({ ctx, input }) => changed(ctx, input.number, changeTerms(ctx, input))),
  get: staffProcedure(...readers)
    .input(getAccountInput)
    .output(getAccountOutput)
    .query(({ ctx, input }) => getAccount(ctx, input)),
  list: staffProcedure(...readers)
    .input(listAccountsInput)
    .output(listAccountsOutput)
    .query(({ ctx, input }) => listAccounts(ctx, input)),
  statement: staffProcedure(...readers)
    .input(statementInput)
    .output(statementOutput)
    .query(({ ctx, input }) => readStatement(ctx, input)),
  balanceAt: staffProcedure(...readers)
    .input(balanceAtInput)
    .output(balanceAtOutput)
    .query(({ ctx, input }) => readBalanceAt(ctx, input)),
});
