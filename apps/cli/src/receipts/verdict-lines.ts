import { type Receipt, refusalSentence } from "@pacto/contract";
import type { ReceiptCheck, ReceiptVerdict } from "@pacto/contract/signing";
import { money } from "../output/show.ts";
import type { Session } from "../session.ts";

/** `PASS  what was looked at`, and what is wrong with it when it failed. */
export function checkLine(
  check: ReceiptCheck,
  { receipt }: ReceiptVerdict,
  { language }: Session,
): string {
  const { receipts: says } = language.texts;
  const line = (what: string, wrong = "") =>
    check.passed ? `PASS  ${what}` : `FAIL  ${what}. ${wrong}`.trimEnd();
  switch (check.check) {
    case "form": {
      const { refusal } = check;
      const wrong = refusal === null ? says.inexact : refusalSentence(refusal, language.locale);
      return line(says.form, wrong);
    }
    case "hash":
      return line(says.hash);
    case "balance":
      return line(says.balance, says.difference(money(check.differenceCentavos, language)));
    case "signature":
      return line(statementText(check.statement, says));
    case "own-vote":
      return line(says.ownVote(receipt?.bank ?? ""));
    case "contradiction":
      return line(says.contradiction, says.contradicts(check.banks.join(", ")));
    case "certificate": {
      const faults: Readonly<Record<string, string>> = says.faults;
      return line(says.certificate, faults[check.fault ?? ""] ?? check.fault ?? "");
    }
  }
}

type Says = Session["language"]["texts"]["receipts"];

function statementText(
  statement: Extract<ReceiptCheck, { check: "signature" }>["statement"],
  says: Says,
): string {
  const { bank } = statement;
  switch (statement.kind) {
    case "descriptor":
    case "promise":
      return says.signed[statement.kind](bank);
    case "vote":
      return says.signed[statement.vote](bank);
    case "decision":
    case "accept":
      return says.signed[statement.kind](bank, says.outcomes[statement.outcome]);
  }
}

/** What the receipt proves, in a sentence; and what it only says. */
export function provenSentences(
  { proves, receipt }: ReceiptVerdict,
  { language }: Session,
): string[] {
  const { receipts: says } = language.texts;
  if (receipt === null || proves === "nothing") return [says.provesNothing];
  const { id } = receipt.descriptor;
  const { heuristic, bank } = receipt;
  const forced = heuristic === null ? [] : [says.heuristic(bank, says.outcomes[heuristic])];
  const total = money(totalOf(receipt), language);
  switch (proves) {
    case "undecided":
      return [says.provesUndecided(bank, id), ...forced];
    case "abort":
      return [says.provesAbort(id, total, whyAborted(receipt, says)), ...forced];
    case "commit": {
      const banks = receipt.descriptor.branches.map((branch) => branch.bank).join(", ");
      return [says.provesCommit(id, total, banks, whoDecided(receipt, says)), ...forced];
    }
  }
}

function totalOf({ descriptor }: Receipt): number {
  const legs = descriptor.branches.flatMap(({ work }) => work.legs);
  return legs.reduce(
    (sum, { direction, amountCentavos }) => (direction === "debit" ? sum + amountCentavos : sum),
    0,
  );
}

function whyAborted(receipt: Receipt, says: Says): string {
  const no = receipt.certificate?.votes.find(({ vote }) => vote === "no");
  if (no === undefined) return whoDecided(receipt, says);
  return says.saidNo(no.bank, no.reason?.code ?? "?");
}

function whoDecided({ descriptor, certificate }: Receipt, says: Says): string {
  const accepts = certificate?.accepts ?? [];
  if (accepts.length === 0) return says.byCoordinator(descriptor.coordinator);
  return says.byWitnesses(accepts.map(({ bank }) => bank).join(", "));
}
