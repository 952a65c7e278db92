import { askBank } from "../consortium/ask-bank.ts";
import { Unanswered } from "../exit.ts";
import type { Session } from "../session.ts";

const ANSWER_WITHIN_MS = 2_000;

/** Those of the banks that do not answer now. */
export async function silentBanks(
  session: Session,
  banks: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const consortium = session.consortium();
  const asked = [...banks].map(async (bank): Promise<string[]> => {
    try {
      const options = { timeoutMs: ANSWER_WITHIN_MS };
      await askBank(consortium, bank, (api) => api.status.get.query(), options);
      return [];
    } catch (error) {
      if (error instanceof Unanswered) return [bank];
      throw error;
    }
  });
  return new Set((await Promise.all(asked)).flat());
}
