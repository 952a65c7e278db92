import type { RefusalEntry } from "./entry.ts";

/** PIX by agreement: orders, mandates, requests to pay, special returns. */
export const pixAgreementsRefusals = {
  "pix-date-past": {
    edge: "BAD_REQUEST",
    iso: "DT02",
    en: "A PIX is ordered for a day from tomorrow on. For today, send it now.",
    "pt-BR": "Um PIX é agendado para uma data a partir de amanhã. Para hoje, envie agora.",
  },
  "pix-schedule-not-found": {
    edge: "NOT_FOUND",
    en: "There is no such ordered PIX at this bank.",
    "pt-BR": "Não há este PIX agendado neste banco.",
  },
  "pix-schedule-ended": {
    edge: "CONFLICT",
    en: "This order has ended already: it was paid, failed or was cancelled.",
    "pt-BR": "Este agendamento já terminou: foi pago, falhou ou foi cancelado.",
  },
  "pix-schedule-due": {
    edge: "CONFLICT",
    en: "It is due today; an order can be cancelled until the day before.",
    "pt-BR": "O PIX é para hoje; um agendamento pode ser cancelado até a véspera.",
  },
  "pix-mandate-not-found": {
    edge: "NOT_FOUND",
    en: "There is no such mandate at bank {bank}.",
    "pt-BR": "Não há esta autorização de débito no banco {bank}.",
  },
  "pix-mandate-state": {
    edge: "CONFLICT",
    en: "The mandate stands at {state}, where this is not possible.",
    "pt-BR": "A autorização está em {state}, e isto não é possível nesse estado.",
  },
  "mandate-amount": {
    edge: "PRECONDITION_FAILED",
    iso: "AM02",
    en: "The amount is not what the payer allowed. Charge the fixed amount, or at most the ceiling.",
    "pt-BR": "O valor não é o que o pagador autorizou. Cobre o valor fixo ou no máximo o teto.",
  },
  "mandate-period": {
    edge: "PRECONDITION_FAILED",
    iso: "DT02",
    en: "The date is outside the period that the payer allowed.",
    "pt-BR": "A data está fora do período que o pagador autorizou.",
  },
  "mandate-cycle": {
    edge: "CONFLICT",
    en: "There is a charge for this period already; the payer allowed one.",
    "pt-BR": "Já há uma cobrança neste período; o pagador autorizou uma.",
  },
  "mandate-ahead": {
    edge: "PRECONDITION_FAILED",
    iso: "DT02",
    en: "A charge is sent {least} to {most} days before its date, so that the payer can object.",
    "pt-BR":
      "A cobrança é enviada de {least} a {most} dias antes da data, para o pagador poder recusar.",
  },
  "pix-request-not-found": {
    edge: "NOT_FOUND",
    en: "There is no such request to pay at bank {bank}.",
    "pt-BR": "Não há este pedido de pagamento no banco {bank}.",
  },
  "pix-request-state": {
    edge: "CONFLICT",
    en: "The request stands at {state}, where this is not possible.",
    "pt-BR": "O pedido está em {state}, e isto não é possível nesse estado.",
  },
  "pix-payment-not-found": {
    edge: "NOT_FOUND",
    en: "Account {account} sent no PIX {endToEndId}. Check the end-to-end id on the receipt.",
    "pt-BR":
      "A conta {account} não enviou o PIX {endToEndId}. Confira o identificador no comprovante.",
  },
  "pix-return-nothing-left": {
    edge: "PRECONDITION_FAILED",
    iso: "AM09",
    en: "The PIX {endToEndId} was given back whole already; there is nothing left to ask for.",
    "pt-BR": "O PIX {endToEndId} já foi devolvido por inteiro; não resta nada a pedir.",
  },
  "pix-return-late": {
    edge: "PRECONDITION_FAILED",
    iso: "DT05",
    en: "A fraud is reported within {days} days of the PIX.",
    "pt-BR": "Uma fraude é comunicada em até {days} dias do PIX.",
  },
  "pix-return-open": {
    edge: "CONFLICT",
    en: "This PIX was reported already. See what became of it among the special returns.",
    "pt-BR": "Este PIX já foi contestado. Veja o andamento nas devoluções especiais.",
  },
  "pix-return-not-found": {
    edge: "NOT_FOUND",
    en: "There is no such special return at bank {bank}.",
    "pt-BR": "Não há esta devolução especial no banco {bank}.",
  },
  "pix-return-state": {
    edge: "CONFLICT",
    en: "It stands at {state}: nothing is left to decide.",
    "pt-BR": "Está em {state}: não há o que decidir.",
  },
} as const satisfies Record<string, RefusalEntry>;
