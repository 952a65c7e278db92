import type { PixKeyView, PixPayee } from "@pacto/contract";
import { readAmount } from "../arguments/amount.ts";
import { readAccountReference, readBank, splitBank } from "../arguments/references.ts";
import { readKey } from "../arguments/scalars.ts";
import { readPayer } from "../arguments/sides.ts";
import { askBank } from "../consortium/ask-bank.ts";
import { Unanswered, WrongUsage } from "../exit.ts";
import { facts, table } from "../output/layout.ts";
import { money, moment } from "../output/show.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import { type Keyed, PATIENCE_MS } from "./change.ts";
import { readTarget } from "./target.ts";

/** `pacto pix key register`. */
export async function registerKey(
  session: Session,
  [reference, pixKey]: readonly [string, string | undefined],
  options: Keyed,
): Promise<Told> {
  const { language } = session;
  const { bank, account } = readAccountReference(reference, language);
  const key = readKey(options.key, language);
  const wish = { idempotencyKey: key, account, ...(pixKey === undefined ? {} : { key: pixKey }) };
  const { key: registered } = await askBank(
    session.consortium(),
    bank,
    (api) => api.pix.registerKey.mutate(wish),
    { key, timeoutMs: PATIENCE_MS },
  );
  const { registered: sentence } = language.texts.pix;
  return tellKey(session, bank, { sentence, shown: registered, key });
}

/** `pacto pix key move`. */
export async function moveKey(
  session: Session,
  [reference, pixKey]: readonly [string, string],
  options: Keyed,
): Promise<Told> {
  const { language } = session;
  const { bank, account } = readAccountReference(reference, language);
  const key = readKey(options.key, language);
  const { key: moved } = await askBank(
    session.consortium(),
    bank,
    (api) => api.pix.moveKey.mutate({ idempotencyKey: key, key: pixKey, account }),
    { key, timeoutMs: PATIENCE_MS },
  );
  return tellKey(session, bank, { sentence: language.texts.pix.moved, shown: moved, key });
}

/** `pacto pix key remove`. */
export async function removeKey(
  session: Session,
  [bankText, pixKey]: readonly [string, string],
  options: Keyed,
): Promise<Told> {
  const { language } = session;
  const bank = readBank(bankText, language);
  const key = readKey(options.key, language);
  await askBank(
    session.consortium(),
    bank,
    (api) => api.pix.removeKey.mutate({ idempotencyKey: key, key: pixKey }),
    { key, timeoutMs: PATIENCE_MS },
  );
  return tellKey(session, bank, { sentence: language.texts.pix.removed, shown: null, key });
}

interface Done {
  readonly sentence: string;
  readonly shown: PixKeyView | null;
  readonly key: string;
}

function tellKey({ language }: Session, bank: string, { sentence, shown, key }: Done): Told {
  const { labels } = language.texts.pix;
  const lines =
    shown === null
      ? []
      : facts([
          [labels.key, shown.key],
          [labels.type, shown.type],
          [labels.account, `${bank}/${shown.account}`],
        ]);
  return { json: { bank, key: shown, idempotencyKey: key }, lines: [sentence, ...lines] };
}

/** `pacto pix key list`. */
export async function listKeys(
  session: Session,
  bankText: string,
  { account }: { readonly account?: string },
): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const filter = account === undefined ? {} : { account };
  const page = await askBank(session.consortium(), bank, (api) =>
    api.pix.keys.query({ ...filter, limit: 100 }),
  );
  const { labels } = session.language.texts.pix;
  const rows = page.keys.map((it) => [it.key, it.type, `${bank}/${it.account}`]);
  return {
    json: { bank, ...page },
    lines: rows.length === 0 ? [] : table([labels.key, labels.type, labels.account], rows),
  };
}

/** `pacto pix resolve`. */
export async function resolveKey(
  session: Session,
  [reference, pixKey]: readonly [string, string],
): Promise<Told> {
  const { language } = session;
  const { bank, account } = readAccountReference(reference, language);
  const { payee } = await askBank(session.consortium(), bank, (api) =>
    api.pix.resolveKey.mutate({ fromAccount: account, key: pixKey }),
  );
  return { json: { payee }, lines: payeeFacts(session, payee) };
}

function payeeFacts({ language }: Session, payee: PixPayee): string[] {
  const { labels, yes, no } = language.texts.pix;
  return facts([
    [labels.key, payee.key === null ? null : `${payee.key} (${payee.type})`],
    [labels.name, payee.nameMasked],
    [labels.taxId, payee.taxIdMasked],
    [labels.account, `${payee.bank}/${payee.account}`],
    [labels.first, payee.isFirstPayment ? yes : no],
  ]);
}

/** Whom a text means: a key, a BR Code, or an account as `BANK/ACCOUNT`. */
function targetOf(session: Session, text: string) {
  if (text.trim().startsWith("000201")) return { code: text.trim() };
  const target = readTarget(session, text);
  return "key" in target ? target : { account: target };
}

/** `pacto pix confirm`: whom and what would be paid. */
export async function confirmPayee(
  session: Session,
  [reference, target]: readonly [string, string],
): Promise<Told> {
  const { language } = session;
  const { bank, account } = readAccountReference(reference, language);
  const order = { fromAccount: account, ...targetOf(session, target) };
  const confirmed = await askBank(session.consortium(), bank, (api) =>
    api.pix.confirm.mutate(order),
  );
  const { labels } = language.texts.pix;
  const { amountCentavos, txid, description } = confirmed;
  const asked = facts([
    [labels.amount, amountCentavos === null ? null : money(amountCentavos, language)],
    [labels.txid, txid],
    [labels.description, description === "" ? null : description],
  ]);
  return { json: confirmed, lines: [...payeeFacts(session, confirmed.payee), ...asked] };
}

export interface SendOptions extends Keyed {
  readonly description?: string;
  readonly also?: readonly string[];
}

/** `pacto pix send`. Exit 0 only when it is sent; 1 when the banks refused; 3 while not known. */
export async function sendPix(
  session: Session,
  [reference, target, amountText]: readonly [string, string, string | undefined],
  options: SendOptions,
): Promise<Told> {
  const { language } = session;
  const { bank, account } = readAccountReference(reference, language);
  const key = readKey(options.key, language);
  const to = targetOf(session, target);
  // A code may say the amount, and then the bank knows it.
  if (amountText === undefined && !("code" in to))
    throw new WrongUsage(language.texts.pix.noAmount);
  const order = {
    idempotencyKey: key,
    fromAccount: account,
    ...to,
    ...(amountText === undefined ? {} : { amountCentavos: readAmount(amountText, language) }),
    alsoFrom: (options.also ?? []).map((text) => readPayer(text, language)),
    description: options.description ?? "",
  };
  const { pix } = await askBank(session.consortium(), bank, (api) => api.pix.send.mutate(order), {
    key,
    timeoutMs: PATIENCE_MS,
  });
  if (pix.state === "preparing" || pix.state === "proposed") {
    throw new Unanswered({ bank, mayBeDone: true, key });
  }
  const { labels, states } = language.texts.pix;
  const lines = facts([
    [labels.state, states[pix.state]],
    [labels.endToEnd, pix.endToEndId],
    [labels.to, `${pix.to.bank}/${pix.to.account}`],
    [labels.amount, money(pix.amountCentavos, language)],
    ["id", pix.transactionId],
  ]);
  const json = { bank, pix, idempotencyKey: key };
  if (pix.state === "committed") return { json, lines };
  return { json, lines, exit: 1, refusal: pix.refusal ?? undefined };
}

/** `pacto pix list`. */
export async function listPayments(session: Session, reference: string): Promise<Told> {
  const { language } = session;
  const isAccount = reference.includes("/");
  const form = language.locale === "en" ? "BANK[/ACCOUNT]" : "BANCO[/CONTA]";
  const bank = isAccount
    ? splitBank(reference, form, language).bank
    : readBank(reference, language);
  const filter = isAccount ? { account: readAccountReference(reference, language).account } : {};
  const { payments } = await askBank(session.consortium(), bank, (api) =>
    api.pix.payments.query({ ...filter, limit: 100 }),
  );
  const { labels, directions } = language.texts.pix;
  const rows = payments.map((it) => [
    moment(it.settledAt),
    directions[it.direction],
    `${bank}/${it.account}`,
    money(it.amountCentavos, language),
    it.endToEndId,
  ]);
  const columns = [labels.at, labels.direction, labels.account, { right: labels.amount }];
  return {
    json: { bank, payments },
    lines: rows.length === 0 ? [] : table([...columns, labels.endToEnd], rows),
  };
}
