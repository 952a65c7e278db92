import type { RefusalEntry } from "./entry.ts";

/** Reports, settlement, exports, webhooks and long work. */
export const reportsAndJobsRefusals = {
  "job-not-found": {
    edge: "NOT_FOUND",
    en: "This job does not exist.",
    "pt-BR": "Este trabalho não existe.",
  },
  "job-ended": {
    edge: "PRECONDITION_FAILED",
    en: "This job has ended already; there is nothing to cancel.",
    "pt-BR": "Este trabalho já terminou; não há o que cancelar.",
  },
  "export-not-ready": {
    edge: "PRECONDITION_FAILED",
    en: "This part of the export has not been written yet. Wait until the job is done.",
    "pt-BR": "Esta parte da exportação ainda não foi escrita. Espere o trabalho terminar.",
  },
  "export-expired": {
    edge: "PRECONDITION_FAILED",
    en: "The files of this export were kept for {days} days and are gone. Export again.",
    "pt-BR":
      "Os arquivos desta exportação ficaram guardados por {days} dias e não existem mais. Exporte de novo.",
  },
  "export-too-large": {
    edge: "BAD_REQUEST",
    en: "That would be {lines} lines, more than one export may hold. Narrow the filter or ask for fewer days.",
    "pt-BR":
      "Seriam {lines} linhas, mais do que cabe em uma exportação. Restrinja o filtro ou peça menos dias.",
  },
  "import-line-unreadable": {
    edge: "BAD_REQUEST",
    en: "Line {line} cannot be read. The columns are from, to, amount, purpose; accounts as bank/number, amounts above zero; at most 500 lines.",
    "pt-BR":
      "A linha {line} não pôde ser lida. As colunas são from, to, amount, purpose; contas como banco/número, valores acima de zero; no máximo 500 linhas.",
  },
  "period-backwards": {
    edge: "BAD_REQUEST",
    en: "The period must end after it begins, within a hundred years.",
    "pt-BR": "O período precisa terminar depois de começar, em no máximo cem anos.",
  },
  "format-not-for-report": {
    edge: "BAD_REQUEST",
    en: "OFX exists for statements of accounts only. Choose another format.",
    "pt-BR": "OFX existe só para extratos de contas. Escolha outro formato.",
  },
  "settlement-open": {
    edge: "PRECONDITION_FAILED",
    en: "The banks' positions do not sum to zero yet: transfers are on their way. Settle again in a moment.",
    "pt-BR":
      "As posições dos bancos ainda não somam zero: há transferências em andamento. Liquide de novo em instantes.",
  },
  "nothing-to-settle": {
    edge: "PRECONDITION_FAILED",
    en: "Every bank's position is zero: there is nothing to settle.",
    "pt-BR": "A posição de todos os bancos é zero: não há o que liquidar.",
  },
  "position-moved": {
    edge: "PRECONDITION_FAILED",
    en: "The position of bank {bank} has changed since the settlement was made up. Settle again.",
    "pt-BR":
      "A posição do banco {bank} mudou desde que a liquidação foi preparada. Liquide de novo.",
  },
  "settlement-not-found": {
    edge: "NOT_FOUND",
    en: "There is no settlement {id} at bank {bank}.",
    "pt-BR": "Não há liquidação {id} no banco {bank}.",
  },
  "webhook-url-not-allowed": {
    edge: "PRECONDITION_FAILED",
    en: "The operator of this bank has not allowed this address for webhooks. Ask the operator to add it.",
    "pt-BR":
      "O operador deste banco não permitiu este endereço para webhooks. Peça ao operador que o inclua.",
  },
  "webhook-not-found": {
    edge: "NOT_FOUND",
    en: "There is no such webhook at this bank, or it was removed.",
    "pt-BR": "Este webhook não existe neste banco ou foi removido.",
  },
  "too-many-webhooks": {
    edge: "PRECONDITION_FAILED",
    en: "This bank has as many webhooks as it may have. Remove one that nobody needs.",
    "pt-BR": "Este banco já tem todos os webhooks que pode ter. Remova um que ninguém use.",
  },
} as const satisfies Record<string, RefusalEntry>;
