import {
  accountOutput,
  getAccountInput,
  getAccountOutput,
  listAccountsInput,
  listAccountsOutput,
  openAccountInput,
  statementInput,
  statementOutput,
} from "@pacto/contract";
import { router, staffProcedure } from "../trpc.ts";
import { openAccount } from "./open-account.ts";
import { getAccount, listAccounts, readStatement } from "./read-accounts.ts";

export const accountsRouter = router({
  open: staffProcedure("teller")
    .input(openAccountInput)
    .output(accountOutput)
    .mutation(async ({ ctx, input }) => {
      const { number } = await openAccount(ctx, input);
      return { account: (await getAccount(ctx, { number })).account };
    }),
  get: staffProcedure("teller", "supervisor", "auditor")
    .input(getAccountInput)
    .output(getAccountOutput)
    .query(({ ctx, input }) => getAccount(ctx, input)),
  list: staffProcedure("teller", "supervisor", "auditor")
    .input(listAccountsInput)
    .output(listAccountsOutput)
    .query(({ ctx, input }) => listAccounts(ctx, input)),
  statement: staffProcedure("teller", "supervisor", "auditor")
    .input(statementInput)
    .output(statementOutput)
    .query(({ ctx, input }) => readStatement(ctx, input)),
});
