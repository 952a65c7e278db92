import {
  cancelPlanInput,
  createPlanInput,
  getPlanInput,
  listPlansInput,
  listPlansOutput,
  planOutput,
  removeTemplateInput,
  saveTemplateInput,
  templateOutput,
  templatesOutput,
} from "@pacto/contract";
import { router, staffProcedure } from "../trpc.ts";
import { cancelPlan, createPlan, getPlan, listPlans } from "./plans.ts";
import { listTemplates, removeTemplate, saveTemplate } from "./templates.ts";

const readers = ["teller", "supervisor", "auditor"] as const;

export const plansRouter = router({
  create: staffProcedure("teller")
    .input(createPlanInput)
    .output(planOutput)
    .mutation(async ({ ctx, input }) => ({ plan: await createPlan(ctx, input) })),
  cancel: staffProcedure("teller", "supervisor")
    .input(cancelPlanInput)
    .output(planOutput)
    .mutation(async ({ ctx, input }) => ({ plan: await cancelPlan(ctx, input) })),
  get: staffProcedure(...readers)
    .input(getPlanInput)
    .output(planOutput)
    .query(async ({ ctx, input }) => ({ plan: await getPlan(ctx, input) })),
  list: staffProcedure(...readers)
    .input(listPlansInput)
    .output(listPlansOutput)
    .query(({ ctx, input }) => listPlans(ctx, input)),
  templates: staffProcedure(...readers)
    .output(templatesOutput)
    .query(({ ctx }) => listTemplates(ctx)),
  saveTemplate: staffProcedure("teller")
    .input(saveTemplateInput)
    .output(templateOutput)
    .mutation(async ({ ctx, input }) => ({ template: await saveTemplate(ctx, input) })),
  removeTemplate: staffProcedure("teller", "supervisor")
    .input(removeTemplateInput)
    .output(templatesOutput)
    .mutation(async ({ ctx, input }) => {
      await removeTemplate(ctx, input);
      return listTemplates(ctx);
    }),
});
