import { createHash } from "node:crypto";
import { accountCheckDigit } from "@pacto/banking";
import { type AccountView, type ClientView, PAGE_SIZE_MAX } from "@pacto/contract";
import { readAmount } from "../arguments/amount.ts";
import { normalAccount } from "../arguments/references.ts";
import { askBank } from "../consortium/ask-bank.ts";
import { Refused, WrongUsage } from "../exit.ts";
import { money } from "../output/show.ts";
import type { Session } from "../session.ts";

/** Whose script it is: a client of the bank, or the auditor of the older systems. */
export type ScriptUser =
  | { readonly kind: "client"; readonly client: ClientView }
  | { readonly kind: "audit" };

export interface AliasCall {
  readonly session: Session;
  /** Bank of accounts that name none. */
  readonly bank: string;
  readonly user: ScriptUser;
  readonly words: readonly string[];
  /** Made from the script's key and the line: the same line is never done twice. */
  readonly idempotencyKey: string;
}

export interface Alias {
  /** How it is written. */
  readonly form: string;
  readonly arguments: readonly [least: number, most: number];
  /** Does it, and tells the result in one line or more. */
  readonly run: (call: AliasCall) => Promise<readonly string[]>;
}

/** Older systems number accounts without a check digit: it is added; `BANK/N` names another bank. */
export function aliasAccount(text: string, { bank, session }: AliasCall) {
  const [first = "", second] = text.split("/");
  const [at, number] = second === undefined ? [bank, first] : [first, second];
  const account = /^[0-9]{1,12}$/u.test(number)
    ? `${number}-${accountCheckDigit(number)}`
    : normalAccount(number);
  if (account === undefined) {
    throw new WrongUsage(session.language.texts.counter.badValue(text));
  }
  return { bank: at, account };
}

function clientOf({ user }: AliasCall): ClientView {
  if (user.kind === "audit") throw new Refused("not-allowed");
  return user.client;
}

/** The user's accounts at the bank, oldest first. */
async function ownAccounts(call: AliasCall): Promise<AccountView[]> {
  const clientId = clientOf(call).id;
  const { accounts } = await askBank(call.session.consortium(), call.bank, (api) =>
    api.accounts.list.query({ clientId, limit: PAGE_SIZE_MAX }),
  );
  return accounts.filter(({ status }) => status !== "closed").toReversed();
}

/** The account that the older systems call "mine": the oldest one that is no loan. */
async function ownAccount(call: AliasCall): Promise<AccountView> {
  const account = (await ownAccounts(call)).find(({ kind }) => kind !== "loan");
  const { noAccount } = call.session.language.texts.counter;
  if (account === undefined) throw new WrongUsage(noAccount(clientOf(call).name));
  return account;
}

async function createAccount(call: AliasCall): Promise<readonly string[]> {
  const { session, bank, idempotencyKey, words } = call;
  const { id, kind } = clientOf(call);
  const { account: number } = aliasAccount(words[0] ?? "", call);
  const amount = words[1];
  const opening = amount === undefined ? 0 : readAmount(amount, session.language, true);
  const { account } = await askBank(
    session.consortium(),
    bank,
    (api) =>
      api.accounts.open.mutate({
        idempotencyKey,
        kind: kind === "company" ? "business" : "checking",
        holders: [id],
        number,
        openingDepositCentavos: opening,
      }),
    { key: idempotencyKey },
  );
  return [line(session, `${bank}/${account.number}`, account.ledgerCentavos)];
}

async function deposit(call: AliasCall): Promise<readonly string[]> {
  const { session, idempotencyKey, words } = call;
  const { bank, account: number } = aliasAccount(words[0] ?? "", call);
  const amountCentavos = readAmount(words[1] ?? "", session.language);
  const done = await askBank(
    session.consortium(),
    bank,
    (api) => api.cash.deposit.mutate({ idempotencyKey, number, amountCentavos }),
    { key: idempotencyKey },
  );
  return [line(session, `${bank}/${number}`, done.balanceAfterCentavos)];
}

async function withdraw(call: AliasCall): Promise<readonly string[]> {
  const { session, idempotencyKey, words } = call;
  const askedBy = clientOf(call).id;
  const { bank, account: number } = aliasAccount(words[0] ?? "", call);
  const amountCentavos = readAmount(words[1] ?? "", session.language);
  const done = await askBank(
    session.consortium(),
    bank,
    (api) => api.cash.withdraw.mutate({ idempotencyKey, number, amountCentavos, askedBy }),
    { key: idempotencyKey },
  );
  return [line(session, `${bank}/${number}`, done.balanceAfterCentavos)];
}

async function transferTo(call: AliasCall): Promise<readonly string[]> {
  const { session, bank, idempotencyKey, words } = call;
  const askedBy = clientOf(call).id;
  const to = aliasAccount(words[0] ?? "", call);
  const amountCentavos = readAmount(words[1] ?? "", session.language);
  const { number } = await ownAccount(call);
  const { transfer } = await askBank(
    session.consortium(),
    bank,
    (api) =>
      api.transfers.create.mutate({
        idempotencyKey,
        from: [{ bank, account: number, amountCentavos }],
        to: [{ ...to, amountCentavos }],
        askedBy,
      }),
    { key: idempotencyKey },
  );
  const { refusal } = transfer;
  if (refusal !== null) throw new Refused(refusal.code, refusal.details);
  return [line(session, `${bank}/${number} → ${to.bank}/${to.account}`, transfer.totalCentavos)];
}

/** Older systems know no number of a check: the line is the check, so it pays once. */
async function payLoanCheck(call: AliasCall): Promise<readonly string[]> {
  const { session, idempotencyKey, words } = call;
  const drawer = clientOf(call).name;
  const { bank, account: number } = aliasAccount(words[0] ?? "", call);
  const amountCentavos = readAmount(words[1] ?? "", session.language);
  const checkNumber = checkNumberOf(idempotencyKey);
  const done = await askBank(
    session.consortium(),
    bank,
    (api) =>
      api.loans.payByCheck.mutate({ idempotencyKey, number, drawer, checkNumber, amountCentavos }),
    { key: idempotencyKey },
  );
  return [line(session, `${bank}/${number}`, -done.debtCentavos)];
}

function checkNumberOf(key: string): string {
  const digest = createHash("sha256").update(key).digest();
  return String(digest.readUIntBE(0, 5) % 10 ** 12);
}

/** From the user's own account, as `transfer_to`; nothing else than a loan can be paid so. */
async function payLoanTransfer(call: AliasCall): Promise<readonly string[]> {
  const { session, bank, idempotencyKey, words } = call;
  const askedBy = clientOf(call).id;
  const loan = aliasAccount(words[0] ?? "", call);
  const amountCentavos = readAmount(words[1] ?? "", session.language);
  const { number } = await ownAccount(call);
  const from = [{ bank, account: number, amountCentavos }];
  // The bank of the loan knows the user only if it is the user's own bank.
  const named = loan.bank === bank ? { askedBy } : {};
  const { transfer } = await askBank(
    session.consortium(),
    loan.bank,
    (api) =>
      api.loans.payByTransfer.mutate({ idempotencyKey, number: loan.account, from, ...named }),
    { key: idempotencyKey },
  );
  const { refusal } = transfer;
  if (refusal !== null) throw new Refused(refusal.code, refusal.details);
  return [line(session, `${bank}/${number} → ${loan.bank}/${loan.account}`, amountCentavos)];
}

async function showHolders({ session, bank, user }: AliasCall): Promise<readonly string[]> {
  if (user.kind !== "audit") throw new Refused("not-allowed");
  const { holders } = await askBank(session.consortium(), bank, (api) =>
    api.listings.holders.query({ limit: PAGE_SIZE_MAX }),
  );
  return holders.map(({ name, number, ledgerCentavos }) =>
    line(session, `${name}  ${bank}/${number}`, ledgerCentavos),
  );
}

async function showHistory(call: AliasCall): Promise<readonly string[]> {
  const { session, bank, user, words } = call;
  const [asked] = words;
  const number = asked === undefined ? undefined : aliasAccount(asked, call).account;
  if (user.kind === "client" && number !== undefined) {
    const own = await ownAccounts(call);
    if (!own.some((account) => account.number === number)) {
      throw new Refused("not-a-holder", { account: number });
    }
  }
  // Only Audit lists all; a client without a number sees the own account.
  const only = number ?? (user.kind === "audit" ? undefined : (await ownAccount(call)).number);
  const filter = only === undefined ? {} : { number: only };
  const { entries } = await askBank(session.consortium(), bank, (api) =>
    api.listings.history.query({ ...filter, limit: PAGE_SIZE_MAX }),
  );
  return entries
    .toReversed()
    .map((entry) => line(session, `${bank}/${entry.number}  ${entry.kind}`, entry.amountCentavos));
}

async function showBank(call: AliasCall): Promise<readonly string[]> {
  const { session, bank } = call;
  const { name, url } = session.consortium().manifest.members.find(({ id }) => id === bank) ?? {};
  return [[bank, name, url].filter(Boolean).join("  ")];
}

function line({ language }: Session, what: string, centavos: number): string {
  return `${what}  ${money(centavos, language)}`;
}

/** The verbs of the older teaching systems; a new one is a line here. */
export const aliases: Readonly<Record<string, Alias>> = {
  create_account: { form: "create_account N [AMOUNT]", arguments: [1, 2], run: createAccount },
  deposit: { form: "deposit N AMOUNT", arguments: [2, 2], run: deposit },
  withdraw: { form: "withdraw N AMOUNT", arguments: [2, 2], run: withdraw },
  transfer_to: { form: "transfer_to N AMOUNT", arguments: [2, 2], run: transferTo },
  pay_loan_check: { form: "pay_loan_check N AMOUNT", arguments: [2, 2], run: payLoanCheck },
  pay_loan_transfer_to: {
    form: "pay_loan_transfer_to N AMOUNT",
    arguments: [2, 2],
    run: payLoanTransfer,
  },
  show_accountholders: { form: "show_accountholders", arguments: [0, 0], run: showHolders },
  show_history: { form: "show_history [N]", arguments: [0, 1], run: showHistory },
  show_bank: { form: "show_bank", arguments: [0, 0], run: showBank },
};
