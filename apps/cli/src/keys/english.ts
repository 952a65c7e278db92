/** Texts of `pacto keys` and `pacto fuzz`; `portuguese.ts` beside it has the same ones. */
export const english = {
  group: "make banks' keys and, for tests and demos, certificates of a consortium",
  member: "make a bank's signing key, and show its public half for the manifest",
  authority: "make the authority that vouches for the banks' certificates",
  certificate: "issue a bank's certificate for mutual TLS between banks",
  bank: "id of the bank in the manifest, such as azul",
  folder: "where to write (otherwise ./keys); keys get mode 0600",
  hosts: "names or addresses of the bank's machine, separated by commas",
  written: (path: string) => `Written: ${path}`,
  forManifest: "For the bank's publicKeys in the manifest, which all members sign again:",
  forAuthorities: "Put the text of certificate.pem into the manifest's authorities.",
  rotate: "give a running bank a new signing key; the old one ends ten minutes later",
  manifest: "the manifest that the banks read (otherwise that of the local consortium)",
  keysFolder: "folder with BANK/private-key.pem of each bank (otherwise the local consortium's)",
  rotated: (bank: string, keyId: string, epoch: number) =>
    `${bank} signs with key ${keyId}; the manifest is at epoch ${epoch}.`,
  waiting: (banks: string, epoch: number) =>
    `Not yet at epoch ${epoch} of the manifest: ${banks}. Their logs say why; a bank may ask two persons.`,
  toSign: (banks: string, path: string) =>
    `${path} waits for the signatures of ${banks}; then it takes the manifest's place.`,
  goOn: "Nothing is lost: the same command goes on from here.",
  fuzz: "send requests of all kinds to a bank of its own and hold every answer against the rules",
  requests: "how many (otherwise 20000)",
  seed: "which ones (otherwise by the clock)",
  starting: "Starting two banks…",
  sent: (count: number, megabytes: number) => `${count} requests; ${megabytes} MB in use`,
  summary: (of: { seed: number; requests: number; seconds: number; perSecond: number }) =>
    `Seed ${of.seed}: ${of.requests} requests in ${of.seconds} s, ${of.perSecond} a second`,
  answers: (text: string) => `Answers: ${text}`,
  reached: (reached: number, all: number) => `Procedures that did their work: ${reached} of ${all}`,
  memory: (warm: number, end: number, peak: number) =>
    `Memory: ${warm} MB after a quarter, ${end} MB at the end, ${peak} MB at most`,
  finding: (problem: string, request: string) => `FOUND: ${problem}: ${request}`,
  brokenLaw: (id: string) => `BROKEN: ${id}`,
  pass: "PASS: no error of the node's own, nothing told that should not be, every law holds",
  fail: (count: number) => `FAIL: ${count} findings`,
};
