import type { RefusalEntry } from "./entry.ts";

/** The commit between banks. */
export const commitRefusals = {
  "transfer-not-found": {
    edge: "NOT_FOUND",
    en: "There is no transfer {id} at bank {bank}.",
    "pt-BR": "Não há transferência {id} no banco {bank}.",
  },
  "unknown-bank": {
    edge: "BAD_REQUEST",
    iso: "DS27",
    en: "Bank {bank} is not a member of the consortium.",
    "pt-BR": "O banco {bank} não é membro do consórcio.",
  },
  "prepare-timeout": {
    edge: "TIMEOUT",
    iso: "AB03",
    en: "Not every bank answered in time, so nothing was moved. Try again when all are online.",
    "pt-BR":
      "Nem todos os bancos responderam a tempo, então nada foi movido. Tente de novo quando todos estiverem online.",
  },
  "banks-silent": {
    edge: "TIMEOUT",
    iso: "AB03",
    en: "No answer in time from {banks}, so nothing was moved. Try again when all banks are online.",
    "pt-BR":
      "Sem resposta a tempo de {banks}, então nada foi movido. Tente de novo quando todos os bancos estiverem online.",
  },
  "presumed-abort": {
    edge: "TIMEOUT",
    iso: "AB03",
    en: "The coordinating bank has no decision for this transfer, so it counts as given up. Nothing was moved.",
    "pt-BR":
      "O banco coordenador não tem decisão para esta transferência, então ela conta como abandonada. Nada foi movido.",
  },
  "aborted-by-register": {
    edge: "TIMEOUT",
    iso: "AB03",
    en: "The coordinating bank stopped in the middle, and the witnesses gave the transfer up. Nothing was moved.",
    "pt-BR":
      "O banco coordenador parou no meio, e as testemunhas abandonaram a transferência. Nada foi movido.",
  },
  "prepare-too-late": {
    edge: "TIMEOUT",
    iso: "AB09",
    en: "The request reached bank {bank} too late, so nothing was moved. Try again.",
    "pt-BR": "O pedido chegou tarde ao banco {bank}, então nada foi movido. Tente de novo.",
  },
  "transaction-misdated": {
    edge: "CONFLICT",
    iso: "AB09",
    en: "The clocks of bank {bank} and bank {coordinator} differ too much, so nothing was moved. Try again, and tell the operator if it goes on.",
    "pt-BR":
      "Os relógios do banco {bank} e do banco {coordinator} diferem demais, então nada foi movido. Tente de novo e avise o operador se continuar.",
  },
  "bank-recovering": {
    edge: "SERVICE_UNAVAILABLE",
    iso: "AB09",
    en: "Bank {bank} is recovering and does not take part in new transfers yet. Try again in a moment.",
    "pt-BR":
      "O banco {bank} está se recuperando e ainda não participa de novas transferências. Tente de novo em instantes.",
  },
  "bank-draining": {
    edge: "SERVICE_UNAVAILABLE",
    iso: "AB09",
    en: "Bank {bank} is being stopped and takes no new transfers. Try again later.",
    "pt-BR":
      "O banco {bank} está sendo desligado e não aceita novas transferências. Tente de novo mais tarde.",
  },
  "peer-exposure": {
    edge: "TOO_MANY_REQUESTS",
    iso: "AM02",
    en: "Bank {bank} already holds as much for bank {coordinator} as it allows. Wait until some of its transfers are decided.",
    "pt-BR":
      "O banco {bank} já reserva para o banco {coordinator} tudo o que permite. Espere que algumas transferências dele sejam decididas.",
  },
  "other-decider": {
    edge: "PRECONDITION_FAILED",
    en: "Bank {coordinator} wanted other banks to decide than the manifest of bank {bank} names. Compare the manifests of both banks.",
    "pt-BR":
      "O banco {coordinator} indicou, para decidir, outros bancos que não os do manifesto do banco {bank}. Comparem os manifestos dos dois bancos.",
  },
  "too-many-branches": {
    edge: "PRECONDITION_FAILED",
    iso: "AG03",
    en: "Bank {bank} takes part in transfers of at most {most} banks. Split the transfer.",
    "pt-BR":
      "O banco {bank} participa de transferências de no máximo {most} bancos. Divida a transferência.",
  },
  "not-in-doubt": {
    edge: "PRECONDITION_FAILED",
    en: "Transfer {id} is not in doubt at bank {bank}; there is nothing to force.",
    "pt-BR":
      "A transferência {id} não está pendente de decisão no banco {bank}; não há o que forçar.",
  },
  "truth-available": {
    edge: "PRECONDITION_FAILED",
    en: "{banks} can still tell the outcome. Wait for the decision: it must not be forced.",
    "pt-BR":
      "{banks} ainda podem informar o resultado. Espere a decisão: ela não pode ser forçada.",
  },
  "inquired-before-prepare": {
    edge: "CONFLICT",
    iso: "AB09",
    en: "Another bank asked about this transfer before bank {bank} had voted, so it was given up. Nothing was moved.",
    "pt-BR":
      "Outro banco perguntou por esta transferência antes do voto do banco {bank}, então ela foi abandonada. Nada foi movido.",
  },
  refused: {
    edge: "PRECONDITION_FAILED",
    iso: "ED05",
    en: "Bank {bank} refused ({reason}). Nothing was moved.",
    "pt-BR": "O banco {bank} recusou ({reason}). Nada foi movido.",
  },
  "bank-unreachable": {
    edge: "SERVICE_UNAVAILABLE",
    en: "Bank {bank} does not answer now. Try again when it is online.",
    "pt-BR": "O banco {bank} não responde agora. Tente de novo quando ele estiver online.",
  },
  "outcome-unknown": {
    edge: "SERVICE_UNAVAILABLE",
    en: "It is not known yet whether this was done. Ask again with the same key.",
    "pt-BR": "Ainda não se sabe se isto foi feito. Pergunte de novo com a mesma chave.",
  },
} as const satisfies Record<string, RefusalEntry>;
