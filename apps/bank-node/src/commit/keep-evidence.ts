import { headOf } from "@pacto/atomic-commit";
import type { Command } from "../ledger/engine/command.ts";
import { recordAlarm, type CommitParts, type WireMessage } from "./parts.ts";

/**
 * Keeps a message whose signatures are not good: it is never acted on, but who sent it is known
 * from the signature over the request. First to be given up under load.
 */
export function evidenceCommand(
  parts: CommitParts,
  from: string,
  message: WireMessage,
): Command<void> {
  return {
    name: "keep-evidence",
    priority: "begin",
    accounts: () => [],
    decide(set) {
      const { transaction } = headOf(message);
      const event = { from, message };
      recordAlarm(parts, set, { code: "invalid-signature", bank: from, transaction, event });
    },
  };
}
