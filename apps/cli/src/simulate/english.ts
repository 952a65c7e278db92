/** Texts of `pacto simulate`; `portuguese.ts` beside it has the same ones. */
export const english = {
  summary: "run the commit protocol through simulated crashes, losses and dead banks",
  seed: "first seed (otherwise 1); the same seed gives the same schedule everywhere",
  schedules: "how many seeds from there (otherwise 10000; 1 with --trace or --mermaid)",
  mode: "who decides: local or register (otherwise both in turns)",
  trace: "print what happened in the first seed's schedule, line by line",
  mermaid: "print it as a Mermaid sequence diagram",
  deaths:
    "instead: how often a coordinator's death for good leaves others waiting, N deaths a mode",
  badMode: (text: string) => `"${text}" is no mode: local or register.`,
  progress: (done: string, all: string) => `${done} of ${all} schedules…`,
  deathsProgress: (mode: string, done: string, all: string) =>
    `${mode}: ${done} of ${all} coordinators dead…`,
  what: (schedules: string, seed: string, mode: string) =>
    `${schedules} schedules from seed ${seed}, decided by ${mode}; 4 banks with 2 replicas each`,
  modes: {
    local: "the coordinator's database",
    register: "a register of 3 witness banks",
    mixed: "the coordinator's database and a register of 3 witness banks in turns",
  },
  rate: "rate",
  perSecond: (rate: string, seconds: string, threads: number) =>
    `${rate} schedules/s (${seconds} s, ${threads} threads)`,
  transactions: "database transactions",
  commits: "commits",
  aborts: "aborts",
  inDoubt: "left waiting for a bank that died for good",
  violations: "violations",
  hash: "hash",
  sameAgain: "the first schedules run again gave the same",
  notSame: "FAIL: the first schedules run again gave another hash",
  state: "STATE",
  times: "REACHED",
  never: "NEVER",
  pass: (schedules: string) => `PASS: no law was broken in ${schedules} schedules`,
  neverReached: (states: number) =>
    `${states} of these states were never reached; more schedules reach more`,
  fail: (seed: string, law: string) => `FAIL: seed ${seed} breaks ${law}`,
  shrunk: "The shortest schedule found that still breaks it:",
  again: (command: string) => `Again: ${command}`,
  columns: { mode: "DECIDED BY", deaths: "DEATHS", blocked: "BLOCKED", share: "SHARE" },
  deathsWhat:
    "A coordinator's bank dies for good with a transfer open; blocked = a living bank waits for ever",
  deathsPass: "PASS: the register left nobody waiting",
  deathsFail: "FAIL: somebody was left waiting although two witnesses live",
};
