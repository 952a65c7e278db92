/** Texts of `pacto audit`; `portuguese.ts` beside it has the same ones. */
export const english = {
  group: "what was done, and whether the history still says so",
  list: "list what was done, newest first",
  verify: "find every row that was edited, removed or added, online or in exports",
  export: "export a bank's sealed chain, to be verified anywhere",
  actor: "who did it: azul/3f…, or part of it",
  action: "what: cash.deposit, or its beginning",
  home: "bank that vouches for the actor",
  subject: "what it was done to: an account, a client, a transfer",
  from: "not before this instant (2026-11-30T12:00:00.000Z)",
  to: "not after this instant",
  csv: "write a table for a spreadsheet to this file",
  files: "exports to verify offline (otherwise all banks are asked)",
  manifest: "manifest with the banks' public keys (otherwise that of the local consortium)",
  output: "file to write",
  columns: { at: "at", actor: "actor", action: "action", subject: "subject", address: "from" },
  written: (path: string, blocks: number, rows: number) =>
    `${blocks} blocks with ${rows} rows written to ${path}`,
  eventsWritten: (path: string, lines: number) => `${lines} lines written to ${path}`,
  truncated: "There is more than one file may hold: narrow the filter.",
  noFile: (path: string) => `The file ${path} cannot be read.`,
  notWritten: (path: string) => `The file ${path} cannot be written.`,
  notExport: (path: string) => `${path} is no export of an audit.`,
  sound: (bank: string, blocks: number, rows: number, held: number) =>
    `OK    ${bank}: ${blocks} blocks, ${rows} rows as they were sealed; ${held} banks hold the same heads`,
  soundFile: (bank: string, blocks: number, rows: number, cosigned: number) =>
    `OK    ${bank}: ${blocks} blocks, ${rows} rows as they were sealed; ${cosigned} blocks cosigned by two banks`,
  row: (bank: string, block: number, row: string, what: string) =>
    `FAIL  ${bank}, block ${block}: ${row} was ${what}`,
  unsound: (bank: string, block: number) =>
    `FAIL  ${bank}, block ${block}: its head is not the one that was signed after the block before`,
  differs: (bank: string, block: number, holder: string) =>
    `FAIL  ${bank}, block ${block}: bank ${holder} holds another head, signed by ${bank}`,
  shortened: (bank: string, block: number, holder: string) =>
    `FAIL  ${bank}: bank ${holder} holds block ${block}, which ${bank} does not show`,
  what: { edited: "edited", removed: "removed", reordered: "moved", added: "added" },
};
