import type { HoldView } from "@pacto/contract";
import { readAccountReference } from "../arguments/references.ts";
import { askBank } from "../consortium/ask-bank.ts";
import { table } from "../output/layout.ts";
import { moment, money } from "../output/show.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import { accountFacts, accountName, balanceFacts } from "./account-lines.ts";

/** One account with its holders, balances and what is promised to open transfers. */
export async function showAccount(session: Session, reference: string): Promise<Told> {
  const found = await getAccount(session, reference);
  const holds = found.holds.length > 0 ? ["", ...holdTable(found.holds, session)] : [];
  const { account } = found;
  return {
    json: found,
    lines: [...accountFacts(account, session), ...balanceFacts(account, session), ...holds],
  };
}

/** The four balances of one account. */
export async function showBalance(session: Session, reference: string): Promise<Told> {
  const { account } = await getAccount(session, reference);
  const { ledgerCentavos, heldCentavos, incomingCentavos, availableCentavos } = account;
  return {
    json: {
      bank: account.bank,
      account: account.number,
      version: account.version,
      ledgerCentavos,
      heldCentavos,
      incomingCentavos,
      availableCentavos,
    },
    lines: [
      `${accountName(account)}  ${account.holders.map(({ name }) => name).join(", ")}`,
      ...balanceFacts(account, session),
    ],
  };
}

function getAccount(session: Session, reference: string) {
  const { bank, account: number } = readAccountReference(reference, session.language);
  return askBank(session.consortium(), bank, (api) => api.accounts.get.query({ number }));
}

function holdTable(holds: readonly HoldView[], { language }: Session): string[] {
  const { columns: head, words } = language.texts;
  return table(
    [head.since, head.direction, { right: head.amount }, head.transaction],
    holds.map((hold) => [
      moment(hold.placedAt),
      words[hold.direction],
      money(hold.amountCentavos, language),
      `${hold.coordinator}/${hold.transactionId}`,
    ]),
  );
}
