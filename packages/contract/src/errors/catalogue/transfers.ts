import type { RefusalEntry } from "./entry.ts";

/** Moving money, and plans to. */
export const transfersRefusals = {
  "same-account-both-sides": {
    edge: "BAD_REQUEST",
    en: "Account {account} at bank {bank} is on both sides. Choose another account on one of them.",
    "pt-BR": "A conta {account} do banco {bank} está nos dois lados. Escolha outra em um deles.",
  },
  "amount-not-positive": {
    edge: "BAD_REQUEST",
    iso: "AM01",
    en: "Every amount must be more than zero.",
    "pt-BR": "Todo valor deve ser maior que zero.",
  },
  "amount-too-large": {
    edge: "BAD_REQUEST",
    iso: "AM02",
    en: "The amount is larger than the system can keep.",
    "pt-BR": "O valor é maior do que o sistema pode guardar.",
  },
  unbalanced: {
    edge: "BAD_REQUEST",
    iso: "AM12",
    en: "What leaves the accounts differs from what arrives by {differenceCentavos}. Make both sides equal.",
    "pt-BR":
      "O que sai das contas difere do que chega em {differenceCentavos}. Iguale os dois lados.",
  },
  "no-legs": {
    edge: "BAD_REQUEST",
    en: "A posting needs at least one account on each side.",
    "pt-BR": "Um lançamento precisa de ao menos uma conta de cada lado.",
  },
  "idempotency-conflict": {
    edge: "CONFLICT",
    en: "This idempotency key was used for another request (they differ in {differsIn}). Use a new key for a new request.",
    "pt-BR":
      "Esta chave de idempotência já foi usada em outro pedido (diferem em {differsIn}). Use uma chave nova para um pedido novo.",
  },
  "posting-not-found": {
    edge: "NOT_FOUND",
    en: "There is no cash operation {posting} at bank {bank}.",
    "pt-BR": "Não há operação de caixa {posting} no banco {bank}.",
  },
  "already-reversed": {
    edge: "PRECONDITION_FAILED",
    en: "{id} was already reversed, or is a reversal itself.",
    "pt-BR": "{id} já foi estornada, ou é ela mesma um estorno.",
  },
  "not-reversible": {
    edge: "PRECONDITION_FAILED",
    en: "Transfer {id} moved nothing yet, so there is nothing to take back.",
    "pt-BR": "A transferência {id} ainda não moveu nada; não há o que estornar.",
  },
  "retry-window-over": {
    edge: "PRECONDITION_FAILED",
    en: "The bank was away when this was due, and its retry window is over. Make the transfer by hand if it is still wanted.",
    "pt-BR":
      "O banco estava fora do ar no horário marcado e o prazo de novas tentativas acabou. Faça a transferência manualmente, se ainda for desejada.",
  },
  "plan-not-found": {
    edge: "NOT_FOUND",
    en: "This scheduled transfer does not exist.",
    "pt-BR": "Esta transferência agendada não existe.",
  },
  "plan-not-active": {
    edge: "PRECONDITION_FAILED",
    en: "This scheduled transfer has ended or was cancelled already.",
    "pt-BR": "Esta transferência agendada já terminou ou foi cancelada.",
  },
  "template-not-found": {
    edge: "NOT_FOUND",
    en: "This template does not exist any more.",
    "pt-BR": "Este modelo não existe mais.",
  },
} as const satisfies Record<string, RefusalEntry>;
