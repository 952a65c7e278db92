import type { RefusalEntry } from "./entry.ts";

/** Accounts: what they allow and what they hold. */
export const accountsRefusals = {
  "account-not-found": {
    edge: "NOT_FOUND",
    iso: "AC03",
    en: "There is no account {account} at bank {bank}. Check the number and its check digit.",
    "pt-BR": "Não há conta {account} no banco {bank}. Confira o número e o dígito.",
  },
  "account-closed": {
    edge: "PRECONDITION_FAILED",
    iso: "AC07",
    en: "Account {account} at bank {bank} is closed. Use another account.",
    "pt-BR": "A conta {account} do banco {bank} está encerrada. Use outra conta.",
  },
  "debits-blocked": {
    edge: "PRECONDITION_FAILED",
    iso: "AC06",
    en: "Account {account} at bank {bank} is blocked for debits.",
    "pt-BR": "A conta {account} do banco {bank} está bloqueada para débitos.",
  },
  "credits-blocked": {
    edge: "PRECONDITION_FAILED",
    iso: "AC06",
    en: "Account {account} at bank {bank} is blocked for credits.",
    "pt-BR": "A conta {account} do banco {bank} está bloqueada para créditos.",
  },
  "insufficient-funds": {
    edge: "PRECONDITION_FAILED",
    iso: "AM04",
    en: "Account {account} at bank {bank} lacks {missingCentavos}: {availableCentavos} is available.",
    "pt-BR":
      "Faltam {missingCentavos} na conta {account} do banco {bank}: há {availableCentavos} disponíveis.",
  },
  "limit-exceeded": {
    edge: "PRECONDITION_FAILED",
    iso: "AM02",
    en: "The limit of account {account} at bank {bank} ({period}: {limitCentavos}) leaves {leftCentavos}. Take less, wait for the next period, or ask for a higher limit.",
    "pt-BR":
      "O limite da conta {account} do banco {bank} ({periodPt}: {limitCentavos}) deixa {leftCentavos}. Use um valor menor, espere o próximo período ou peça um limite maior.",
  },
  "second-signature-needed": {
    edge: "PRECONDITION_FAILED",
    en: "Both holders sign for account {account} at bank {bank}. Ask for the debit there, and let the second holder confirm it.",
    "pt-BR":
      "A conta {account} do banco {bank} exige a assinatura dos dois titulares. Peça o débito nesse banco e deixe o segundo titular confirmar.",
  },
  "ceiling-exceeded": {
    edge: "PRECONDITION_FAILED",
    iso: "AM02",
    en: "Account {account} at bank {bank} would pass its maximum balance by {excessCentavos}; it has room for {roomCentavos}.",
    "pt-BR":
      "A conta {account} do banco {bank} passaria do saldo máximo em {excessCentavos}; cabem {roomCentavos}.",
  },
  "account-number-taken": {
    edge: "CONFLICT",
    en: "Bank {bank} already has an account {account}. Choose another number, or leave it to the bank.",
    "pt-BR":
      "O banco {bank} já tem a conta {account}. Escolha outro número ou deixe a critério do banco.",
  },
  "account-number-invalid": {
    edge: "BAD_REQUEST",
    iso: "AC01",
    en: "{account} is not an account number: the check digit does not fit. Check each digit.",
    "pt-BR": "{account} não é um número de conta: o dígito não confere. Confira cada dígito.",
  },
  "account-not-empty": {
    edge: "PRECONDITION_FAILED",
    en: "Account {account} still has {balanceCentavos}. Name an account for the payout, or bring it to zero first.",
    "pt-BR":
      "A conta {account} ainda tem {balanceCentavos}. Indique uma conta para receber o saldo ou zere-a antes.",
  },
  "account-has-holds": {
    edge: "PRECONDITION_FAILED",
    en: "Account {account} has money promised to transfers that are not decided yet. Close it when they are.",
    "pt-BR":
      "A conta {account} tem valores reservados por transferências sem decisão. Encerre-a depois delas.",
  },
  "account-active": {
    edge: "PRECONDITION_FAILED",
    en: "Account {account} is not closed; there is nothing to reopen.",
    "pt-BR": "A conta {account} não está encerrada; não há o que reabrir.",
  },
  "overdraft-in-use": {
    edge: "PRECONDITION_FAILED",
    en: "Account {account} uses {usedCentavos} of its overdraft, so it cannot be lowered below that.",
    "pt-BR":
      "A conta {account} usa {usedCentavos} do cheque especial, que não pode ficar abaixo disso.",
  },
  "ceiling-below-balance": {
    edge: "PRECONDITION_FAILED",
    en: "Account {account} holds {balanceCentavos}, more than the new maximum balance.",
    "pt-BR": "A conta {account} tem {balanceCentavos}, mais do que o novo saldo máximo.",
  },
  "not-a-holder": {
    edge: "FORBIDDEN",
    en: "This person is not a holder of account {account}. Only a holder may ask for a debit.",
    "pt-BR": "Esta pessoa não é titular da conta {account}. Só um titular pode pedir um débito.",
  },
  "same-holder": {
    edge: "FORBIDDEN",
    en: "The holder who asked cannot also confirm. The other holder of account {account} signs.",
    "pt-BR":
      "O titular que pediu não pode também confirmar. Quem assina é o outro titular da conta {account}.",
  },
  "debit-not-found": {
    edge: "NOT_FOUND",
    en: "This request for a debit does not exist.",
    "pt-BR": "Este pedido de débito não existe.",
  },
  "debit-not-open": {
    edge: "PRECONDITION_FAILED",
    en: "This request for a debit was already decided.",
    "pt-BR": "Este pedido de débito já foi decidido.",
  },
  "request-not-of-account": {
    edge: "BAD_REQUEST",
    en: "The request takes nothing from account {account}. Name the account that pays.",
    "pt-BR": "O pedido não tira nada da conta {account}. Indique a conta que paga.",
  },
  "joint-needs-two-holders": {
    edge: "BAD_REQUEST",
    en: "A joint account has two different holders, every other kind has one.",
    "pt-BR": "A conta conjunta tem dois titulares diferentes; as outras têm um.",
  },
  "kind-needs-company": {
    edge: "BAD_REQUEST",
    en: "A business account belongs to a company; checking, savings and joint accounts belong to individuals.",
    "pt-BR":
      "A conta empresarial é de pessoa jurídica; corrente, poupança e conjunta são de pessoas físicas.",
  },
} as const satisfies Record<string, RefusalEntry>;
