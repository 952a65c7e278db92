import { isRunning, type ProcessIdentity } from "./identity.ts";
import { waitUntil } from "./wait-until.ts";

export interface EndStep {
  readonly signal: NodeJS.Signals;
  /** How long the process may take after the signal before the next step. */
  readonly withinMs: number;
}

/**
 * Sends one signal after the other until the process is gone; returns the signal that ended it,
 * undefined when it was gone already.
 * @throws Error when it outlives the last signal
 */
export async function endProcess(
  identity: ProcessIdentity,
  steps: readonly EndStep[],
): Promise<NodeJS.Signals | undefined> {
  if (!(await isRunning(identity))) return undefined;
  for (const { signal, withinMs } of steps) {
    sendSignal(identity.pid, signal);
    const gone = await waitUntil(async () => !(await isRunning(identity)), {
      timeoutMs: withinMs,
      everyMs: 20,
    });
    if (gone) return signal;
  }
  throw new Error(`Process ${identity.pid} does not end, not even by SIGKILL.`);
}

/** Sends a signal; false when the process is gone. */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
    throw error;
  }
}
