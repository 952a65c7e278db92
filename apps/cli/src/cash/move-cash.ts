import { readAmount } from "../arguments/amount.ts";
import { readAccountReference } from "../arguments/references.ts";
import { readKey } from "../arguments/scalars.ts";
import { askBank } from "../consortium/ask-bank.ts";
import { facts } from "../output/layout.ts";
import { money } from "../output/show.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";

export interface CashOptions {
  readonly description?: string;
  readonly key?: string;
}

/** Deposits or withdraws cash at the bank's counter. @throws Refused with the bank's reason */
export async function moveCash(
  session: Session,
  verb: "deposit" | "withdraw",
  [reference, amountText]: readonly [string, string],
  options: CashOptions,
): Promise<Told> {
  const { language } = session;
  const { bank, account: number } = readAccountReference(reference, language);
  const amountCentavos = readAmount(amountText, language);
  const key = readKey(options.key, language);
  const { description = "" } = options;
  const moved = await askBank(
    session.consortium(),
    bank,
    (api) => api.cash[verb].mutate({ idempotencyKey: key, number, amountCentavos, description }),
    { key },
  );
  const { labels, says } = language.texts;
  return {
    json: { bank, ...moved, idempotencyKey: key },
    lines: [
      verb === "deposit" ? says.deposited : says.withdrawn,
      ...facts([
        [labels.account, `${bank}/${moved.number}`],
        [labels.amount, money(moved.amountCentavos, language)],
        [labels.balance, money(moved.balanceAfterCentavos, language)],
      ]),
    ],
  };
}
