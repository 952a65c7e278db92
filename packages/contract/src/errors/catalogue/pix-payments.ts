import type { RefusalEntry } from "./entry.ts";

/** PIX codes, charges and refunds. */
export const pixPaymentsRefusals = {
  "pix-code-unreadable": {
    edge: "BAD_REQUEST",
    iso: "CH16",
    en: "This QR code cannot be paid: it breaks the rule {rule}. Ask the receiver for another one.",
    "pt-BR": "Este QR code não pode ser pago: descumpre a regra {rule}. Peça outro ao recebedor.",
  },
  "pix-code-without-payment": {
    edge: "BAD_REQUEST",
    en: "This QR code asks for nothing to be paid now: it only offers an automatic debit.",
    "pt-BR": "Este QR code não pede pagamento agora: só oferece um débito automático.",
  },
  "pix-code-elsewhere": {
    edge: "NOT_FOUND",
    iso: "RC10",
    en: "The QR code's address {url} belongs to no bank of the consortium.",
    "pt-BR": "O endereço {url} do QR code não é de nenhum banco do consórcio.",
  },
  "pix-code-unverified": {
    edge: "PRECONDITION_FAILED",
    iso: "DS0G",
    en: "What bank {bank} answered to the QR code does not carry its signature. Nothing was moved.",
    "pt-BR": "A resposta do banco {bank} ao QR code não traz a assinatura dele. Nada foi movido.",
  },
  "pix-amount-missing": {
    edge: "BAD_REQUEST",
    iso: "AM12",
    en: "Say how much is to be paid.",
    "pt-BR": "Informe quanto deve ser pago.",
  },
  "pix-code-amount": {
    edge: "PRECONDITION_FAILED",
    iso: "BE17",
    en: "The QR code asks for {dueCentavos}. Nothing was moved: confirm this amount.",
    "pt-BR": "O QR code pede {dueCentavos}. Nada foi movido: confirme esse valor.",
  },
  "pix-payment-unknown": {
    edge: "NOT_FOUND",
    en: "This bank knows no PIX {endToEndId}. Check the end-to-end id.",
    "pt-BR": "Este banco não conhece o PIX {endToEndId}. Confira o identificador.",
  },
  "pix-refund-unknown": {
    edge: "NOT_FOUND",
    en: "The PIX {endToEndId} has no refund {id}.",
    "pt-BR": "O PIX {endToEndId} não tem a devolução {id}.",
  },
  "pix-refund-of-refund": {
    edge: "BAD_REQUEST",
    iso: "AG13",
    en: "{id} is a refund itself, and a refund is not refunded. Send a new PIX instead.",
    "pt-BR": "{id} já é uma devolução, e devolução não se devolve. Faça um novo PIX.",
  },
  "pix-refund-over-original": {
    edge: "PRECONDITION_FAILED",
    iso: "AM09",
    en: "Of the PIX {endToEndId} only {remainingCentavos} may still be refunded.",
    "pt-BR": "Do PIX {endToEndId} só podem ser devolvidos ainda {remainingCentavos}.",
  },
  "pix-refund-window-over": {
    edge: "PRECONDITION_FAILED",
    iso: "DT05",
    en: "A PIX can be refunded for {days} days, and {endToEndId} is older. Send a new PIX instead.",
    "pt-BR":
      "Um PIX pode ser devolvido por {days} dias, e {endToEndId} é mais antigo. Faça um novo PIX.",
  },
  "pix-refund-busy": {
    edge: "CONFLICT",
    en: "Another refund of the PIX {endToEndId} is being made. Try again in a moment.",
    "pt-BR": "Outra devolução do PIX {endToEndId} está sendo feita. Tente de novo em instantes.",
  },
  "pix-webhook-unknown": {
    edge: "NOT_FOUND",
    en: "Nobody is told of what the PIX key {key} receives: it has no webhook.",
    "pt-BR": "Ninguém é avisado do que a chave PIX {key} recebe: ela não tem webhook.",
  },
  "pix-charge-unknown": {
    edge: "NOT_FOUND",
    iso: "AC03",
    en: "Bank {bank} has no PIX charge {txid}. Ask the receiver for a new QR code.",
    "pt-BR": "O banco {bank} não tem a cobrança PIX {txid}. Peça um novo QR code ao recebedor.",
  },
  "pix-charge-closed": {
    edge: "PRECONDITION_FAILED",
    iso: "BE17",
    en: "The PIX charge {txid} was paid already or removed by the receiver. Nothing was moved.",
    "pt-BR": "A cobrança PIX {txid} já foi paga ou foi removida pelo recebedor. Nada foi movido.",
  },
  "pix-charge-busy": {
    edge: "CONFLICT",
    iso: "BE17",
    en: "Somebody else is paying the PIX charge {txid} at this moment. Nothing was moved here: look in a moment whether it is still open.",
    "pt-BR":
      "Outra pessoa está pagando a cobrança PIX {txid} neste momento. Nada foi movido aqui: veja em instantes se ainda está aberta.",
  },
  "pix-charge-expired": {
    edge: "PRECONDITION_FAILED",
    iso: "BE17",
    en: "The PIX charge {txid} cannot be paid any more: its time is over. Ask the receiver for a new one.",
    "pt-BR": "A cobrança PIX {txid} venceu e não pode mais ser paga. Peça uma nova ao recebedor.",
  },
  "pix-charge-amount": {
    edge: "PRECONDITION_FAILED",
    iso: "BE17",
    en: "The PIX charge {txid} is {dueCentavos} today. Nothing was moved: confirm this amount.",
    "pt-BR":
      "O valor da cobrança PIX {txid} hoje é {dueCentavos}. Nada foi movido: confirme esse valor.",
  },
  "pix-charge-terms": {
    edge: "BAD_REQUEST",
    en: "The terms of the charge make no sense: {fault}. Correct them.",
    "pt-BR": "As condições da cobrança não fazem sentido: {fault}. Corrija.",
  },
  "pix-charge-taken": {
    edge: "CONFLICT",
    en: "There is a charge {txid} already. Choose another txid, or change that charge.",
    "pt-BR": "Já existe a cobrança {txid}. Escolha outro txid ou altere aquela cobrança.",
  },
} as const satisfies Record<string, RefusalEntry>;
