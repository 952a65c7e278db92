import type { AccountView } from "@pacto/contract";
import { facts, table } from "../output/layout.ts";
import { moment, money } from "../output/show.ts";
import type { Session } from "../session.ts";

/** `azul/12345-5`: how an account is named in every command. */
export function accountName({ bank, number }: { bank: string; number: string }): string {
  return `${bank}/${number}`;
}

export function accountColumns({ language }: Session): Parameters<typeof table>[0] {
  const head = language.texts.columns;
  return [
    ...[head.account, head.kind, head.holders],
    ...[head.ledger, head.held, head.incoming, head.available].map((right) => ({ right })),
  ];
}

export function accountRow(account: AccountView, { language }: Session): string[] {
  const { words } = language.texts;
  const status = account.status === "active" ? "" : ` (${words[account.status]})`;
  return [
    accountName(account),
    words[account.kind] + status,
    account.holders.map(({ name }) => name).join(", "),
    money(account.ledgerCentavos, language),
    money(account.heldCentavos, language),
    money(account.incomingCentavos, language),
    money(account.availableCentavos, language),
  ];
}

export function accountTable(accounts: readonly AccountView[], session: Session): string[] {
  return table(
    accountColumns(session),
    accounts.map((account) => accountRow(account, session)),
  );
}

export function accountFacts(account: AccountView, { language }: Session): string[] {
  const { labels, words } = language.texts;
  const { ceilingCentavos, overdraftCentavos } = account;
  return facts([
    [labels.account, accountName(account)],
    [labels.kind, words[account.kind]],
    [labels.status, words[account.status]],
    [labels.holders, account.holders.map((it) => `${it.name} (${it.taxIdMasked})`).join(", ")],
    [labels.ceiling, ceilingCentavos === null ? null : money(ceilingCentavos, language)],
    [labels.overdraft, overdraftCentavos === 0 ? null : money(overdraftCentavos, language)],
    [labels.since, moment(account.openedAt)],
  ]);
}

/** The four balances, each on its line. */
export function balanceFacts(account: AccountView, { language }: Session): string[] {
  const { labels } = language.texts;
  return facts([
    [labels.ledger, money(account.ledgerCentavos, language)],
    [labels.held, money(account.heldCentavos, language)],
    [labels.incoming, money(account.incomingCentavos, language)],
    [labels.available, money(account.availableCentavos, language)],
  ]);
}
