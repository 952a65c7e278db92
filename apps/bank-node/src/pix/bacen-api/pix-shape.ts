import type { ReceivedPix, RefundView } from "@pacto/contract";
import { refusalSentence } from "@pacto/contract";
import { decimal } from "./charge-shape.ts";

/** One received PIX with its refunds, as `/pix` and the webhook tell it. */
export function pixBody(pix: ReceivedPix): object {
  const { txid, key, description, refunds } = pix;
  return {
    endToEndId: pix.endToEndId,
    ...(txid === null ? {} : { txid }),
    valor: decimal(pix.amountCentavos),
    ...(key === null ? {} : { chave: key }),
    horario: pix.settledAt,
    ...(description === "" ? {} : { infoPagador: description }),
    ...(refunds.length === 0 ? {} : { devolucoes: refunds.map(refundBody) }),
  };
}

const NATURES = { MD06: "ORIGINAL", SL02: "RETIRADA", BE08: "MED_OPERACIONAL", FR01: "MED_FRAUDE" };

export function refundBody(refund: RefundView): object {
  const { description, refusal, settledAt } = refund;
  const isDone = refund.status === "DEVOLVIDO";
  return {
    id: refund.id,
    rtrId: refund.returnId,
    valor: decimal(refund.amountCentavos),
    natureza: NATURES[refund.reason],
    ...(description === "" ? {} : { descricao: description }),
    horario: {
      solicitacao: refund.requestedAt,
      ...(isDone && settledAt !== null ? { liquidacao: settledAt } : {}),
    },
    status: refund.status,
    ...(refusal === null ? {} : { motivo: refusalSentence(refusal, "pt-BR").slice(0, 140) }),
  };
}
