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
import { rest } from "../rest/rest.ts";
import { router, staffProcedure } from "../trpc.ts";
import { cancelPlan, createPlan, getPlan, listPlans } from "./plans.ts";
import { listTemplates, removeTemplate, saveTemplate } from "./templates.ts";

const readers = ["teller", "supervisor", "auditor"] as const;

export const plansRouter = router({
  create: staffProcedure("teller")
    .meta(rest("POST", "/plans", "Plan a transfer for later, once or again and again"))
    .input(createPlanInput)
    .output(planOutput)
    .mutation(async ({ ctx, input }) => ({ plan: await createPlan(ctx, input) })),
  cancel: staffProcedure("teller", "supervisor")
    .meta(rest("POST", "/plans/{id}/cancellations", "Cancel a plan"))
    .input(cancelPlanInput)
    .output(planOutput)
    .mutation(async ({ ctx, input }) => ({ plan: await cancelPlan(ctx, input) })),
  get: staffProcedure(...readers)
    .meta(rest("GET", "/plans/{id}", "One planned transfer"))
    .input(getPlanInput)
    .output(planOutput)
    .query(async ({ ctx, input }) => ({ plan: await getPlan(ctx, input) })),
  list: staffProcedure(...readers)
    .meta(rest("GET", "/plans", "Planned transfers, newest first"))
    .input(listPlansInput)
    .output(listPlansOutput)
    .query(({ ctx, input }) => listPlans(ctx, input)),
  templates: staffProcedure(...readers)
    .meta(rest("GET", "/templates", "Composites that are made again and again"))
    .output(templatesOutput)
    .query(({ ctx }) => listTemplates(ctx)),
  saveTemplate: staffProcedure("teller")
    .meta(rest("POST", "/templates", "Keep a composite under a name"))
    .input(saveTemplateInput)
    .output(templateOutput)
    .mutation(async ({ ctx, input }) => ({ template: await saveTemplate(ctx, input) })),
  removeTemplate: staffProcedure("teller", "supervisor")
    .meta(rest("POST", "/templates/{id}/removals", "Remove a template"))
    .input(removeTemplateInput)
    .output(templatesOutput)
    .mutation(async ({ ctx, input }) => {
      await removeTemplate(ctx, input);
      return listTemplates(ctx);
    }),
});
