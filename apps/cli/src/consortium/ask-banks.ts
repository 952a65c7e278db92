import { Unanswered } from "../exit.ts";
import type { Session } from "../session.ts";
import { askBank, type BankApi } from "./ask-bank.ts";

/** What several banks answered, and which ones did not. */
export interface Answers<Answer> {
  readonly answered: readonly { readonly bank: string; readonly answer: Answer }[];
  readonly silent: readonly string[];
}

/**
 * Asks one bank, or all of them when none is named. With one, its silence is thrown; with all, the
 * others' answers count and the silent ones are told.
 */
export async function askBanks<Answer>(
  session: Session,
  bank: string | undefined,
  question: (api: BankApi, bank: string) => Promise<Answer>,
): Promise<Answers<Answer>> {
  const consortium = session.consortium();
  if (bank !== undefined) {
    const answer = await askBank(consortium, bank, (api) => question(api, bank));
    return { answered: [{ bank, answer }], silent: [] };
  }
  const ids = consortium.manifest.members.map(({ id }) => id);
  const answered: { bank: string; answer: Answer }[] = [];
  const silent: string[] = [];
  // Asked at once, gathered in the manifest's order.
  const asked = ids.map((id) => ({
    bank: id,
    pending: askBank(consortium, id, (api) => question(api, id)),
  }));
  await Promise.allSettled(asked.map(({ pending }) => pending));
  for (const { bank: id, pending } of asked) {
    try {
      answered.push({ bank: id, answer: await pending });
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      silent.push(id);
    }
  }
  return { answered, silent };
}

/** One sentence for each bank that did not answer. */
export function silenceNotes(silent: readonly string[], { language }: Session): string[] {
  return silent.map((bank) => language.texts.errors.noAnswer(bank));
}
