import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { CrashPoint } from "./crash-point.ts";

/**
 * `kill`: the process dies as by `kill -9`. `stop`: it freezes (SIGSTOP) until a SIGCONT.
 * `pause`: this one step waits for `ms`. `throw`: the step fails.
 */
const failpoint = z.strictObject({
  action: z.enum(["kill", "stop", "pause", "throw"]),
  /** At which passage, counted from 1. */
  hit: z.int().min(1).default(1),
  ms: z.int().min(0).max(600_000).default(1_000),
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
      process.kill(process.pid, "SIGKILL");
      // The signal arrives at once, yet nothing after this line may run.
      return new Promise(() => undefined);
    case "stop":
      process.kill(process.pid, "SIGSTOP");
      return undefined;
    case "pause":
      await sleep(ms);
      return undefined;
    case "throw":
      throw new Error(`failpoint ${name}`);
  }
}
