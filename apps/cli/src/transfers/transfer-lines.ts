import { refusalSentence, type TransferSide, type TransferView } from "@pacto/contract";
import { facts, table } from "../output/layout.ts";
import { moment, money } from "../output/show.ts";
import type { Session } from "../session.ts";

/** A transfer as its coordinator knows it: what it is, and how far each bank has come. */
export function transferLines(transfer: TransferView, session: Session): string[] {
  const { language } = session;
  const { columns: head, labels, words } = language.texts;
  const { refusal, purpose } = transfer;
  return [
    ...facts([
      [labels.id, transfer.id],
      [labels.state, words[transfer.state]],
      [labels.settled, words[transfer.settled ? "yes" : "no"]],
      [labels.coordinator, transfer.coordinator],
      [labels.total, money(transfer.totalCentavos, language)],
      [labels.purpose, purpose === "" ? null : purpose],
      [labels.since, moment(transfer.createdAt)],
      [labels.reason, refusal === null ? null : refusalSentence(refusal, language.locale)],
      ...transfer.from.map((side) => [labels.from, sideText(side, session)] as const),
      ...transfer.to.map((side) => [labels.to, sideText(side, session)] as const),
    ]),
    "",
    ...table(
      [head.bank, head.vote, head.decision],
      transfer.branches.map(({ bank, vote, decision }) => [bank, words[vote], words[decision]]),
    ),
  ];
}

export function sideText(side: TransferSide, { language }: Session): string {
  return `${side.bank}/${side.account}  ${money(side.amountCentavos, language)}`;
}

/** Whether the outcome stands. */
export function isDecided({ state }: TransferView): boolean {
  return state === "committed" || state === "aborted";
}
