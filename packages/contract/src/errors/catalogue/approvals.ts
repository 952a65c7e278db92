import type { RefusalEntry } from "./entry.ts";

/** What takes a second person. */
export const approvalsRefusals = {
  "request-open": {
    edge: "CONFLICT",
    en: "There is already an open request for transfer {id}. Decide it first.",
    "pt-BR": "Já há um pedido aberto para a transferência {id}. Decida-o primeiro.",
  },
  "request-not-open": {
    edge: "PRECONDITION_FAILED",
    en: "This request does not exist or was already decided.",
    "pt-BR": "Este pedido não existe ou já foi decidido.",
  },
  "own-request": {
    edge: "FORBIDDEN",
    en: "You made this request, so another person has to decide it.",
    "pt-BR": "Você fez este pedido, então outra pessoa precisa decidi-lo.",
  },
  "approval-needed": {
    edge: "PRECONDITION_FAILED",
    en: "This takes two persons at bank {bank}. Ask for an approval; a colleague decides it.",
    "pt-BR": "Isto exige duas pessoas no banco {bank}. Peça uma aprovação; um colega a decide.",
  },
  "approval-not-found": {
    edge: "NOT_FOUND",
    en: "This approval request does not exist at bank {bank}.",
    "pt-BR": "Este pedido de aprovação não existe no banco {bank}.",
  },
  "approval-open": {
    edge: "CONFLICT",
    en: "A request about the same thing is already open. Decide or withdraw it first.",
    "pt-BR": "Já há um pedido aberto sobre o mesmo assunto. Decida-o ou retire-o primeiro.",
  },
  "approval-changed": {
    edge: "CONFLICT",
    en: "What you read is not what was asked for. Read the request again before you decide.",
    "pt-BR": "O que você leu não é o que foi pedido. Leia o pedido de novo antes de decidir.",
  },
  "approval-expired": {
    edge: "PRECONDITION_FAILED",
    en: "This request has expired. Ask for it again.",
    "pt-BR": "Este pedido expirou. Faça-o de novo.",
  },
} as const satisfies Record<string, RefusalEntry>;
