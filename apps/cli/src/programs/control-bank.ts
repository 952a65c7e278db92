import { readBank } from "../arguments/references.ts";
import { memberOf } from "../consortium/consortium.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import { reachControl } from "./reach-control.ts";

export type ProgramVerb = "stop" | "start" | "kill" | "pause" | "resume";

const SAYS = {
  stop: "bankStopped",
  start: "bankStarted",
  kill: "bankKilled",
  pause: "bankPaused",
  resume: "bankResumed",
} as const;

/**
 * Acts on a bank's process through the consortium that runs on this machine; what is stopped or
 * killed stays down until it is started. @throws Unreachable when none runs or it failed
 */
export async function controlBank(
  session: Session,
  verb: ProgramVerb,
  bankText: string,
): Promise<Told> {
  const { says } = session.language.texts;
  const { id } = memberOf(session.consortium(), readBank(bankText, session.language));
  const parts = await reachControl(session, ({ controlPart }) =>
    controlPart(session.dataDir, id, verb),
  );
  return { json: { bank: id, action: verb, parts }, lines: [says[SAYS[verb]](id)] };
}
