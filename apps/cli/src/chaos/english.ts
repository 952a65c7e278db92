/** Texts of `pacto chaos`; `portuguese.ts` beside it has the same ones. */
export const english = {
  summary: "break real banks, their PostgreSQL and the network between them, and check every law",
  minutes: "how long to break things (otherwise 2); 10 and more must reach every crash point",
  seed: "what to break when (otherwise by the clock)",
  faults: "only these, separated by commas (otherwise all but those of the disk, which need root)",
  tellers: "clients at work at once (otherwise 24)",
  sequential: "instead: 20 clients one after the other, each killed after 1 s",
  parallel: "instead: 100 clients at once; after 10 s kill -9 of them, all banks and PostgreSQL",
  folder: "keep books, journals and logs in this folder (otherwise a temporary one)",
  oneMode: "--sequential and --parallel exclude each other.",
  needsRoot:
    "Dropping packets in the kernel takes root on Linux with unshare, ip and iptables; leave kernel-cut out.",
  badFault: (text: string, known: string) => `"${text}" is no fault. There are ${known}.`,
  starting: (folder: string) => `Starting five banks with proxies between them in ${folder}…`,
  round: (line: { round: number; nodeKills: number; serverKills: number; settledMs: number }) =>
    `Round ${line.round}: ${line.nodeKills} node kills and ${line.serverKills} PostgreSQL kills so far; ` +
    `settled ${line.settledMs} ms after the last fault`,
  what: (seed: number, rounds: number) =>
    `Seed ${seed}; rounds of breaking, healing and checking: ${rounds}`,
  done: "DONE",
  reached: "REACHED",
  times: "TIMES",
  neverReached: (states: string) => `Never reached: ${states}`,
  slowest: (ms: number) => `Slowest settling after the last fault of a round: ${ms} ms`,
  kept: (folder: string) => `Books, journals and logs are kept in ${folder}`,
  pass: "PASS: nothing acknowledged was lost, nothing is half-done, every law holds",
  fail: (violations: number) => `FAIL: ${violations} violations`,
  failNotReached: "FAIL: no law was broken, but a run this long must reach what it never reached",
  again: (command: string) => `Again: ${command}`,
  monkeys: (clients: number, answered: number, unanswered: number) =>
    `${clients} clients killed; ${answered} requests were answered, ${unanswered} were not`,
  committed: (transfers: number) => `${transfers} transfers committed`,
  sum: (amount: string) => `Sum of all balances: ${amount}`,
  monkeysPass: "PASS",
  monkeysFail: "FAIL",
};
