import type { english } from "./english.ts";

/** Textos das aprovações. */
export const portuguese: typeof english = {
  group: "o que exige duas pessoas: uma pede, outra decide",
  list: "pedidos de um banco, os mais novos primeiro",
  show: "um pedido, com exatamente o que seria feito",
  approve: "aprovar um pedido de outra pessoa, o que o executa na hora",
  reject: "recusar um pedido de outra pessoa",
  withdraw: "retirar o próprio pedido",
  options: {
    all: "também os já decididos",
    as: "quem decide (senão, a identidade do consórcio local)",
    note: "uma observação para o colega",
    ask: "pedir que uma segunda pessoa permita isto, dizendo por quê, em vez de fazê-lo",
  },
  columns: {
    id: "ID",
    what: "O QUÊ",
    status: "SITUAÇÃO",
    by: "POR",
    at: "QUANDO",
    reason: "MOTIVO",
    until: "ATÉ",
    decidedBy: "DECIDIDO POR",
    asked: "PEDIDO",
  },
  statuses: {
    open: "aberto",
    approved: "aprovado, em execução",
    executed: "aprovado e feito",
    refused: "aprovado, mas não pôde ser feito",
    rejected: "recusado",
    withdrawn: "retirado",
    expired: "expirado",
  },
  asked: (bank, id) =>
    `Pedido feito. Nada acontece até um colega decidir: pacto approval approve ${bank}/${id}`,
  hint: 'Peça com o mesmo comando e --ask-approval "motivo".',
  notApprovable: (verb) =>
    `Nenhuma segunda pessoa pode permitir ${verb}: isso não exige aprovação.`,
};
