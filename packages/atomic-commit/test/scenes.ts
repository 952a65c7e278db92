import type { AcceptorEnv } from "../src/acceptor.ts";
import type { Certificate } from "../src/certificate.ts";
import type { CoordinatorEnv, CoordinatorRecord } from "../src/coordinator-record.ts";
import { stepCoordinator } from "../src/coordinator.ts";
import type { BankId, Descriptor } from "../src/descriptor.ts";
import {
  headOfDescriptor,
  type AnswerState,
  type Message,
  type SignedDescriptor,
} from "../src/messages.ts";
import type { ParticipantEnv, ParticipantRecord } from "../src/participant-record.ts";
import { stepParticipant } from "../src/participant.ts";
import type { Accept, Outcome, Refusal, Vote, WitnessPromise } from "../src/statement.ts";
import { NO_FENCE, type Step } from "../src/step.ts";

/** In these tests the work is a word and a proof is the name of the bank that signed. */
export type Work = string;
export type Proof = string;

export const HASH = "h1";

/** Bank a coordinates and has a branch itself; b and c take part; a, b and w are witnesses. */
export const descriptor: Descriptor<Work> = {
  id: "t1",
  coordinator: "a",
  incarnation: 1,
  sequence: 5,
  branches: [
    { bank: "a", work: "pay" },
    { bank: "b", work: "receive" },
    { bank: "c", work: "receive" },
  ],
  decider: { kind: "local" },
  prepareWithinMs: 3_000,
  purpose: "transfer",
};

export const registered: Descriptor<Work> = {
  ...descriptor,
  decider: { kind: "register", witnesses: ["a", "b", "w"] },
};

export function signed(of: Descriptor<Work> = descriptor): SignedDescriptor<Work, Proof> {
  return { hash: HASH, descriptor: of, descriptorProof: of.coordinator };
}

export const head = headOfDescriptor(descriptor, HASH);

export function vote(bank: BankId, word: "yes" | "no", reason: Refusal | null = null): Vote<Proof> {
  return { transaction: "t1", hash: HASH, bank, vote: word, reason, proof: bank };
}

export const everyYes = [vote("a", "yes"), vote("b", "yes"), vote("c", "yes")];

export function accept(bank: BankId, ballot: number, outcome: Outcome): Accept<Proof> {
  return { transaction: "t1", hash: HASH, bank, ballot, outcome, proof: bank };
}

export function promise(
  bank: BankId,
  ballot: number,
  accepted: WitnessPromise<Proof>["accepted"],
): WitnessPromise<Proof> {
  return { transaction: "t1", hash: HASH, bank, ballot, accepted, proof: bank };
}

/** A certificate that holds under the local descriptor. */
export function certificate(outcome: Outcome): Certificate<Proof> {
  return {
    transaction: "t1",
    hash: HASH,
    outcome,
    votes: outcome === "commit" ? everyYes : [],
    decision: { transaction: "t1", hash: HASH, bank: "a", outcome, proof: "a" },
    accepts: [],
  };
}

export function registerCertificate(outcome: Outcome, ballot: number): Certificate<Proof> {
  return {
    transaction: "t1",
    hash: HASH,
    outcome,
    votes: outcome === "commit" ? everyYes : [],
    decision: null,
    accepts: [accept("a", ballot, outcome), accept("w", ballot, outcome)],
  };
}

export function decision(outcome: Outcome) {
  return { ...head, kind: "decision" as const, certificate: certificate(outcome) };
}

export function answering(state: AnswerState) {
  const known = state === "committed" ? "commit" : state === "aborted" ? "abort" : null;
  const proof = known === null ? null : certificate(known);
  return { ...head, kind: "answer" as const, state, certificate: proof };
}

export function participantEnv(
  change: Partial<ParticipantEnv<Work, Proof>> = {},
): ParticipantEnv<Work, Proof> {
  return {
    self: "b",
    now: 1_000,
    random: 0,
    recovering: false,
    sign: ({ bank }) => bank,
    fence: NO_FENCE,
    reserve: () => undefined,
    ...change,
  };
}

export function coordinatorEnv(
  change: Partial<CoordinatorEnv<Work, Proof>> = {},
): CoordinatorEnv<Work, Proof> {
  return {
    self: "a",
    now: 1_000,
    random: 0,
    recovering: false,
    sign: ({ bank }) => bank,
    incarnation: 1,
    watermark: 0,
    reserve: () => undefined,
    ...change,
  };
}

export function acceptorEnv(change: Partial<AcceptorEnv<Proof>> = {}): AcceptorEnv<Proof> {
  const { self, now, random, recovering, sign, fence } = participantEnv({ self: "w" });
  return { self, now, random, recovering, sign, fence, ...change };
}

export function prepare(of: SignedDescriptor<Work, Proof> = signed()) {
  const message = { kind: "prepare" as const, ...of };
  return { kind: "prepare" as const, from: "a", receivedAt: 1_000, message };
}

export function prepared(of: Descriptor<Work> = descriptor): ParticipantRecord<Work, Proof> {
  return must(stepParticipant(undefined, prepare(signed(of)), participantEnv()).record);
}

export function begun(of: Descriptor<Work> = descriptor): CoordinatorRecord<Work, Proof> {
  const event = { kind: "begin" as const, descriptor: of, hash: HASH };
  return must(stepCoordinator(undefined, event, coordinatorEnv()).record);
}

/** The value, which the test knows to be there. */
export function must<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("nothing there");
  return value;
}

/** A step in one line: state after, effect, reply, messages sent, alarm. */
export function inWords<Rec extends { readonly state: string }>(
  step: Step<Rec | undefined, Work, Proof>,
): string {
  const words = [step.record?.state ?? "∅"];
  if (step.effect !== "none") words.push(step.effect);
  if (step.reply !== null) words.push(`replies ${labelOf(step.reply)}`);
  const sends = step.sends.map(({ to, message }) => `${labelOf(message)} to ${to}`);
  if (sends.length > 0) words.push(`sends ${sends.join(", ")}`);
  if (step.alarm !== null) words.push(`ALARM ${step.alarm.code}`);
  return words.join("; ");
}

function labelOf(message: Message<Work, Proof>): string {
  if (message.kind === "vote") return message.vote.vote.toUpperCase();
  if (message.kind === "answer") return message.state;
  if (message.kind === "decision") return message.certificate.outcome;
  if (message.kind === "refused") return `refused ${message.code}`;
  if (message.kind === "promise") return `promise ${message.ballot}`;
  if (message.kind === "accept") return `accept ${message.ballot} ${message.outcome}`;
  return message.kind;
}
