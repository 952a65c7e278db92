import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { type Job, type JobResult, runJob } from "./job.ts";
import type { Resources } from "./real-ledger.ts";

export interface RunJobsOptions {
  readonly signal: AbortSignal;
  /** What a job gave; the jobs end in any order. */
  readonly take: (result: JobResult, job: Job) => void;
  /** Other resources than the real ledger, for a broken one: then one thread does it all. */
  readonly resources?: Resources;
}

/**
 * Does the jobs on a thread for each processor, or on this one where the program runs from its
 * sources and no thread's program was built. No more jobs are taken than are done. Returns how
 * many threads it were. Ends early, by throwing, when the signal is aborted.
 */
export async function runJobs(
  jobs: Iterator<Job, undefined>,
  options: RunJobsOptions,
): Promise<number> {
  const program = fileURLToPath(new URL("./simulate-thread.js", import.meta.url));
  if (options.resources !== undefined || !existsSync(program)) {
    await runHere(jobs, options);
    return 1;
  }
  const threads = Array.from({ length: availableParallelism() }, () => new Worker(program));
  try {
    await Promise.all(threads.map((thread) => runOn(thread, jobs, options)));
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
  return threads.length;
}

async function runHere(
  jobs: Iterator<Job, undefined>,
  { signal, take, resources }: RunJobsOptions,
): Promise<void> {
  for (let job = jobs.next().value; job !== undefined; job = jobs.next().value) {
    take(runJob(job, resources), job);
    await setImmediate();
    signal.throwIfAborted();
  }
}

function runOn(
  thread: Worker,
  jobs: Iterator<Job, undefined>,
  { signal, take }: RunJobsOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let job = jobs.next().value;
    const giveUp = () => reject(signal.reason as Error);
    const next = () => {
      // A thread has no origin: the rule is about windows.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      if (job !== undefined) return thread.postMessage(job);
      signal.removeEventListener("abort", giveUp);
      resolve();
    };
    signal.addEventListener("abort", giveUp);
    thread.on("error", reject);
    thread.on("message", (result: JobResult) => {
      if (job !== undefined) take(result, job);
      job = jobs.next().value;
      next();
    });
    if (signal.aborted) giveUp();
    else next();
  });
}
