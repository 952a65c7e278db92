import type { ChargeView } from "@pacto/contract";
import { chargeStatus, chargeTxid } from "@pacto/contract";
import { readBank, splitBank } from "../arguments/references.ts";
import { readWhole } from "../arguments/scalars.ts";
import { askBank } from "../consortium/ask-bank.ts";
import { readWord } from "../counter/read.ts";
import { tellList } from "../counter/tell.ts";
import { WrongUsage } from "../exit.ts";
import { facts } from "../output/layout.ts";
import { money, moment } from "../output/show.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import { change, type Keyed } from "./change.ts";
import { readTerms, type TermOptions } from "./charge-terms.ts";
import { drawQr, type QrOptions } from "./qr.ts";

const REVISION_MAX = 999_999_999;
const LIST_MAX = 100;

/** Reads `azul/TXID`. @throws WrongUsage */
function readCharge(session: Session, reference: string): { bank: string; txid: string } {
  const form = session.language.locale === "en" ? "BANK/TXID" : "BANCO/TXID";
  const { bank, rest } = splitBank(reference, form, session.language);
  const txid = chargeTxid.safeParse(rest);
  if (txid.success) return { bank, txid: txid.data };
  throw new WrongUsage(session.language.texts.errors.badReference(reference, form));
}

export interface CreateChargeOptions extends TermOptions, QrOptions, Keyed {
  readonly txid?: string;
}

/** `pacto pix charge create`. */
export async function createCharge(
  session: Session,
  [bankText, pixKey, amount]: readonly [string, string, string],
  options: CreateChargeOptions,
): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const wish = {
    key: pixKey,
    terms: readTerms(options, { amount }, session.language),
    ...(options.txid === undefined ? {} : { txid: options.txid }),
  };
  const { answer, ...told } = await change(session, {
    bank,
    options,
    send: (api, idempotencyKey) => api.pix.charges.create.mutate({ idempotencyKey, ...wish }),
    thing: ({ charge }) => charge,
  });
  const lines = chargeFacts(session, bank, answer.charge);
  const drawn = await drawQr(session, answer.charge.brCode, options);
  return { ...told, lines: [session.language.texts.counter.done, ...lines, ...drawn] };
}

/** `pacto pix charge show`; with a picture of its code where it is asked for. */
export async function showCharge(
  session: Session,
  reference: string,
  options: QrOptions & { readonly revision?: string },
): Promise<Told> {
  const { bank, txid } = readCharge(session, reference);
  const revision =
    options.revision === undefined
      ? {}
      : { revision: readWhole(options.revision, [0, REVISION_MAX], session.language) };
  const { charge } = await askBank(session.consortium(), bank, (api) =>
    api.pix.charges.get.query({ txid, ...revision }),
  );
  const drawn = await drawQr(session, charge.brCode, options);
  return { json: { bank, charge }, lines: [...chargeFacts(session, bank, charge), ...drawn] };
}

export interface ListChargesOptions {
  readonly status?: string;
  readonly account?: string;
  readonly kind?: string;
}

const KINDS = { cob: "immediate", cobv: "due" } as const;

/** `pacto pix charge list`, newest first. */
export async function listCharges(
  session: Session,
  bankText: string,
  options: ListChargesOptions,
): Promise<Told> {
  const { language } = session;
  const bank = readBank(bankText, language);
  const { status, account, kind } = options;
  const filter = {
    ...(status === undefined
      ? {}
      : { status: readWord(status.toUpperCase(), chargeStatus.options, language) }),
    ...(account === undefined ? {} : { account }),
    ...(kind === undefined ? {} : { kind: KINDS[readWord(kind, ["cob", "cobv"], language)] }),
  };
  const page = await askBank(session.consortium(), bank, (api) =>
    api.pix.charges.list.query({ ...filter, limit: LIST_MAX }),
  );
  const rows = page.charges.map((charge) => ({
    ...charge,
    id: charge.txid,
    dueOn: charge.terms.kind === "due" ? charge.terms.dueOn : null,
    amountCentavos: charge.due.finalCentavos,
  }));
  const columns = ["id", "account", "amountCentavos", "dueOn", "status", "changedAt"] as const;
  return tellList(session, rows, columns, page);
}

/** `pacto pix charge change`: what is said is new, the rest stays; the revision rises by one. */
export async function changeCharge(
  session: Session,
  [reference, amount]: readonly [string, string | undefined],
  options: TermOptions & Keyed & { readonly to?: string },
): Promise<Told> {
  const { bank, txid } = readCharge(session, reference);
  const { charge: before } = await askBank(session.consortium(), bank, (api) =>
    api.pix.charges.get.query({ txid }),
  );
  const asked = { before: before.terms, ...(amount === undefined ? {} : { amount }) };
  const wish = {
    txid,
    terms: readTerms(options, asked, session.language),
    ...(options.to === undefined ? {} : { key: options.to }),
  };
  const { answer, ...told } = await change(session, {
    bank,
    options,
    send: (api, idempotencyKey) => api.pix.charges.change.mutate({ idempotencyKey, ...wish }),
    thing: ({ charge }) => charge,
  });
  const lines = chargeFacts(session, bank, answer.charge);
  return { ...told, lines: [session.language.texts.counter.done, ...lines] };
}

/** `pacto pix charge remove`. */
export function removeCharge(
  session: Session,
  reference: string,
  options: Keyed & { readonly byBank?: boolean },
): Promise<Told> {
  const { bank, txid } = readCharge(session, reference);
  const by = options.byBank === true ? ("bank" as const) : ("receiver" as const);
  return change(session, {
    bank,
    options,
    send: (api, idempotencyKey) => api.pix.charges.remove.mutate({ idempotencyKey, txid, by }),
    thing: ({ charge }) => charge,
  });
}

function chargeFacts({ language }: Session, bank: string, charge: ChargeView): string[] {
  const { charges, labels } = language.texts.pix;
  const { terms, due, payment } = charge;
  return facts([
    [labels.txid, `${bank}/${charge.txid}`],
    [labels.state, charge.status],
    [charges.revisionLabel, String(charge.revision)],
    [labels.key, charge.key],
    [labels.account, `${bank}/${charge.account}`],
    [charges.original, money(due.originalCentavos, language)],
    [charges.today, money(due.finalCentavos, language)],
    [charges.dueOn, terms.kind === "due" ? terms.dueOn : null],
    [charges.until, moment(charge.expiresAt)],
    [charges.debtor, terms.debtor === null ? null : `${terms.debtor.name} ${terms.debtor.taxId}`],
    [charges.paidBy, payment?.endToEndId ?? null],
    [charges.paid, payment === null ? null : money(payment.amountCentavos, language)],
    [labels.url, charge.location.url],
    [charges.code, charge.brCode],
  ]);
}
