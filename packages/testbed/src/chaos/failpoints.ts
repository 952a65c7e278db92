import type { Failpoints } from "../consortium/bank-program.ts";

/** One crash point of reliability 6.1 or 6.2, and how it is reached. */
export interface CrashPlan {
  /** `K6`, `P2`. */
  readonly id: string;
  readonly says: string;
  /** Who dies. */
  readonly at: "coordinator" | "participant";
  /**
   * What is planted in that bank's node; absent where the harness must do it from outside.
   * `participants` are the other banks of the transfer.
   */
  readonly plant?: (participants: number) => Failpoints;
  /** What must have become of the transfer once all is healed. */
  readonly outcome: "committed" | "aborted" | "either";
  /** The transfer is one that a participant refuses. */
  readonly refused?: boolean;
}

/** Far longer than any step of a test: what is held so long never happens in it. */
const NEVER_MS = 120_000;

/**
 * Every crash point by its number, as names in the node's shell. With the register, `accepted` is
 * the step that makes a commit's decision; with the local decider it is `decide`.
 */
export const crashPlans: readonly CrashPlan[] = [
  {
    id: "K0",
    says: "before the begin row is committed",
    at: "coordinator",
    plant: () => ({ "coordinator:before-begin": { action: "kill" } }),
    outcome: "committed",
  },
  {
    id: "K1",
    says: "begin row committed, no PREPARE sent",
    at: "coordinator",
    plant: () => ({ "coordinator:after-begin": { action: "kill" } }),
    outcome: "either",
  },
  {
    id: "K2",
    says: "some PREPAREs sent",
    at: "coordinator",
    plant: () => ({
      "send:prepare": { action: "pause", hit: 2, ms: NEVER_MS },
      "answered:prepare": { action: "kill" },
    }),
    outcome: "either",
  },
  {
    id: "K3",
    says: "all PREPAREs sent, votes in memory",
    at: "coordinator",
    plant: (participants) => ({ "answered:prepare": { action: "kill", hit: participants } }),
    outcome: "either",
  },
  {
    id: "K4",
    says: "all YES, before the decision is committed",
    at: "coordinator",
    plant: () => ({ "coordinator:before-decide": { action: "kill" } }),
    outcome: "either",
  },
  {
    id: "K4-register",
    says: "proposal committed and accepted, before the decision is committed",
    at: "coordinator",
    plant: () => ({ "coordinator:before-accepted": { action: "kill" } }),
    outcome: "committed",
  },
  {
    id: "K5",
    says: "during the commit of the decision",
    at: "coordinator",
    plant: () => ({ "coordinator:before-decide": { action: "kill-later", ms: 2 } }),
    outcome: "either",
  },
  {
    id: "K6",
    says: "decision committed, nothing sent, client not told",
    at: "coordinator",
    plant: () => ({ "coordinator:decided-commit": { action: "kill" } }),
    outcome: "committed",
  },
  {
    id: "K7",
    says: "after COMMIT went to one of several",
    at: "coordinator",
    plant: () => ({
      "send:decision": { action: "pause", hit: 2, ms: NEVER_MS },
      "answered:decision": { action: "kill" },
    }),
    outcome: "committed",
  },
  {
    id: "K8",
    says: "client told, before settlement",
    at: "coordinator",
    plant: () => ({ "send:decision": { action: "kill", ms: 500 } }),
    outcome: "committed",
  },
  {
    id: "K9",
    says: "all ACKs, before the transfer counts as settled",
    at: "coordinator",
    plant: (participants) => ({ "coordinator:before-ack": { action: "kill", hit: participants } }),
    outcome: "committed",
  },
  {
    id: "K10",
    says: "abort committed, nothing sent",
    at: "coordinator",
    plant: () => ({ "coordinator:decided-abort": { action: "kill" } }),
    outcome: "aborted",
    refused: true,
  },
  {
    id: "K11",
    says: "killed and stays dead while another process of the bank lives",
    at: "coordinator",
    outcome: "either",
  },
  {
    id: "K12",
    says: "the bank's database and all its processes are gone",
    at: "coordinator",
    outcome: "either",
  },
  { id: "K13", says: "killed again and again", at: "coordinator", outcome: "either" },
  {
    id: "P0",
    says: "before the hold is committed",
    at: "participant",
    plant: () => ({ "participant:before-prepare": { action: "kill" } }),
    outcome: "either",
  },
  {
    id: "P1",
    says: "during the commit of the hold",
    at: "participant",
    plant: () => ({ "participant:before-prepare": { action: "kill-later", ms: 2 } }),
    outcome: "either",
  },
  {
    id: "P2",
    says: "hold committed, YES not sent",
    at: "participant",
    plant: () => ({ "participant:after-prepare": { action: "kill" } }),
    outcome: "either",
  },
  {
    id: "P3",
    says: "YES sent, waiting for the decision",
    at: "participant",
    plant: () => ({ "participant:after-prepare": { action: "kill-later", ms: 10 } }),
    outcome: "either",
  },
  {
    id: "P4",
    says: "COMMIT received, not yet applied",
    at: "participant",
    plant: () => ({ "participant:before-decision": { action: "kill" } }),
    outcome: "committed",
  },
  {
    id: "P5",
    says: "during the commit of the effect",
    at: "participant",
    plant: () => ({ "participant:before-decision": { action: "kill-later", ms: 2 } }),
    outcome: "committed",
  },
  {
    id: "P6",
    says: "COMMIT applied, ACK not sent",
    at: "participant",
    plant: () => ({ "participant:told-commit": { action: "kill" } }),
    outcome: "committed",
  },
  {
    id: "P7",
    says: "ABORT applied, ACK not sent",
    at: "participant",
    plant: () => ({ "participant:told-abort": { action: "kill" } }),
    outcome: "aborted",
    refused: true,
  },
  { id: "P8", says: "dead beyond the vote deadline", at: "participant", outcome: "aborted" },
  { id: "P9", says: "its database restored from a backup", at: "participant", outcome: "either" },
];

/** The plan of that number. */
export function crashPlan(id: string): CrashPlan {
  const found = crashPlans.find((plan) => plan.id === id);
  if (found === undefined) throw new Error(`There is no crash point ${id}.`);
  return found;
}
