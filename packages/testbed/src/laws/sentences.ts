import { formatReais } from "@pacto/banking";
import type { Locale } from "@pacto/contract";
import type { Violation } from "./law.ts";

interface Sentence {
  readonly en: string;
  readonly "pt-BR": string;
}

/** What each violation means, for who must find its cause. Details in `{}`. */
const sentences = {
  "posting-unbalanced": {
    en: "Posting {posting} does not sum to zero: {differenceCentavos} is over.",
    "pt-BR": "O lançamento {posting} não soma zero: sobram {differenceCentavos}.",
  },
  "posting-without-entries": {
    en: "Posting {posting} has no entries.",
    "pt-BR": "O lançamento {posting} não tem partidas.",
  },
  "entry-without-posting": {
    en: "Entry {version} of account {account} names posting {posting}, which does not exist.",
    "pt-BR": "A partida {version} da conta {account} cita o lançamento {posting}, que não existe.",
  },
  "entry-discontinuous": {
    en: "Entry {version} of account {account}: {beforeCentavos} and {amountCentavos} do not give {afterCentavos}.",
    "pt-BR":
      "Partida {version} da conta {account}: {beforeCentavos} e {amountCentavos} não dão {afterCentavos}.",
  },
  "balance-not-entries": {
    en: "Account {account} has a balance of {ledgerCentavos}, but its entries sum to {entriesCentavos}.",
    "pt-BR":
      "A conta {account} tem saldo de {ledgerCentavos}, mas suas partidas somam {entriesCentavos}.",
  },
  "version-gap": {
    en: "Account {account} has an entry {version} where {expected} was due: one is missing.",
    "pt-BR": "A conta {account} tem a partida {version} onde devia estar a {expected}: falta uma.",
  },
  "version-not-entries": {
    en: "Account {account} is at version {version}, but has {entries} entries.",
    "pt-BR": "A conta {account} está na versão {version}, mas tem {entries} partidas.",
  },
  "entry-below-floor": {
    en: "Entry {version} of account {account} left {balanceCentavos}, below its floor of {floorCentavos}.",
    "pt-BR":
      "A partida {version} da conta {account} deixou {balanceCentavos}, abaixo do piso de {floorCentavos}.",
  },
  "entry-above-ceiling": {
    en: "Entry {version} of account {account} left {balanceCentavos}, above its ceiling of {ceilingCentavos}.",
    "pt-BR":
      "A partida {version} da conta {account} deixou {balanceCentavos}, acima do teto de {ceilingCentavos}.",
  },
  "available-negative": {
    en: "Account {account} has promised more than it has: {availableCentavos} is available.",
    "pt-BR": "A conta {account} prometeu mais do que tem: {availableCentavos} disponíveis.",
  },
  "incoming-above-ceiling": {
    en: "Account {account} with what is on its way reaches {balanceCentavos}, above its ceiling of {ceilingCentavos}.",
    "pt-BR":
      "A conta {account}, com o que está a caminho, chega a {balanceCentavos}, acima do teto de {ceilingCentavos}.",
  },
  "promise-negative": {
    en: "Account {account} has a negative promise: held {heldCentavos}, incoming {incomingCentavos}.",
    "pt-BR":
      "A conta {account} tem promessa negativa: reservado {heldCentavos}, a receber {incomingCentavos}.",
  },
  "held-not-holds": {
    en: "Account {account} shows {heldCentavos} held, but its open holds sum to {holdsCentavos}.",
    "pt-BR":
      "A conta {account} mostra {heldCentavos} reservados, mas suas reservas abertas somam {holdsCentavos}.",
  },
  "incoming-not-holds": {
    en: "Account {account} shows {incomingCentavos} incoming, but its open holds sum to {holdsCentavos}.",
    "pt-BR":
      "A conta {account} mostra {incomingCentavos} a receber, mas suas reservas abertas somam {holdsCentavos}.",
  },
  "hold-without-transaction": {
    en: "A hold ({status}) on account {account} names transaction {transaction}, which this bank does not know.",
    "pt-BR":
      "Uma reserva ({status}) na conta {account} cita a transação {transaction}, que este banco não conhece.",
  },
  "hold-against-decision": {
    en: "The hold of transaction {transaction} on account {account} is {status}, while the transaction is {state} here.",
    "pt-BR":
      "A reserva da transação {transaction} na conta {account} está {status}, e a transação está {state} aqui.",
  },
  "holds-unbalanced": {
    en: "The holds of transaction {transaction} differ by {differenceCentavos} between debits and credits.",
    "pt-BR":
      "As reservas da transação {transaction} diferem em {differenceCentavos} entre débitos e créditos.",
  },
  "promise-without-hold": {
    en: "This bank voted yes on transaction {transaction} and holds nothing for it.",
    "pt-BR": "Este banco votou sim na transação {transaction} e não reserva nada para ela.",
  },
  "key-used-twice": {
    en: "Key {key} of {scope} was used {times} times.",
    "pt-BR": "A chave {key} de {scope} foi usada {times} vezes.",
  },
  "posted-twice": {
    en: "Transaction {transaction} was posted {times} times.",
    "pt-BR": "A transação {transaction} foi lançada {times} vezes.",
  },
  "posted-without-commit": {
    en: "Posting {posting} belongs to transaction {transaction}, which is {state} here, not committed.",
    "pt-BR":
      "O lançamento {posting} é da transação {transaction}, que está {state} aqui, não efetivada.",
  },
  "known-twice": {
    en: "Transaction {transaction} has {times} rows here: a bank is its coordinator or a participant.",
    "pt-BR":
      "A transação {transaction} tem {times} registros aqui: um banco coordena ou participa.",
  },
  "applied-not-held": {
    en: "Transaction {transaction} applied {appliedCentavos} to account {account}, but had held {heldCentavos}.",
    "pt-BR":
      "A transação {transaction} aplicou {appliedCentavos} na conta {account}, mas reservara {heldCentavos}.",
  },
  "posting-without-key": {
    en: "Posting {posting} ({kind}) is the result of no key.",
    "pt-BR": "O lançamento {posting} ({kind}) não é resultado de nenhuma chave.",
  },
  "opened-twice": {
    en: "Account {account} has {times} opening deposits.",
    "pt-BR": "A conta {account} tem {times} depósitos de abertura.",
  },
  "result-shared": {
    en: "{times} keys claim the same result {result}.",
    "pt-BR": "{times} chaves dizem ter o mesmo resultado {result}.",
  },
  "result-missing": {
    en: "Key {key} of {scope} says that {result} was done, which is not in the books.",
    "pt-BR": "A chave {key} de {scope} diz que {result} foi feito, o que não está nos livros.",
  },
  "outcomes-differ": {
    en: "Transaction {transaction} is committed at {committedAt} and aborted at {abortedAt}.",
    "pt-BR": "A transação {transaction} está efetivada em {committedAt} e desfeita em {abortedAt}.",
  },
  "descriptors-differ": {
    en: "Banks {banks} know transaction {transaction} by different descriptors.",
    "pt-BR": "Os bancos {banks} conhecem a transação {transaction} por descrições diferentes.",
  },
  "branch-not-in-descriptor": {
    en: "This bank has a branch of transaction {transaction}, whose descriptor does not name it.",
    "pt-BR": "Este banco tem um ramo da transação {transaction}, cuja descrição não o cita.",
  },
  "begin-row-missing": {
    en: "Another bank has voted on transaction {transaction}, which this bank, its coordinator, does not know.",
    "pt-BR":
      "Outro banco votou na transação {transaction}, que este banco, o coordenador, não conhece.",
  },
  "branch-missing": {
    en: "Transaction {transaction} is committed elsewhere, and this bank does not know it.",
    "pt-BR": "A transação {transaction} está efetivada em outro banco, e este não a conhece.",
  },
  "aborted-elsewhere-committed": {
    en: "Transaction {transaction} is committed elsewhere and aborted here.",
    "pt-BR": "A transação {transaction} está efetivada em outro banco e desfeita aqui.",
  },
  "settled-too-early": {
    en: "Transaction {transaction} counts as settled at its coordinator, but is {state} here.",
    "pt-BR": "A transação {transaction} consta liquidada no coordenador, mas está {state} aqui.",
  },
  "descriptor-unbalanced": {
    en: "The branches of transaction {transaction} do not sum to zero: {differenceCentavos} is over.",
    "pt-BR": "Os ramos da transação {transaction} não somam zero: sobram {differenceCentavos}.",
  },
  "share-not-as-agreed": {
    en: "Of transaction {transaction} this bank has {foundCentavos} in clearing; {agreedCentavos} was agreed.",
    "pt-BR":
      "Da transação {transaction} este banco tem {foundCentavos} em compensação; o acordado era {agreedCentavos}.",
  },
  "bank-not-zero": {
    en: "The accounts of this bank do not sum to zero: {differenceCentavos} is over.",
    "pt-BR": "As contas deste banco não somam zero: sobram {differenceCentavos}.",
  },
  "clearing-not-zero": {
    en: "The clearing positions sum to {clearingCentavos}, and {inTransitCentavos} is in transit: they must cancel.",
    "pt-BR":
      "As posições de compensação somam {clearingCentavos}, e há {inTransitCentavos} em trânsito: devem se anular.",
  },
  "transaction-open": {
    en: "Transaction {transaction} is still open ({state}).",
    "pt-BR": "A transação {transaction} ainda está aberta ({state}).",
  },
  "hold-open": {
    en: "Account {account} still holds {amountCentavos} for transaction {transaction}.",
    "pt-BR": "A conta {account} ainda reserva {amountCentavos} para a transação {transaction}.",
  },
} as const satisfies Record<string, Sentence>;

export type ViolationCode = keyof typeof sentences;

/** The violation in the reader's language, with its bank where one is to blame. */
export function violationSentence({ code, bank, details }: Violation, locale: Locale): string {
  const template: string = sentences[code][locale];
  const sentence = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = details[name];
    if (value === undefined || value === null) return "?";
    return name.endsWith("Centavos") ? formatReais(BigInt(value), locale) : String(value);
  });
  return bank === null ? sentence : `${bank}: ${sentence}`;
}
