import type { RefusalEntry } from "./entry.ts";

/** The directory of PIX keys, and sending to a key. */
export const pixKeysRefusals = {
  "pix-key-unreadable": {
    edge: "BAD_REQUEST",
    iso: "FF07",
    en: "This is no PIX key. Check it: CPF, CNPJ, phone with +55, e-mail or random key.",
    "pt-BR":
      "Isto não é uma chave PIX. Confira: CPF, CNPJ, telefone com +55, e-mail ou chave aleatória.",
  },
  "pix-key-unknown": {
    edge: "NOT_FOUND",
    iso: "AC03",
    en: "No bank of the consortium has the PIX key {key}. Check it with the payee.",
    "pt-BR": "Nenhum banco do consórcio tem a chave PIX {key}. Confira com o recebedor.",
  },
  "pix-key-taken": {
    edge: "CONFLICT",
    en: "The PIX key {key} is registered at bank {owner}. To bring it here, its holder asks that bank for portability, or claims it as the owner.",
    "pt-BR":
      "A chave PIX {key} está registrada no banco {owner}. Para trazê-la, o titular pede a portabilidade naquele banco ou reivindica a posse.",
  },
  "pix-key-busy": {
    edge: "CONFLICT",
    en: "The PIX key {key} is being changed right now. Try again in a moment.",
    "pt-BR": "A chave PIX {key} está sendo alterada neste momento. Tente de novo em instantes.",
  },
  "pix-key-changed": {
    edge: "PRECONDITION_FAILED",
    iso: "AC03",
    en: "The PIX key {key} does not point to that account any more. Nothing was moved: look the key up again.",
    "pt-BR":
      "A chave PIX {key} não aponta mais para aquela conta. Nada foi movido: consulte a chave de novo.",
  },
  "pix-key-behind": {
    edge: "SERVICE_UNAVAILABLE",
    en: "Bank {bank} has not caught up with the PIX key {key} yet. Try again in a moment.",
    "pt-BR":
      "O banco {bank} ainda não se atualizou sobre a chave PIX {key}. Tente de novo em instantes.",
  },
  "pix-key-not-held": {
    edge: "PRECONDITION_FAILED",
    en: "Bank {bank} does not hold the PIX key {key}. Only the bank that holds a key may change it.",
    "pt-BR": "O banco {bank} não tem a chave PIX {key}. Só o banco que tem a chave pode alterá-la.",
  },
  "pix-key-limit": {
    edge: "PRECONDITION_FAILED",
    en: "Account {account} already has {most} PIX keys, the most it may have. Remove one first.",
    "pt-BR": "A conta {account} já tem {most} chaves PIX, o máximo permitido. Remova uma antes.",
  },
  "pix-key-of-another": {
    edge: "PRECONDITION_FAILED",
    iso: "BE01",
    en: "A CPF or CNPJ is a PIX key only of its own holder, and {account} is not an account of this person.",
    "pt-BR": "CPF ou CNPJ só é chave PIX do próprio titular, e {account} não é conta desta pessoa.",
  },
  "pix-key-here": {
    edge: "CONFLICT",
    en: "The PIX key {key} points to this person's account {account} here. Move it instead.",
    "pt-BR":
      "A chave PIX {key} aponta para a conta {account} desta pessoa neste banco. Mova a chave.",
  },
  "pix-key-portable": {
    edge: "CONFLICT",
    en: "The PIX key {key} is this person's at bank {owner}. Ask for portability: open a claim on the page of PIX keys.",
    "pt-BR":
      "A chave PIX {key} é desta pessoa no banco {owner}. Peça a portabilidade: abra uma reivindicação na página de chaves PIX.",
  },
  "pix-key-of-other-person": {
    edge: "CONFLICT",
    en: "The PIX key {key} is registered for another person at bank {owner}. If it is this client's phone or e-mail now, claim its ownership on the page of PIX keys.",
    "pt-BR":
      "A chave PIX {key} está registrada para outra pessoa no banco {owner}. Se o telefone ou e-mail agora é deste cliente, reivindique a posse na página de chaves PIX.",
  },
  "pix-key-claimed": {
    edge: "CONFLICT",
    en: "The PIX key {key} is claimed by somebody else, so it can neither be moved nor removed. Answer the claim first.",
    "pt-BR":
      "A chave PIX {key} está em reivindicação e não pode ser movida nem excluída. Responda primeiro à reivindicação.",
  },
  "pix-claim-not-confirmed": {
    edge: "PRECONDITION_FAILED",
    en: "Bank {bank} has not confirmed the claim on the PIX key {key}.",
    "pt-BR": "O banco {bank} não confirmou a reivindicação da chave PIX {key}.",
  },
  "pix-claim-not-found": {
    edge: "NOT_FOUND",
    en: "There is no such claim at bank {bank}.",
    "pt-BR": "Não há esta reivindicação no banco {bank}.",
  },
  "pix-claim-open": {
    edge: "CONFLICT",
    en: "The PIX key {key} is already claimed. Wait until that claim has ended.",
    "pt-BR": "A chave PIX {key} já está em reivindicação. Espere essa reivindicação terminar.",
  },
  "pix-claim-needless": {
    edge: "CONFLICT",
    en: "The PIX key {key} cannot be claimed: nobody has it, or it is random, or a document of another person. Register it instead.",
    "pt-BR":
      "A chave PIX {key} não pode ser reivindicada: ninguém a tem, ou é aleatória, ou é documento de outra pessoa. Cadastre-a.",
  },
  "pix-claim-state": {
    edge: "CONFLICT",
    en: "The claim stands at {state}, where this is not possible.",
    "pt-BR": "A reivindicação está em {state}, e isto não é possível nesse estado.",
  },
  "pix-claim-period": {
    edge: "PRECONDITION_FAILED",
    en: "An ownership claim is confirmed only after {until}, so that the holder has time to object. It can be cancelled now.",
    "pt-BR":
      "Uma reivindicação de posse só é confirmada depois de {until}, para o titular poder contestar. Ela pode ser cancelada já.",
  },
  "pix-operation-malformed": {
    edge: "BAD_REQUEST",
    iso: "FF08",
    en: "The operation on the PIX key {key} is not one that a majority of the banks carries.",
    "pt-BR": "A operação sobre a chave PIX {key} não é levada pela maioria dos bancos.",
  },
  "pix-no-majority": {
    edge: "SERVICE_UNAVAILABLE",
    en: "Only {present} of {members} banks answer; a PIX key is changed by a majority. Try again when more are online.",
    "pt-BR":
      "Só {present} de {members} bancos respondem; uma chave PIX é alterada pela maioria. Tente de novo quando houver mais bancos online.",
  },
  "pix-lookups-exhausted": {
    edge: "TOO_MANY_REQUESTS",
    en: "Too many payees were looked up for account {account}. Wait a few minutes.",
    "pt-BR": "Foram consultados recebedores demais para a conta {account}. Espere alguns minutos.",
  },
  "pix-lookups-of-bank-exhausted": {
    edge: "TOO_MANY_REQUESTS",
    en: "Bank {bank} looked up more payees than it may at once. Wait a minute and try again.",
    "pt-BR":
      "O banco {bank} consultou mais recebedores do que pode de uma vez. Espere um minuto e tente de novo.",
  },
  "pix-payee-moved": {
    edge: "PRECONDITION_FAILED",
    iso: "AC03",
    en: "The PIX key {key} points to another account than the one confirmed. Nothing was moved: confirm the payee again.",
    "pt-BR":
      "A chave PIX {key} aponta para outra conta que não a confirmada. Nada foi movido: confirme o recebedor de novo.",
  },
  "pix-to-itself": {
    edge: "BAD_REQUEST",
    iso: "AG12",
    en: "Payer and payee are the same account. Choose another key.",
    "pt-BR": "Pagador e recebedor são a mesma conta. Escolha outra chave.",
  },
} as const satisfies Record<string, RefusalEntry>;
