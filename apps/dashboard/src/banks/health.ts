import type { StatusOutput } from "@pacto/contract";

/**
 * What a bank's last answers say about it. `unready`: it answers but takes no part yet (it recovers,
 * or its database is away). `slow`: it answered late, or did not answer once.
 */
export type BankState = "unknown" | "online" | "slow" | "unready" | "offline";

export interface BankHealth {
  readonly state: BankState;
  /** When this state began, in epoch milliseconds; offline since its last answer. */
  readonly since: number;
  readonly latencyMs: number | null;
  /** The last answer, which may be old: `answeredAt` tells. */
  readonly status: StatusOutput | null;
  readonly answeredAt: number | null;
  /** Questions without an answer since the last one that had it. */
  readonly failures: number;
}

/** `refused`: the bank's address takes no connection; `silent`: no answer within the time. */
export type Observation =
  | { kind: "answered"; at: number; latencyMs: number; status: StatusOutput }
  | { kind: "refused"; at: number }
  | { kind: "silent"; at: number };

export const SLOW_MS = 500;

export const unknownHealth: BankHealth = {
  state: "unknown",
  since: 0,
  latencyMs: null,
  status: null,
  answeredAt: null,
  failures: 0,
};

/**
 * The next health after one observation. One lost answer of a bank that was online makes it slow,
 * the second makes it offline; a refused connection makes it offline at once.
 */
export function observe(before: BankHealth, seen: Observation): BankHealth {
  if (seen.kind === "answered") {
    const state = stateOfAnswer(seen.status, seen.latencyMs);
    return {
      state,
      since: before.state === state ? before.since : seen.at,
      latencyMs: seen.latencyMs,
      status: seen.status,
      answeredAt: seen.at,
      failures: 0,
    };
  }
  const failures = before.failures + 1;
  const wasThere = before.state !== "offline" && before.state !== "unknown";
  if (seen.kind === "silent" && failures === 1 && wasThere) {
    const since = before.state === "slow" ? before.since : seen.at;
    return { ...before, state: "slow", since, latencyMs: null, failures };
  }
  const since = before.state === "offline" ? before.since : (before.answeredAt ?? seen.at);
  return { ...before, state: "offline", since, latencyMs: null, failures };
}

function stateOfAnswer(status: StatusOutput, latencyMs: number): BankState {
  if (!status.ready || status.database === "down") return "unready";
  return latencyMs > SLOW_MS ? "slow" : "online";
}

/** Whether new work may be sent to the bank. */
export function takesWork(health: BankHealth): boolean {
  return health.state === "online" || health.state === "slow";
}

const POLL_MS = 1_000;
const POLL_MS_MAX = 8_000;
/** A restart takes seconds, and whoever watches one wants to see its end. */
const PATIENT_FAILURES = 15;

/** Each second; a bank that stays away is asked more and more rarely, at last every 8 s. */
export function pollDelayMs({ failures }: BankHealth): number {
  const beyond = Math.max(0, failures - PATIENT_FAILURES);
  return Math.min(POLL_MS_MAX, Math.round(POLL_MS * 1.25 ** beyond));
}

/** A bank that was never heard here may have been away for longer than this page knows. */
export function offlineKey(health: BankHealth): "offlineFor" | "offlineAtLeast" {
  return health.answeredAt === null ? "offlineAtLeast" : "offlineFor";
}
