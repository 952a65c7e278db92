import type { OpenedAccountKind, ClientView } from "@pacto/contract";
import { readAmount } from "../arguments/amount.ts";
import { normalAccount, readBank } from "../arguments/references.ts";
import { readAccountKind, readKey } from "../arguments/scalars.ts";
import { findClient } from "../clients/find-client.ts";
import { askBank } from "../consortium/ask-bank.ts";
import { readWord } from "../counter/read.ts";
import { WrongUsage } from "../exit.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import { accountFacts, balanceFacts } from "./account-lines.ts";

export interface OpenAccountOptions {
  readonly holder: readonly string[];
  readonly kind?: string;
  readonly deposit?: string;
  readonly ceiling?: string;
  readonly overdraft?: string;
  readonly agency?: string;
  readonly number?: string;
  readonly signing?: string;
  readonly key?: string;
}

/** Opens an account for one holder, or two. @throws Refused with the bank's reason */
export async function openAccount(
  session: Session,
  bankText: string,
  options: OpenAccountOptions,
): Promise<Told> {
  const { language } = session;
  const bank = readBank(bankText, language);
  const key = readKey(options.key, language);
  const asked = options.kind === undefined ? undefined : readAccountKind(options.kind, language);
  const amountOf = (text: string | undefined, zeroAllowed: boolean) =>
    text === undefined ? undefined : readAmount(text, language, zeroAllowed);
  const opening = {
    openingDepositCentavos: amountOf(options.deposit, true) ?? 0,
    ceilingCentavos: amountOf(options.ceiling, false) ?? null,
    overdraftCentavos: amountOf(options.overdraft, true) ?? 0,
    ...(options.agency === undefined ? {} : { agency: options.agency }),
    ...numbering(session, options),
  };
  const holders: ClientView[] = [];
  for (const holder of options.holder) holders.push(await findClient(session, bank, holder));
  const { account } = await askBank(
    session.consortium(),
    bank,
    (api) =>
      api.accounts.open.mutate({
        idempotencyKey: key,
        kind: asked ?? kindFor(holders),
        holders: holders.map(({ id }) => id),
        ...opening,
      }),
    { key },
  );
  return {
    json: { account, idempotencyKey: key },
    lines: [
      language.texts.says.accountOpened,
      ...accountFacts(account, session),
      ...balanceFacts(account, session),
    ],
  };
}

/** What is left out is given by the bank: the next free number, either holder signs. */
function numbering({ language }: Session, { number, signing }: OpenAccountOptions) {
  const chosen = number === undefined ? undefined : normalAccount(number);
  if (number !== undefined && chosen === undefined) {
    throw new WrongUsage(language.texts.counter.badValue(number));
  }
  return {
    ...(chosen === undefined ? {} : { number: chosen }),
    ...(signing === undefined
      ? {}
      : { signing: readWord(signing, ["either", "both"] as const, language) }),
  };
}

function kindFor(holders: readonly ClientView[]): OpenedAccountKind {
  if (holders.length > 1) return "joint";
  return holders[0]?.kind === "company" ? "business" : "checking";
}
