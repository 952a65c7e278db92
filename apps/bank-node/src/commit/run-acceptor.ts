import { stepAcceptor, type AcceptorEvent } from "@pacto/atomic-commit";
import type { Work } from "@pacto/contract";
import type { Proof } from "@pacto/contract/signing";
import type { Command } from "../ledger/engine/command.ts";
import { resultOf, type CommitParts, type StepResult } from "./parts.ts";
import { signLater } from "./sign-later.ts";

/** One event at this bank as a witness of another bank's decision (R25). */
export function acceptorCommand(
  parts: CommitParts,
  transaction: string,
  event: AcceptorEvent<Work, Proof>,
): Command<StepResult> {
  return {
    name: `witness.${event.message.kind}`,
    priority: "settle",
    witnessed: transaction,
    accounts: () => [],
    decide(set) {
      const row = set.registers.get(transaction);
      const step = stepAcceptor(row?.record, event, {
        self: parts.bank,
        now: set.now,
        random: Math.random(),
        recovering: set.recovering,
        fence: set.fence(event.message.descriptor.coordinator),
        sign: signLater(set, parts.signer),
      });
      if (step.record !== undefined && step.record !== row?.record) {
        set.registers.put(transaction, { id: transaction, record: step.record });
      }
      return resultOf(parts, set, step, { transaction, event });
    },
  };
}
