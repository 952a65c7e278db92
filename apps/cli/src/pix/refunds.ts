import { refundReason } from "@pacto/contract";
import { readAmount } from "../arguments/amount.ts";
import { splitBank } from "../arguments/references.ts";
import { readKey } from "../arguments/scalars.ts";
import { askBank } from "../consortium/ask-bank.ts";
import { readWord } from "../counter/read.ts";
import { tellList } from "../counter/tell.ts";
import { Unanswered } from "../exit.ts";
import { type FileOptions, saveReport } from "../office/files.ts";
import { facts } from "../output/layout.ts";
import { money, moment } from "../output/show.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import { PATIENCE_MS } from "./change.ts";

/** Reads `azul/E…`. @throws WrongUsage */
function readPixReference(session: Session, text: string): { bank: string; endToEndId: string } {
  const form = session.language.locale === "en" ? "BANK/E2E" : "BANCO/E2E";
  const { bank, rest: endToEndId } = splitBank(text, form, session.language);
  return { bank, endToEndId };
}

export interface RefundOptions {
  readonly id?: string;
  readonly reason?: string;
  readonly description?: string;
}

/**
 * `pacto pix refund`. The id is the refund's own key: the same one is the same refund. Exit 1 when
 * the banks refused, 3 while it is not known.
 */
export async function refundPix(
  session: Session,
  [reference, amount]: readonly [string, string],
  options: RefundOptions,
): Promise<Told> {
  const { language } = session;
  const { bank, endToEndId } = readPixReference(session, reference);
  const id = options.id ?? readKey(undefined, language).replaceAll("-", "").slice(0, 35);
  const wish = {
    endToEndId,
    id,
    amountCentavos: readAmount(amount, language),
    reason: readWord(options.reason ?? "MD06", refundReason.options, language),
    description: options.description ?? "",
  };
  const { refund } = await askBank(
    session.consortium(),
    bank,
    (api) => api.pix.refund.mutate(wish),
    { key: id, timeoutMs: PATIENCE_MS },
  );
  if (refund.status === "EM_PROCESSAMENTO") {
    throw new Unanswered({ bank, mayBeDone: true, key: id });
  }
  const { labels, refunds } = language.texts.pix;
  const lines = facts([
    [labels.state, refund.status],
    ["id", refund.id],
    [refunds.returnId, refund.returnId],
    [labels.amount, money(refund.amountCentavos, language)],
    ...refund.to.map(
      (side) =>
        [
          labels.to,
          `${side.bank}/${side.account} ${money(side.amountCentavos, language)}`,
        ] as const,
    ),
  ]);
  const json = { bank, refund };
  if (refund.status === "DEVOLVIDO") return { json, lines };
  return { json, lines, exit: 1, refusal: refund.refusal ?? undefined };
}

/**
 * `pacto pix show`: a PIX as a bank knows it, what came back of it, and what still may; or its
 * receipt as a file.
 */
export async function showPix(
  session: Session,
  reference: string,
  options: FileOptions,
): Promise<Told> {
  const { language } = session;
  const { bank, endToEndId } = readPixReference(session, reference);
  if (options.format !== undefined || options.out !== undefined) {
    return saveReport(session, bank, { kind: "pix", endToEndId }, options);
  }
  const pix = await askBank(session.consortium(), bank, (api) => api.pix.get.query({ endToEndId }));
  const { labels, directions, refunds: says } = language.texts.pix;
  const sides = pix.payments.map(
    (payment) =>
      [
        directions[payment.direction],
        `${bank}/${payment.account} ${money(payment.amountCentavos, language)}`,
      ] as const,
  );
  const { refundable } = pix;
  const [first] = pix.payments;
  const about = facts([
    [labels.endToEnd, endToEndId],
    ...sides,
    [labels.to, first === undefined ? null : `${first.payee.bank}/${first.payee.account}`],
    [labels.key, first?.key ?? null],
    [labels.txid, first?.txid ?? null],
    [labels.at, first === undefined ? null : moment(first.settledAt)],
    [says.refundable, refundable === null ? null : money(refundable.remainingCentavos, language)],
    [says.daysLeft, refundable === null ? null : String(refundable.daysLeft)],
  ]);
  const back = [...pix.refunds, ...pix.returned].map((one) => ({
    id: one.returnId,
    account: one.account,
    amountCentavos: one.amountCentavos,
    status: "status" in one ? one.status : one.reason,
    at: "requestedAt" in one ? one.requestedAt : one.settledAt,
  }));
  const columns = ["id", "account", "amountCentavos", "status", "at"] as const;
  const lines = back.length === 0 ? [] : ["", ...tellList(session, back, columns, pix).lines];
  return { json: { bank, ...pix }, lines: [...about, ...lines] };
}
