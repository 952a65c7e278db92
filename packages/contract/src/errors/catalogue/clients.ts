import type { RefusalEntry } from "./entry.ts";

/** Clients and their tax ids. */
export const clientsRefusals = {
  "client-not-found": {
    edge: "NOT_FOUND",
    en: "This client does not exist at bank {bank}. Search for it by name, CPF or CNPJ.",
    "pt-BR": "Este cliente não existe no banco {bank}. Procure pelo nome, CPF ou CNPJ.",
  },
  "tax-id-invalid": {
    edge: "BAD_REQUEST",
    iso: "CH11",
    en: "This CPF or CNPJ is not valid: {reason}.",
    "pt-BR": "Este CPF ou CNPJ não é válido: {reasonPt}.",
  },
  "tax-id-taken": {
    edge: "CONFLICT",
    en: "Bank {bank} already has a client with this CPF or CNPJ. Open the client instead of creating it again.",
    "pt-BR":
      "O banco {bank} já tem um cliente com este CPF ou CNPJ. Abra o cliente em vez de criá-lo de novo.",
  },
  "representatives-of-company": {
    edge: "BAD_REQUEST",
    en: "Only a company has legal representatives, and each of them is a person with a CPF.",
    "pt-BR": "Só pessoa jurídica tem representantes legais, e cada um é uma pessoa com CPF.",
  },
  "changed-meanwhile": {
    edge: "CONFLICT",
    en: "Somebody else changed this meanwhile (it is at version {version} now). Load it again and repeat your change.",
    "pt-BR":
      "Outra pessoa alterou isto nesse meio-tempo (agora na versão {version}). Recarregue e repita a alteração.",
  },
  "client-inactive": {
    edge: "PRECONDITION_FAILED",
    en: "This client of bank {bank} is not active. Make the client active again first.",
    "pt-BR": "Este cliente do banco {bank} não está ativo. Reative o cliente antes.",
  },
} as const satisfies Record<string, RefusalEntry>;
