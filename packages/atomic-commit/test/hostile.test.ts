import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AcceptorEvent, AcceptorRecord } from "../src/acceptor.ts";
import { stepAcceptor } from "../src/acceptor.ts";
import type { Certificate } from "../src/certificate.ts";
import type { CoordinatorEvent, CoordinatorRecord } from "../src/coordinator-record.ts";
import { stepCoordinator } from "../src/coordinator.ts";
import { assertCoordinatorInvariants, assertParticipantInvariants } from "../src/invariants.ts";
import { headOfDescriptor, type AnswerState, type SignedDescriptor } from "../src/messages.ts";
import type { ParticipantEvent, ParticipantRecord } from "../src/participant-record.ts";
import { stepParticipant } from "../src/participant.ts";
import type { Outcome } from "../src/statement.ts";
import type { Effect } from "../src/step.ts";
import {
  accept,
  acceptorEnv,
  begun,
  coordinatorEnv,
  descriptor,
  everyYes,
  participantEnv,
  promise,
  registered,
  vote,
  type Proof,
  type Work,
} from "./scenes.ts";

const banks = fc.constantFrom("a", "b", "c", "w", "x");
const outcomes = fc.constantFrom<Outcome>("commit", "abort");
const hashes = fc.constantFrom("h1", "h1", "h1", "h2");
const words = fc.constantFrom<"yes" | "no">("yes", "yes", "no");
const ballots = fc.constantFrom(0, 0, 3, 4, 5, 6, 7);

const descriptors = fc.constantFrom(
  descriptor,
  registered,
  { ...descriptor, branches: descriptor.branches.slice(0, 2) },
  { ...registered, sequence: 0 },
  { ...descriptor, branches: [] },
);
const signedOnes: fc.Arbitrary<SignedDescriptor<Work, Proof>> = fc.record({
  hash: hashes,
  descriptor: descriptors,
  descriptorProof: fc.constant("a"),
});
const someVotes = fc.array(
  fc.record({ bank: banks, word: words, hash: hashes }).map(({ bank, word, hash }) => ({
    ...vote(bank, word),
    hash,
  })),
  { maxLength: 5 },
);
const votes = fc.oneof(fc.constant(everyYes), someVotes);
const accepts = fc.array(
  fc
    .tuple(banks, ballots, outcomes)
    .map(([bank, ballot, outcome]) => accept(bank, ballot, outcome)),
  { maxLength: 4 },
);
const values = fc.option(fc.record({ ballot: ballots, outcome: outcomes }));
const promises = fc.array(
  fc.tuple(banks, ballots, values).map(([bank, ballot, value]) => promise(bank, ballot, value)),
  { maxLength: 4 },
);
const decisions = fc.option(
  fc.tuple(fc.constantFrom("a", "a", "b"), outcomes, hashes).map(([bank, outcome, hash]) => ({
    transaction: "t1",
    hash,
    bank,
    outcome,
    proof: bank,
  })),
);
const certificates: fc.Arbitrary<Certificate<Proof>> = fc.record({
  transaction: fc.constantFrom("t1", "t1", "t2"),
  hash: hashes,
  outcome: outcomes,
  votes,
  decision: decisions,
  accepts,
});
const headOf = (one: SignedDescriptor<Work, Proof>) => headOfDescriptor(one.descriptor, one.hash);
const decisionMessages = fc
  .tuple(signedOnes, certificates)
  .map(([one, certificate]) => ({ ...headOf(one), kind: "decision" as const, certificate }));
const answerMessages = fc
  .tuple(
    signedOnes,
    fc.option(certificates),
    fc.constantFrom<AnswerState>("pending", "uncertain", "unknown", "finished", "committed"),
  )
  .map(([one, certificate, state]) => ({
    ...headOf(one),
    kind: "answer" as const,
    state,
    certificate,
  }));
const inquiries = signedOnes.map((one) => ({ kind: "inquiry" as const, ...one }));
const reported = promises.map((list) => list.map((one) => ({ promise: one, votes: [] })));

/** What a record can be told in either role. */
const shared = [
  fc.constant({ kind: "wake" as const }),
  fc.record({ kind: fc.constant("inquiry" as const), from: banks, message: inquiries }),
  fc.record({ kind: fc.constant("promised" as const), promises: reported }),
  fc.record({ kind: fc.constant("accepted" as const), accepts }),
  fc.record({ kind: fc.constant("outbid" as const), promised: ballots }),
  fc.record({
    kind: fc.constant("restore" as const),
    from: banks,
    signed: signedOnes,
    certificate: certificates,
  }),
] as const;

const participantEvents: fc.Arbitrary<ParticipantEvent<Work, Proof>> = fc.oneof(
  ...shared,
  fc.record({
    kind: fc.constant("prepare" as const),
    from: fc.constantFrom("a", "a", "c"),
    receivedAt: fc.constantFrom(1_000, -9_000),
    message: signedOnes.map((one) => ({ kind: "prepare" as const, ...one })),
  }),
  fc.record({ kind: fc.constant("decision" as const), from: banks, message: decisionMessages }),
  fc.record({ kind: fc.constant("answer" as const), from: banks, message: answerMessages }),
);

const coordinatorEvents: fc.Arbitrary<CoordinatorEvent<Work, Proof>> = fc.oneof(
  ...shared,
  fc.record({ kind: fc.constant("decide" as const), votes }),
  fc.constant({ kind: "expire" as const }),
  fc.record({ kind: fc.constant("ack" as const), from: fc.array(banks, { maxLength: 3 }) }),
  fc.record({
    kind: fc.constant("learned" as const),
    from: banks,
    message: fc.oneof(decisionMessages, answerMessages),
  }),
);

const acceptorEvents: fc.Arbitrary<AcceptorEvent<Work, Proof>> = fc.record({
  from: banks,
  message: fc.oneof(
    fc
      .tuple(signedOnes, ballots)
      .map(([one, ballot]) => ({ kind: "promise" as const, ...one, ballot })),
    fc
      .tuple(signedOnes, ballots, outcomes, votes, promises)
      .map(([one, ballot, outcome, backing, majority]) => ({
        kind: "accept" as const,
        ...one,
        ballot,
        outcome,
        votes: backing,
        promises: majority,
      })),
  ),
});

/** A branch is held, then captured or released once; or posted once; or nothing at all. */
function expectSaneEffects(effects: readonly Effect[]): void {
  const done = effects.filter((effect) => effect !== "none").join(" ");
  expect(["", "hold", "hold capture", "hold release", "post"]).toContain(done);
}

/** Guarantee: no sequence of messages makes a step throw, or a record break its laws. */
describe("whatever other banks say", () => {
  it("leaves a participant's record lawful and its branch done at most once", () => {
    fc.assert(
      fc.property(fc.array(participantEvents, { maxLength: 25 }), fc.boolean(), (events, lost) => {
        let record: ParticipantRecord<Work, Proof> | undefined;
        const effects: Effect[] = [];
        for (const event of events) {
          const step = stepParticipant(record, event, participantEnv({ recovering: lost }));
          if (step.record !== undefined) assertParticipantInvariants(step.record, "b");
          const before = record?.state;
          const absorbed = before === "committed" || before === "aborted";
          if (absorbed) expect(step.record?.state).toBe(before);
          record = step.record;
          effects.push(step.effect);
        }
        expectSaneEffects(effects);
      }),
      { numRuns: 4_000 },
    );
  }, 60_000);

  it("leaves a coordinator's record lawful and its branch done at most once", () => {
    const begins = fc.constantFrom(descriptor, registered);
    fc.assert(
      fc.property(fc.array(coordinatorEvents, { maxLength: 25 }), begins, (events, of) => {
        let record: CoordinatorRecord<Work, Proof> | undefined = begun(of);
        const effects: Effect[] = ["hold"];
        events.forEach((event, at) => {
          const env = coordinatorEnv({ now: 1_000 + at * 500 });
          const before = record;
          const step = stepCoordinator(record, event, env);
          if (step.record !== undefined) assertCoordinatorInvariants(step.record, "a");
          if (before !== undefined && before.certificate !== null)
            expect(step.record?.state).toBe(before.state);
          record = step.record;
          effects.push(step.effect);
        });
        expectSaneEffects(effects);
      }),
      { numRuns: 4_000 },
    );
  }, 60_000);

  it("never makes a witness break a promise or forget what it accepted", () => {
    fc.assert(
      fc.property(fc.array(acceptorEvents, { maxLength: 25 }), (events) => {
        let record: AcceptorRecord<Proof> | undefined;
        for (const event of events) {
          const { record: next } = stepAcceptor(record, event, acceptorEnv());
          expect(next?.promised ?? 0).toBeGreaterThanOrEqual(record?.promised ?? 0);
          const known = record?.accepted?.ballot ?? -1;
          expect(next?.accepted?.ballot ?? -1).toBeGreaterThanOrEqual(known);
          record = next;
        }
      }),
      { numRuns: 4_000 },
    );
  }, 60_000);
});
