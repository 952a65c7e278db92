import {
  cancelJobInput,
  getJobInput,
  getJobOutput,
  jobOutput,
  listJobsInput,
  listJobsOutput,
} from "@pacto/contract";
import { router, staffProcedure } from "../trpc.ts";
import { cancelJob, getJob, listJobs } from "./jobs.ts";

const readers = ["teller", "supervisor", "auditor", "operator"] as const;

export const jobsRouter = router({
  get: staffProcedure(...readers)
    .input(getJobInput)
    .output(getJobOutput)
    .query(({ ctx, input }) => getJob(ctx, input)),
  list: staffProcedure(...readers)
    .input(listJobsInput)
    .output(listJobsOutput)
    .query(({ ctx, input }) => listJobs(ctx, input)),
  cancel: staffProcedure("teller", "supervisor")
    .input(cancelJobInput)
    .output(jobOutput)
    .mutation(async ({ ctx, input }) => ({ job: await cancelJob(ctx, input) })),
});
