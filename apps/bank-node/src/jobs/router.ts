import {
  cancelJobInput,
  getJobInput,
  getJobOutput,
  jobOutput,
  listJobsInput,
  listJobsOutput,
} from "@pacto/contract";
import { rest } from "../rest/rest.ts";
import { router, staffProcedure } from "../trpc.ts";
import { cancelJob, getJob, listJobs } from "./jobs.ts";

const readers = ["teller", "supervisor", "auditor", "operator"] as const;

export const jobsRouter = router({
  get: staffProcedure(...readers)
    .meta(rest("GET", "/jobs/{id}", "Long work with what became of each item so far"))
    .input(getJobInput)
    .output(getJobOutput)
    .query(({ ctx, input }) => getJob(ctx, input)),
  list: staffProcedure(...readers)
    .meta(rest("GET", "/jobs", "Long work, newest first"))
    .input(listJobsInput)
    .output(listJobsOutput)
    .query(({ ctx, input }) => listJobs(ctx, input)),
  // An auditor may stop exports, which move nothing.
  cancel: staffProcedure("teller", "supervisor", "auditor")
    .meta(rest("POST", "/jobs/{id}/cancellations", "Stop long work between two items"))
    .input(cancelJobInput)
    .output(jobOutput)
    .mutation(async ({ ctx, input }) => ({ job: await cancelJob(ctx, input) })),
});
