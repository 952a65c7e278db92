import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { pause } from "./break-processes.ts";
import type { Random } from "./random.ts";
import type { Tally } from "./tally.ts";
import type { World } from "./world.ts";

const run = promisify(execFile);

/**
 * Packets to and from a bank's process vanish in the kernel: no answer, no reset, and what was sent
 * on open connections is sent again by TCP itself when the cut ends. Only root on Linux can do
 * this, in a network namespace of the run's own, so that nothing else on the machine is cut.
 */
export const namespaceFaults = ["kernel-cut"] as const;
export type NamespaceFault = (typeof namespaceFaults)[number];

/** Set for a run inside a namespace of its own. */
export const NAMESPACE_VARIABLE = "PACTO_CHAOS_NAMESPACE";

/** What runs a command in a new network namespace whose loopback is up. */
export function inNamespace(command: readonly string[]): readonly string[] {
  return ["unshare", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh", ...command];
}

/** Whether this machine lets us do it: root, and the tools `unshare`, `ip` and `iptables`. */
export function canUseNamespaces(): boolean {
  const [program = "", ...parameters] = inNamespace(["iptables", "-S"]);
  return spawnSync(program, parameters, { stdio: "ignore" }).status === 0;
}

const SPELL_MS = [500, 6_000] as const;
const CALM_MS = [1_000, 8_000] as const;

/** N5, N6 by the kernel: one process after the other is cut off for a while, in one way or both. */
export async function breakNamespace(options: {
  readonly world: World;
  readonly random: Random;
  readonly tally: Tally;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { world, random, tally, signal } = options;
  while (!signal.aborted) {
    await pause(random.between(...CALM_MS), signal);
    if (signal.aborted) return;
    const { port } = random.pick(world.processes);
    const [to, from] = [rule("--dport", port), rule("--sport", port)];
    const rules = random.pick([[to], [from], [to, from]]);
    for (const parameters of rules) await run("iptables", ["-A", ...parameters]);
    try {
      tally.add("packets dropped by the kernel");
      await pause(random.between(...SPELL_MS), signal);
    } finally {
      for (const parameters of rules) await run("iptables", ["-D", ...parameters]);
    }
  }
}

function rule(side: "--dport" | "--sport", port: number): string[] {
  return ["INPUT", "-p", "tcp", side, String(port), "-j", "DROP"];
}
