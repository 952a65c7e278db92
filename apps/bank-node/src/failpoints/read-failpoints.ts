import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { CrashPoint } from "./crash-point.ts";

/**
 * `kill`: the process dies as by `kill -9`, after the step has waited for `ms` if that is given.
 * `kill-later`: the same, and the step goes on meanwhile. `stop`: the process freezes (SIGSTOP)
 * until a SIGCONT. `pause`: this one step waits for `ms`, 1 s unless told. `throw`: the step fails.
 */
const failpoint = z.strictObject({
  action: z.enum(["kill", "kill-later", "stop", "pause", "throw"]),
  /** At which passage, counted from 1. */
  hit: z.int().min(1).default(1),
  ms: z.int().min(0).max(600_000).optional(),
});

const failpoints = z.record(z.string().min(1), failpoint);

/**
 * The crash points of a test, from `PACTO_FAILPOINTS`: a JSON object from names to actions.
 * @throws Error when the text is no such object
 */
export function readFailpoints(text: string | undefined): CrashPoint {
  const plan = failpoints.parse(JSON.parse(text === undefined || text === "" ? "{}" : text));
  const passages = new Map<string, number>();
  return (name) => {
    const planned = plan[name];
    if (planned === undefined) return undefined;
    const passage = (passages.get(name) ?? 0) + 1;
    passages.set(name, passage);
    return passage === planned.hit ? act(name, planned) : undefined;
  };
}

async function act(name: string, { action, ms }: z.infer<typeof failpoint>): Promise<void> {
  switch (action) {
    case "kill":
      if (ms !== undefined) await sleep(ms);
      process.kill(process.pid, "SIGKILL");
      // The signal arrives at once, yet nothing after this line may run.
      return new Promise(() => undefined);
    case "kill-later":
      setTimeout(() => process.kill(process.pid, "SIGKILL"), ms ?? 0);
      return undefined;
    case "stop":
      process.kill(process.pid, "SIGSTOP");
      return undefined;
    case "pause":
      await sleep(ms ?? 1_000);
      return undefined;
    case "throw":
      throw new Error(`failpoint ${name}`);
  }
}
