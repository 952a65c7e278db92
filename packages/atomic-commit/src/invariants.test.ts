import { describe, expect, it } from "vitest";
import { begun, certificate, everyYes, prepared, registered, vote } from "../test/scenes.ts";
import type { CoordinatorRecord } from "./coordinator-record.ts";
import {
  assertCoordinatorInvariants,
  assertParticipantInvariants,
  ProtocolLawBroken,
} from "./invariants.ts";
import type { ParticipantRecord } from "./participant-record.ts";
import { firstProposal } from "./register.ts";

type Coordinating = CoordinatorRecord<string, string>;
type Participating = ParticipantRecord<string, string>;

const commit = certificate("commit");

/** Each law, with a change that breaks it in a sound record. */
const brokenCoordinators: readonly (readonly [string, Partial<Coordinating>])[] = [
  ["C1", { coordinator: "b" }],
  ["C1", { transaction: "t2" }],
  ["C1", { descriptor: { ...begun().descriptor, branches: [] } }],
  ["C2", { state: "committed" }],
  ["C2", { certificate: commit }],
  ["C2", { state: "aborted", certificate: commit, settled: true, wakeAt: null }],
  ["C3", { state: "committed", certificate: { ...commit, votes: everyYes.slice(1) } }],
  ["C4", { proposal: firstProposal(everyYes) }],
  ["C4", { state: "proposed", proposal: firstProposal(everyYes) }],
  ["C5", { unacknowledged: ["b"] }],
  ["C5", { state: "committed", certificate: commit, unacknowledged: ["x"] }],
  ["C6", { settled: true }],
  ["C6", { wakeAt: null }],
  ["C7", { ownVote: null }],
  ["C7", { ownVote: vote("a", "no") }],
];

const brokenParticipants: readonly (readonly [string, Partial<Participating>])[] = [
  ["P1", { coordinator: "b" }],
  ["P1", { transaction: "t2" }],
  ["P2", { descriptor: null, descriptorProof: null }],
  ["P3", { vote: null }],
  ["P3", { certificate: commit }],
  ["P3", { wakeAt: null }],
  ["P4", { state: "committed", certificate: commit, proposal: firstProposal(everyYes) }],
  ["P5", { state: "committed" }],
  ["P5", { state: "committed", certificate: commit }],
  ["P5", { state: "aborted", certificate: commit, wakeAt: null }],
  [
    "P6",
    { state: "committed", wakeAt: null, certificate: { ...commit, votes: everyYes.slice(1) } },
  ],
  ["P7", { state: "committed", wakeAt: null, certificate: commit, vote: vote("b", "no") }],
];

describe("the records' own laws", () => {
  it("hold for what the steps produce", () => {
    expect(() => assertCoordinatorInvariants(begun(), "a")).not.toThrow();
    expect(() => assertCoordinatorInvariants(begun(registered), "a")).not.toThrow();
    expect(() => assertParticipantInvariants(prepared(), "b")).not.toThrow();
  });

  it.each(brokenCoordinators)("%s catches a coordinator's record with %j", (law, change) => {
    const record = { ...begun(), ...change };
    expect(() => assertCoordinatorInvariants(record, "a")).toThrow(ProtocolLawBroken);
    expect(() => assertCoordinatorInvariants(record, "a")).toThrow(law);
  });

  it.each(brokenParticipants)("%s catches a participant's record with %j", (law, change) => {
    const record = { ...prepared(), ...change };
    expect(() => assertParticipantInvariants(record, "b")).toThrow(ProtocolLawBroken);
    expect(() => assertParticipantInvariants(record, "b")).toThrow(law);
  });
});
