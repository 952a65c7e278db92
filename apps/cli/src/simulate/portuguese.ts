import type { english } from "./english.ts";

export const portuguese: typeof english = {
  summary: "passa o protocolo de efetivação por quedas, perdas e bancos mortos simulados",
  seed: "primeira semente (senão 1); a mesma semente dá o mesmo roteiro em qualquer lugar",
  schedules: "quantas sementes a partir dela (senão 10000; 1 com --trace ou --mermaid)",
  mode: "quem decide: local ou register (senão os dois em turnos)",
  trace: "mostra linha a linha o que houve no roteiro da primeira semente",
  mermaid: "mostra-o como diagrama de sequência Mermaid",
  deaths:
    "em vez disso: quanto a morte definitiva do coordenador deixa outros à espera, N mortes por modo",
  badMode: (text: string) => `"${text}" não é um modo: local ou register.`,
  progress: (done: string, all: string) => `${done} de ${all} roteiros…`,
  deathsProgress: (mode: string, done: string, all: string) =>
    `${mode}: ${done} de ${all} coordenadores mortos…`,
  what: (schedules: string, seed: string, mode: string) =>
    `${schedules} roteiros desde a semente ${seed}, decididos por ${mode}; 4 bancos com 2 réplicas cada`,
  modes: {
    local: "o banco de dados do coordenador",
    register: "um registro de 3 bancos testemunhas",
    mixed: "o banco de dados do coordenador e um registro de 3 bancos testemunhas em turnos",
  },
  rate: "ritmo",
  perSecond: (rate: string, seconds: string, threads: number) =>
    `${rate} roteiros/s (${seconds} s, ${threads} threads)`,
  transactions: "transações de banco de dados",
  commits: "efetivadas",
  aborts: "não feitas",
  inDoubt: "à espera de um banco morto de vez",
  violations: "violações",
  hash: "hash",
  sameAgain: "os primeiros roteiros, repetidos, deram o mesmo",
  notSame: "FAIL: os primeiros roteiros, repetidos, deram outro hash",
  state: "ESTADO",
  times: "ALCANÇADO",
  never: "NUNCA",
  pass: (schedules: string) => `PASS: nenhuma lei foi quebrada em ${schedules} roteiros`,
  neverReached: (states: number) =>
    `${states} destes estados nunca foram alcançados; mais roteiros alcançam mais`,
  fail: (seed: string, law: string) => `FAIL: a semente ${seed} quebra ${law}`,
  shrunk: "O roteiro mais curto encontrado que ainda a quebra:",
  again: (command: string) => `De novo: ${command}`,
  columns: { mode: "DECIDE", deaths: "MORTES", blocked: "TRAVADAS", share: "PARTE" },
  deathsWhat:
    "O banco do coordenador morre de vez com uma transferência aberta; travada = um banco vivo espera para sempre",
  deathsPass: "PASS: o registro não deixou ninguém à espera",
  deathsFail: "FAIL: alguém ficou à espera embora duas testemunhas vivam",
};
