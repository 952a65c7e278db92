import { readBank } from "../arguments/references.ts";
import { askBank } from "../consortium/ask-bank.ts";
import { Unanswered, Unreachable } from "../exit.ts";
import type { Told } from "../output/told.ts";
import { controlBank } from "../programs/control-bank.ts";
import type { Session } from "../session.ts";

/**
 * Brings a bank back, from whatever kept it from new transfers: its process was frozen (in a local
 * consortium), or it was drained. @throws Unreachable when neither could be seen to
 */
export async function resumeBank(session: Session, bankText: string): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const freed = await freeProcess(session, bank);
  try {
    const state = await askBank(session.consortium(), bank, (api) =>
      api.operations.resume.mutate(),
    );
    const { operations: says } = session.language.texts;
    const lines = state.mode === "normal" ? [says.inService(bank)] : [];
    const json = { ...(freed.told?.json as object | undefined), bank, ...state };
    return { json, lines: [...(freed.told?.lines ?? []), ...lines] };
  } catch (error) {
    // A process that was freed and does not answer yet was freed all the same.
    if (error instanceof Unanswered && freed.told !== undefined) return freed.told;
    throw freed.problem ?? error;
  }
}

interface Freed {
  readonly told?: Told;
  readonly problem?: Unreachable;
}

/** Nothing but a bank's own operator reaches its process where no local consortium runs. */
async function freeProcess(session: Session, bank: string): Promise<Freed> {
  try {
    return { told: await controlBank(session, "resume", bank) };
  } catch (problem) {
    if (problem instanceof Unreachable) return { problem };
    throw problem;
  }
}
