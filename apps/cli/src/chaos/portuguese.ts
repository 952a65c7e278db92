import type { english } from "./english.ts";

export const portuguese: typeof english = {
  summary: "quebra bancos reais, seu PostgreSQL e a rede entre eles, e confere todas as leis",
  minutes: "por quanto tempo quebrar (senão 2); 10 ou mais devem atingir todos os pontos de queda",
  seed: "o que quebrar e quando (senão pelo relógio)",
  faults:
    "somente estas falhas, separadas por vírgulas (senão todas menos as do disco, que pedem root)",
  tellers: "clientes trabalhando ao mesmo tempo (senão 24)",
  sequential: "em vez disso: 20 clientes um após o outro, cada um morto após 1 s",
  parallel:
    "em vez disso: 100 clientes juntos; após 10 s kill -9 neles, em todos os bancos e no PostgreSQL",
  folder: "guarda livros, diários e logs nesta pasta (senão numa temporária)",
  oneMode: "--sequential e --parallel se excluem.",
  needsRoot:
    "Descartar pacotes no kernel exige root em Linux, com unshare, ip e iptables; deixe kernel-cut de fora.",
  badFault: (text, known) => `"${text}" não é uma falha. Há ${known}.`,
  starting: (folder) => `Iniciando cinco bancos com proxies entre eles em ${folder}…`,
  round: ({ round, nodeKills, serverKills, settledMs }) =>
    `Rodada ${round}: ${nodeKills} nós e ${serverKills} vezes o PostgreSQL mortos até agora; ` +
    `liquidado ${settledMs} ms após a última falha`,
  what: (seed, rounds) => `Semente ${seed}; rodadas de quebrar, sarar e conferir: ${rounds}`,
  done: "FEITO",
  reached: "ATINGIDO",
  times: "VEZES",
  neverReached: (states) => `Nunca atingido: ${states}`,
  slowest: (ms) => `Liquidação mais lenta após a última falha de uma rodada: ${ms} ms`,
  kept: (folder) => `Livros, diários e logs ficam em ${folder}`,
  pass: "PASS: nada confirmado se perdeu, nada ficou pela metade, todas as leis valem",
  fail: (violations) => `FAIL: ${violations} violações`,
  failNotReached:
    "FAIL: nenhuma lei foi violada, mas uma execução tão longa deve atingir o que nunca atingiu",
  again: (command) => `De novo: ${command}`,
  monkeys: (clients, answered, unanswered) =>
    `${clients} clientes mortos; ${answered} pedidos tiveram resposta, ${unanswered} não`,
  committed: (transfers) => `${transfers} transferências efetivadas`,
  sum: (amount) => `Soma de todos os saldos: ${amount}`,
  monkeysPass: "PASS",
  monkeysFail: "FAIL",
};
