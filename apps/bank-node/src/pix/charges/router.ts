import {
  changeChargeInput,
  chargeOutput,
  createChargeInput,
  getChargeInput,
  listChargesInput,
  listChargesOutput,
  removeChargeInput,
} from "@pacto/contract";
import { router, staffProcedure } from "../../trpc.ts";
import { changeCharge, removeCharge } from "./change-charge.ts";
import { createCharge } from "./create-charge.ts";
import { getCharge, listCharges } from "./read-charges.ts";

const readers = ["teller", "supervisor", "auditor"] as const;

export const chargesRouter = router({
  create: staffProcedure("teller")
    .input(createChargeInput)
    .output(chargeOutput)
    .mutation(async ({ ctx, input }) => ({ charge: await createCharge(ctx, input) })),
  change: staffProcedure("teller")
    .input(changeChargeInput)
    .output(chargeOutput)
    .mutation(async ({ ctx, input }) => ({ charge: await changeCharge(ctx, input) })),
  remove: staffProcedure("teller", "supervisor")
    .input(removeChargeInput)
    .output(chargeOutput)
    .mutation(async ({ ctx, input }) => ({ charge: await removeCharge(ctx, input) })),
  get: staffProcedure(...readers)
    .input(getChargeInput)
    .output(chargeOutput)
    .query(async ({ ctx, input }) => ({ charge: await getCharge(ctx, input) })),
  list: staffProcedure(...readers)
    .input(listChargesInput)
    .output(listChargesOutput)
    .query(({ ctx, input }) => listCharges(ctx, input)),
});
