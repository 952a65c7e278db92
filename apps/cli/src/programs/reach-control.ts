import type * as controls from "@pacto/testbed/control";
import { Unreachable } from "../exit.ts";
import type { Session } from "../session.ts";

type Control = typeof controls;

/**
 * Asks the consortium that runs on this machine to do something with its parts.
 * @throws Unreachable when none runs or it failed
 */
export async function reachControl<Answer>(
  { dataDir, language }: Session,
  question: (control: Control) => Promise<Answer>,
): Promise<Answer> {
  const control = await import("@pacto/testbed/control");
  const { errors } = language.texts;
  try {
    return await question(control);
  } catch (error) {
    if (error instanceof control.NotRunning) {
      throw new Unreachable(errors.noControl(dataDir), { cause: error });
    }
    if (error instanceof control.ControlRefused) {
      throw new Unreachable(errors.controlFailed(error.message), { cause: error });
    }
    throw error;
  }
}
