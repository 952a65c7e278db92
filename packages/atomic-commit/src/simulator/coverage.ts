/** States that a campaign must reach, by the names of the crash points and of what follows. */
export const REACHABLE = [
  "K0 begin lost",
  "K1 begun, nothing sent",
  "K2 begun, some prepares sent",
  "K3 votes lost with their replica",
  "K4 all YES, crash before the decision",
  "K5 decision's commit unknown",
  "K6 commit decided, nothing sent",
  "K7 commit decided, some sent",
  "K8 client told, crash before settlement",
  "K9 crash before the last ack is written",
  "K10 abort decided, not all sent",
  "K11 another replica finishes",
  "K12 coordinator bank dead for good",
  "K13 killed again and again, still undecided",
  "P0 prepare lost",
  "P1 prepare's commit unknown",
  "P2 prepared, vote not sent",
  "P3 replica dies in doubt",
  "P4 decision lost",
  "P5 decision's commit unknown",
  "P6 captured, ack not sent",
  "P7 released, ack not sent",
  "P8 prepare timed out",
  "P9 restored from a backup",
  "re-learned by certificate",
  "no vote after a restore",
  "tombstone by decision",
  "tombstone by inquiry",
  "tombstone hit by a prepare",
  "compare-and-set lost",
  "commit learned from a peer",
  "abort learned from a peer",
  "commit learned by gossip",
  "refused for funds",
  "refused for a ceiling",
  "prepare too late",
  "posted without a protocol",
  "compacted",
  "stale prepare refused",
  "finished answered",
  "register: commit recovered",
  "register: abort recovered",
  "register: outbid",
  "register: commit at ballot 0",
  "register: proposed, then aborted",
] as const;

export type Reached = (typeof REACHABLE)[number];

/** How often a campaign reached each of them. */
export type Coverage = Record<Reached, number>;

export function emptyCoverage(): Coverage {
  const entries = REACHABLE.map((name) => [name, 0] as const);
  return Object.fromEntries(entries) as Coverage;
}

export function addCoverage(into: Coverage, from: Coverage): void {
  for (const name of REACHABLE) into[name] += from[name];
}
