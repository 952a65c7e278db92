import type { Locale, PixDetail, Receipt } from "@pacto/contract";
import { packReceipt } from "@pacto/contract/signing";
import type { StaffContext } from "../../context.ts";
import { readReceipt } from "../../operations/receipt.ts";
import { localMoment, type Sheet } from "../../reports/sheet.ts";
import { wordsIn } from "../../reports/words.ts";
import { RefusalError } from "../../trpc.ts";
import { readPix } from "../refunds/read-refunds.ts";

/** Bytes that the largest QR code takes. */
const QR_BYTES_MAX = 2_900;

export interface PixReceipt {
  readonly pix: PixDetail;
  /** What proves it: every bank's signature, verified by anybody without asking a bank. */
  readonly receipt: Receipt;
}

/** The receipt of a PIX that this bank sent or received. @throws RefusalError `pix-payment-unknown` */
export async function readPixReceipt(ctx: StaffContext, endToEndId: string): Promise<PixReceipt> {
  const pix = await readPix(ctx, endToEndId);
  const [payment] = pix.payments;
  if (payment === undefined) {
    throw new RefusalError({ code: "pix-payment-unknown", details: { endToEndId } });
  }
  return { pix, receipt: await readReceipt(ctx, payment.transactionId) };
}

/** On paper, with the QR code that proves it. */
export function pixReceiptSheet({ pix, receipt }: PixReceipt, locale: Locale): Sheet {
  const words = wordsIn(locale);
  const { payments } = pix;
  const [payment] = payments;
  if (payment === undefined) throw new Error("a receipt of no payment");
  const total = payments.reduce((sum, { amountCentavos }) => sum + amountCentavos, 0);
  const { certificate } = receipt;
  const packed = packReceipt(receipt);
  return {
    title: words.titles.pix,
    facts: [
      [words.amount, { centavos: total }],
      [words.settled, localMoment(payment.settledAt)],
      [words.account, payments.map(({ account }) => account).join(", ")],
      [words.payee, `${payment.payee.bank} ${payment.payee.account}`],
      ...(payment.key === null ? [] : [[words.pixKey, payment.key] as const]),
      ...(payment.txid === null ? [] : [["txid", payment.txid] as const]),
      ...(payment.description === "" ? [] : [[words.description, payment.description] as const]),
      [words.endToEndId, payment.endToEndId],
      [words.transaction, payment.transactionId],
    ],
    sections: [
      {
        heading: words.signedBy,
        columns: [{ label: words.bank }, { label: words.signed }],
        rows: [
          ...(certificate?.votes ?? []).map(({ bank, vote }) => [
            bank,
            vote === "yes" ? words.yes : words.no,
          ]),
          ...(certificate?.accepts ?? []).map(({ bank }) => [bank, words.witness]),
        ],
      },
    ],
    ...(packed.length > QR_BYTES_MAX ? {} : { qr: { text: packed, hint: words.qrHint } }),
  };
}
