import { type Manifest, type Member, type StatusOutput, statusOutput } from "@pacto/contract";
import { about, type Finding } from "./finding.ts";

export interface PeerFacts {
  /** Null when the bank did not answer. */
  readonly status: StatusOutput | null;
  readonly answeredMs: number;
  /** The bank's clock less ours, in ms, the way there and back taken off. */
  readonly skewMs: number;
}

const TIMEOUT_MS = 3_000;
/** From here on signatures come near their window (R44). */
const SKEW_MS_MAX = 5_000;
const IN_DOUBT_MS_MAX = 30_000;

/** Asks a bank how it is, as anybody may. */
export async function readPeer({ url }: Member): Promise<PeerFacts> {
  const sentAt = Date.now();
  const startedAt = performance.now();
  try {
    const response = await fetch(`${url}/status`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const status = statusOutput.parse(await response.json());
    const answeredMs = performance.now() - startedAt;
    return { status, answeredMs, skewMs: Date.parse(status.clock) - (sentAt + answeredMs / 2) };
  } catch {
    return { status: null, answeredMs: performance.now() - startedAt, skewMs: 0 };
  }
}

export function judgePeer(member: Member, facts: PeerFacts, manifest: Manifest): Finding[] {
  const { good, warning, fault } = about("peer", member.id);
  const { status, answeredMs, skewMs } = facts;
  if (status === null) return [fault({ code: "peer-silent", details: { url: member.url } })];
  const findings: Finding[] = [];
  if (status.database === "down") findings.push(fault({ code: "peer-database-down" }));
  else if (!status.ready) findings.push(warning({ code: "peer-not-ready" }));
  if (Math.abs(skewMs) > SKEW_MS_MAX) {
    findings.push(
      fault({ code: "clock-skewed", details: { seconds: Math.round(skewMs / 1_000) } }),
    );
  }
  if (status.inDoubt > 0 && status.oldestInDoubtMs > IN_DOUBT_MS_MAX) {
    const seconds = Math.round(status.oldestInDoubtMs / 1_000);
    findings.push(warning({ code: "in-doubt-old", details: { count: status.inDoubt, seconds } }));
  }
  const decider = manifest.decider.kind;
  if (status.decider !== decider) {
    const details = { theirs: status.decider, manifest: decider };
    findings.push(fault({ code: "decider-differs", details }));
  }
  const unreached = status.peers.filter(({ reachable }) => reachable === false);
  for (const { bank } of unreached) {
    findings.push(warning({ code: "peer-cut-off", details: { other: bank } }));
  }
  if (findings.length > 0) return findings;
  return [good({ code: "peer-good", details: { ms: Math.round(answeredMs) } })];
}
