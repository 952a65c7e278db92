import {
  cashInput,
  cashOutput,
  cashReceiptInput,
  cashReceiptOutput,
  closeDrawerInput,
  closedDrawerOutput,
  counterRules,
  drawerOutput,
  drawersInput,
  drawersOutput,
  handedOverOutput,
  handOverInput,
  movementsInput,
  movementsOutput,
  openDrawerInput,
  reverseCashInput,
  setCounterRulesInput,
  vaultInput,
  vaultOutput,
  withdrawInput,
} from "@pacto/contract";
import { rest } from "../rest/rest.ts";
import { router, staffProcedure } from "../trpc.ts";
import { readCashReceipt, reverseCash } from "./cash-receipt.ts";
import { readRules, setRules } from "./counter-rules.ts";
import {
  closeDrawer,
  handOver,
  listDrawers,
  moveVault,
  openDrawer,
  readOwnDrawer,
} from "./drawers.ts";
import { deposit, withdraw } from "./move-cash.ts";
import { readMovements } from "./read-movements.ts";

export const cashRouter = router({
  deposit: staffProcedure("teller")
    .meta(rest("POST", "/accounts/{number}/deposits", "Deposit cash"))
    .input(cashInput)
    .output(cashOutput)
    .mutation(({ ctx, input }) => deposit(ctx, input)),
  withdraw: staffProcedure("teller")
    .meta(rest("POST", "/accounts/{number}/withdrawals", "Withdraw cash"))
    .input(withdrawInput)
    .output(cashOutput)
    .mutation(({ ctx, input }) => withdraw(ctx, input)),
  receipt: staffProcedure("teller", "supervisor", "auditor")
    .meta(rest("GET", "/cash-receipts/{postingId}", "What a customer takes home from the counter"))
    .input(cashReceiptInput)
    .output(cashReceiptOutput)
    .query(({ ctx, input }) => readCashReceipt(ctx, input)),
  reverse: staffProcedure("supervisor")
    .meta(rest("POST", "/cash-receipts/{postingId}/reversals", "Take a deposit or withdrawal back"))
    .input(reverseCashInput)
    .output(cashReceiptOutput)
    .mutation(({ ctx, input }) => reverseCash(ctx, input)),
  drawer: staffProcedure("teller")
    .meta(rest("GET", "/drawers/own", "Your own drawer, without what should lie in it"))
    .output(drawerOutput)
    .query(async ({ ctx }) => ({ drawer: await readOwnDrawer(ctx) })),
  openDrawer: staffProcedure("teller")
    .meta(rest("POST", "/drawers", "Open your drawer with a float from the vault"))
    .input(openDrawerInput)
    .output(drawerOutput)
    .mutation(async ({ ctx, input }) => ({ drawer: await openDrawer(ctx, input) })),
  closeDrawer: staffProcedure("teller")
    .meta(rest("POST", "/drawers/counts", "Close your drawer by a blind count"))
    .input(closeDrawerInput)
    .output(closedDrawerOutput)
    .mutation(async ({ ctx, input }) => ({ session: await closeDrawer(ctx, input) })),
  handOver: staffProcedure("teller")
    .meta(rest("POST", "/drawers/hand-overs", "Hand cash over to another teller"))
    .input(handOverInput)
    .output(handedOverOutput)
    .mutation(({ ctx, input }) => handOver(ctx, input)),
  movements: staffProcedure("teller", "supervisor", "auditor")
    .input(movementsInput)
    .output(movementsOutput)
    .query(({ ctx, input }) => readMovements(ctx, input)),
  drawers: staffProcedure("supervisor", "auditor")
    .meta(rest("GET", "/drawers", "Drawers of all tellers, and the vault"))
    .input(drawersInput)
    .output(drawersOutput)
    .query(({ ctx, input }) => listDrawers(ctx, input)),
  moveVault: staffProcedure("supervisor")
    .meta(rest("POST", "/vault-movements", "Bring cash into the vault, or back to the reserves"))
    .input(vaultInput)
    .output(vaultOutput)
    .mutation(({ ctx, input }) => moveVault(ctx, input)),
  rules: staffProcedure("teller", "supervisor", "auditor")
    .meta(rest("GET", "/counter-rules", "How the counter works at this bank"))
    .output(counterRules)
    .query(({ ctx }) => readRules(ctx)),
  setRules: staffProcedure("supervisor")
    .meta(rest("PUT", "/counter-rules", "Set how the counter works"))
    .input(setCounterRulesInput)
    .output(counterRules)
    .mutation(({ ctx, input }) => setRules(ctx, input)),
});
