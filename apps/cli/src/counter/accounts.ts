import { accountFacts, balanceFacts } from "../accounts/account-lines.ts";
import { readAmount } from "../arguments/amount.ts";
import { normalAccount, readAccountReference } from "../arguments/references.ts";
import { readKey } from "../arguments/scalars.ts";
import { askBank, type BankApi } from "../consortium/ask-bank.ts";
import { WrongUsage } from "../exit.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import { given, readWord } from "./read.ts";
import { tellOne } from "./tell.ts";

export interface ChangeAccountOptions {
  readonly reason: string;
  readonly what?: string;
  readonly payout?: string;
  readonly ceiling?: string;
  readonly overdraft?: string;
  readonly signing?: string;
  readonly key?: string;
}

interface Change {
  readonly idempotencyKey: string;
  readonly number: string;
  readonly reason: string;
}

const CHANGES = {
  block: (api: BankApi, change: Change, options: ChangeAccountOptions, session: Session) => {
    const words = ["debits", "credits", "both"] as const;
    const what = readWord(options.what ?? "both", words, session.language);
    return api.accounts.block.mutate({ ...change, what });
  },
  unblock: (api: BankApi, change: Change) => api.accounts.unblock.mutate(change),
  close: (api: BankApi, change: Change, { payout }: ChangeAccountOptions, session: Session) => {
    const payoutTo = payout === undefined ? undefined : normalAccount(payout);
    if (payout !== undefined && payoutTo === undefined) {
      throw new WrongUsage(session.language.texts.counter.badValue(payout));
    }
    return api.accounts.close.mutate({ ...change, ...given("payoutTo", payoutTo) });
  },
  reopen: (api: BankApi, change: Change) => api.accounts.reopen.mutate(change),
  terms: (api: BankApi, change: Change, options: ChangeAccountOptions, { language }: Session) => {
    const { ceiling, overdraft, signing } = options;
    const ceilingCentavos =
      ceiling === undefined ? undefined : ceiling === "none" ? null : readAmount(ceiling, language);
    const overdraftCentavos =
      overdraft === undefined ? undefined : readAmount(overdraft, language, true);
    const signed =
      signing === undefined ? undefined : readWord(signing, ["either", "both"], language);
    return api.accounts.changeTerms.mutate({
      ...change,
      ...given("ceilingCentavos", ceilingCentavos),
      ...given("overdraftCentavos", overdraftCentavos),
      ...(signed === undefined ? {} : { signing: signed }),
    });
  },
} as const;

export type AccountChange = keyof typeof CHANGES;

/** Blocks, unblocks, closes, reopens an account or changes its terms. @throws Refused */
export async function changeAccount(
  session: Session,
  verb: AccountChange,
  reference: string,
  options: ChangeAccountOptions,
): Promise<Told> {
  const { language } = session;
  const { bank, account: number } = readAccountReference(reference, language);
  const key = readKey(options.key, language);
  const change = { idempotencyKey: key, number, reason: options.reason };
  const { account } = await askBank(
    session.consortium(),
    bank,
    (api) => CHANGES[verb](api, change, options, session),
    { key },
  );
  const lines = [...accountFacts(account, session), ...balanceFacts(account, session)];
  return {
    json: { account, idempotencyKey: key },
    lines: [language.texts.counter.done, ...lines],
  };
}

/** The account's balances at a past instant. */
export async function showBalanceAt(
  session: Session,
  [reference, at]: readonly [string, string],
): Promise<Told> {
  const { bank, account: number } = readAccountReference(reference, session.language);
  const balance = await askBank(session.consortium(), bank, (api) =>
    api.accounts.balanceAt.query({ number, at }),
  );
  return tellOne(
    session,
    { ...balance, number: `${bank}/${balance.number}` },
    { bank, ...balance },
  );
}
