import {
  cancelPixScheduleInput,
  createPixScheduleInput,
  getPixScheduleInput,
  listPixSchedulesInput,
  listPixSchedulesOutput,
  pixScheduleOutput,
} from "@pacto/contract";
import { rest } from "../../rest/rest.ts";
import { router, staffProcedure } from "../../trpc.ts";
import { cancelSchedule, createSchedule, listSchedules, readSchedule } from "./schedules.ts";

const readers = ["teller", "supervisor", "auditor"] as const;

export const schedulesRouter = router({
  create: staffProcedure("teller")
    .meta(rest("POST", "/pix/schedules", "Order a PIX for a later day"))
    .input(createPixScheduleInput)
    .output(pixScheduleOutput)
    .mutation(async ({ ctx, input }) => ({ schedule: await createSchedule(ctx, input) })),
  cancel: staffProcedure("teller", "supervisor")
    .meta(rest("POST", "/pix/schedules/{id}/cancellation", "Cancel from tomorrow on"))
    .input(cancelPixScheduleInput)
    .output(pixScheduleOutput)
    .mutation(async ({ ctx, input }) => ({ schedule: await cancelSchedule(ctx, input) })),
  get: staffProcedure(...readers)
    .meta(rest("GET", "/pix/schedules/{id}", "One ordered PIX"))
    .input(getPixScheduleInput)
    .output(pixScheduleOutput)
    .query(async ({ ctx, input }) => ({ schedule: await readSchedule(ctx, input.id) })),
  list: staffProcedure(...readers)
    .meta(rest("GET", "/pix/schedules", "Ordered PIX"))
    .input(listPixSchedulesInput)
    .output(listPixSchedulesOutput)
    .query(({ ctx, input }) => listSchedules(ctx, input)),
});
