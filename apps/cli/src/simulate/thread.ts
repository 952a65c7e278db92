import { parentPort } from "node:worker_threads";
import { type Job, runJob } from "./job.ts";

// A thread of `pacto simulate`: one job after the other. It has no origin to name.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
parentPort?.on("message", (job: Job) => parentPort?.postMessage(runJob(job)));
