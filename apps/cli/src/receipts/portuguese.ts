import type { english } from "./english.ts";

export const portuguese: typeof english = {
  receiptSummary: "entrega tudo o que prova o desfecho de uma transferência, como um banco o tem",
  verifySummary: "confere um comprovante sem rede, só com as chaves públicas dos bancos",
  file: "o arquivo dele, uma imagem do QR code (PNG ou JPEG) ou o texto do código (PACTO1:…)",
  bank: "banco que participou da transferência, em qualquer papel",
  id: "id da transferência",
  output: "grava neste arquivo em vez de mostrar",
  manifest: "manifesto com as chaves públicas dos bancos (senão o do consórcio local)",
  written: (path: string) => `Comprovante gravado em ${path}`,
  noFile: (path: string) => `O arquivo ${path} não pode ser lido.`,
  notWritten: (path: string) => `O arquivo ${path} não pode ser gravado.`,
  form: "tem a forma de um comprovante",
  notJson: "Não é JSON nem o texto do QR code de um comprovante.",
  inexact: "Tem espaços ou maiúsculas que ninguém assinou.",
  hash: "o hash é o do que havia a fazer",
  balance: "o que se paga é o que se recebe",
  difference: (amount: string) => `Diferem em ${amount}.`,
  signed: {
    descriptor: (bank: string) => `${bank} assinou o que havia a fazer`,
    yes: (bank: string) => `${bank} assinou: sim`,
    no: (bank: string) => `${bank} assinou: não`,
    decision: (bank: string, outcome: string) => `${bank} assinou a decisão: ${outcome}`,
    accept: (bank: string, outcome: string) => `${bank} assinou como testemunha: ${outcome}`,
    promise: (bank: string) => `${bank} assinou uma promessa como testemunha`,
  },
  outcomes: { commit: "efetivar", abort: "não fazer" },
  ownVote: (bank: string) => `o voto que ${bank} mostra é dele, nesta transferência`,
  contradiction: "nenhum banco diz sim e não",
  contradicts: (banks: string) => `${banks} assinou os dois: guarde isto como prova.`,
  certificate: "juntas as declarações bastam para o desfecho",
  faults: {
    transaction: "São sobre outra transferência.",
    hash: "São sobre outra coisa a fazer.",
    votes: "Falta o sim de um banco.",
    decision: "Falta a decisão do coordenador.",
    accepts: "Falta a maioria das testemunhas.",
  },
  provesCommit: (id: string, total: string, banks: string, why: string) =>
    `Prova que a transferência ${id} de ${total} foi feita: ${banks} concordaram, e ${why}.`,
  byCoordinator: (bank: string) => `${bank} assim decidiu`,
  byWitnesses: (banks: string) => `as testemunhas ${banks} aceitaram`,
  provesAbort: (id: string, total: string, why: string) =>
    `Prova que a transferência ${id} de ${total} não foi feita: ${why}.`,
  saidNo: (bank: string, code: string) => `${bank} recusou (${code})`,
  provesUndecided: (bank: string, id: string) =>
    `Não prova desfecho: ao entregá-lo, o banco ${bank} não conhecia a decisão sobre ${id}.`,
  heuristic: (bank: string, outcome: string) =>
    `O banco ${bank} diz que duas pessoas forçaram a parte dele (${outcome}); a palavra de nenhum outro banco sustenta isso.`,
  provesNothing: "Não prova nada: uma conferência falhou.",
};
