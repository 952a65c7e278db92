import type { RefusalEntry } from "./entry.ts";

/** Loans and interest. */
export const loansAndInterestRefusals = {
  "not-a-loan": {
    edge: "NOT_FOUND",
    en: "{account} is not a loan of bank {bank}. Check the number, or look it up among the loans.",
    "pt-BR": "{account} não é um empréstimo do banco {bank}. Confira o número ou procure na lista.",
  },
  "loan-account": {
    edge: "PRECONDITION_FAILED",
    en: "{account} is the account of a loan: only payments reach it. Choose another account.",
    "pt-BR": "{account} é a conta de um empréstimo e só recebe pagamentos. Escolha outra conta.",
  },
  "loan-overpaid": {
    edge: "PRECONDITION_FAILED",
    iso: "AM12",
    en: "This pays more than is owed on loan {account}: {debtCentavos} at most.",
    "pt-BR": "O pagamento passa do que se deve no empréstimo {account}: no máximo {debtCentavos}.",
  },
  "loan-paid": {
    edge: "PRECONDITION_FAILED",
    en: "Nothing is owed on loan {account} any more.",
    "pt-BR": "Não se deve mais nada no empréstimo {account}.",
  },
  "check-already-used": {
    edge: "CONFLICT",
    en: "Check {check} of {drawer} was used before. A check pays once: ask for another one.",
    "pt-BR": "O cheque {check} de {drawer} já foi usado. Um cheque paga uma vez: peça outro.",
  },
  "rate-not-positive": {
    edge: "BAD_REQUEST",
    en: "A rate must be more than zero.",
    "pt-BR": "A taxa precisa ser maior que zero.",
  },
  "rate-too-high": {
    edge: "BAD_REQUEST",
    en: "A rate may be 100 % a month at most.",
    "pt-BR": "A taxa pode ser de no máximo 100 % ao mês.",
  },
  "rate-not-set": {
    edge: "PRECONDITION_FAILED",
    en: "No interest rate holds in {month}. Set one first.",
    "pt-BR": "Nenhuma taxa de juros vale em {month}. Defina uma antes.",
  },
  "rate-in-the-past": {
    edge: "PRECONDITION_FAILED",
    en: "Interest is posted until {until} already, and what is posted does not change. Choose a day from then on.",
    "pt-BR":
      "Os juros já foram lançados até {until}, e o que foi lançado não muda. Escolha um dia a partir daí.",
  },
  "rate-already-set": {
    edge: "CONFLICT",
    en: "A rate for {since} was set before. Choose another day.",
    "pt-BR": "Já foi definida uma taxa para {since}. Escolha outro dia.",
  },
  "month-not-over": {
    edge: "PRECONDITION_FAILED",
    en: "{month} is not over yet: interest is posted once the month has ended.",
    "pt-BR": "{month} ainda não acabou: os juros são lançados depois do fim do mês.",
  },
  "interest-already-applied": {
    edge: "CONFLICT",
    en: "Account {account} has had interest for the time from {from} already. A time bears interest once.",
    "pt-BR":
      "A conta {account} já recebeu juros pelo período desde {from}. Um período rende juros uma vez.",
  },
  "interest-too-small": {
    edge: "PRECONDITION_FAILED",
    en: "On a balance of {balanceCentavos} this comes to less than one centavo: there is nothing to post.",
    "pt-BR":
      "Sobre um saldo de {balanceCentavos} isto dá menos de um centavo: não há o que lançar.",
  },
  "first-due-too-early": {
    edge: "BAD_REQUEST",
    en: "The first installment falls due after today at the earliest. Choose a later day.",
    "pt-BR": "A primeira parcela vence a partir de amanhã. Escolha um dia posterior.",
  },
} as const satisfies Record<string, RefusalEntry>;
