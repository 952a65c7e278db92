import { spawn } from "node:child_process";
import { once } from "node:events";
import { WrongUsage } from "../exit.ts";
import type { Session } from "../session.ts";
import type { Wish } from "./chaos.ts";

/**
 * A run that drops packets in the kernel goes on in a network namespace of its own, as the same
 * command, whose words and exit code are this one's. Returns where none is needed.
 * @throws WrongUsage where this machine has no namespaces for us
 */
export async function runInNamespace(session: Session, wish: Wish): Promise<void> {
  const chaos = await import("@pacto/testbed/chaos");
  const { NAMESPACE_VARIABLE, canUseNamespaces, inNamespace, namespaceFaults } = chaos;
  const isAsked = namespaceFaults.some((fault) => wish.faults?.includes(fault) === true);
  if (!isAsked || process.env[NAMESPACE_VARIABLE] !== undefined) return;
  if (!canUseNamespaces()) throw new WrongUsage(session.language.texts.chaos.needsRoot);
  const [program = "", ...parameters] = inNamespace([process.execPath, ...process.argv.slice(1)]);
  const child = spawn(program, parameters, {
    stdio: "inherit",
    env: { ...process.env, [NAMESPACE_VARIABLE]: "1" },
  });
  const end = () => child.kill("SIGTERM");
  session.signal.addEventListener("abort", end, { once: true });
  const [code] = (await once(child, "exit")) as [number | null];
  process.exit(code ?? 1);
}
