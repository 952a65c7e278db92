import { describe, expect, it } from "vitest";
import { stepCoordinator } from "../src/coordinator.ts";
import { descriptorFault } from "../src/descriptor.ts";
import { stepParticipant } from "../src/participant.ts";
import {
  begun,
  certificate,
  coordinatorEnv,
  decision,
  descriptor,
  everyYes,
  HASH,
  inWords,
  must,
  participantEnv,
  prepare,
  prepared,
  signed,
  vote,
} from "./scenes.ts";

const decide = (outcome: "commit" | "abort") => ({
  kind: "decision" as const,
  from: "a",
  message: decision(outcome),
});
const votes = everyYes.slice(1);

/** Bugs that systems of this kind really had, at the level of the protocol. */
describe("bugs that others had", () => {
  it("lesson 1: refuses the same bank twice in one transaction", () => {
    const [first] = descriptor.branches;
    const twice = { ...descriptor, branches: [...descriptor.branches, must(first)] };
    expect(descriptorFault(twice)).toBe("bank-twice");
    const begin = { kind: "begin" as const, descriptor: twice, hash: HASH };
    expect(() => stepCoordinator(undefined, begin, coordinatorEnv())).toThrow("bank-twice");
    const asked = stepParticipant(undefined, prepare(signed(twice)), participantEnv());
    expect(inWords(asked)).toBe(
      "∅; replies refused malformed-descriptor; ALARM malformed-descriptor",
    );
  });

  it("lesson 6: an abort of what was never prepared releases nothing", () => {
    const step = stepParticipant(undefined, decide("abort"), participantEnv());
    expect(step.effect).toBe("none");
    expect(step.record?.state).toBe("aborted");
  });

  it("lesson 7: a participant that cannot commit now keeps nobody else from committing", () => {
    const committed = must(
      stepCoordinator(begun(), { kind: "decide", votes }, coordinatorEnv()).record,
    );
    let record = committed;
    for (let attempt = 0; attempt < 50; attempt += 1) {
      const now = 1_000 + attempt * 10_000;
      const step = stepCoordinator(record, { kind: "wake" }, coordinatorEnv({ now }));
      record = must(step.record);
      expect(inWords(step)).toBe("committed; sends commit to b, commit to c");
    }
  });

  it("lesson 8: a record survives the trip through storage, timers and holds included", () => {
    const stored = JSON.parse(JSON.stringify(prepared())) as ReturnType<typeof prepared>;
    expect(stored).toEqual(prepared());
    expect(inWords(stepParticipant(stored, decide("commit"), participantEnv()))).toBe(
      "committed; capture; replies ack",
    );
    const begunAgain = JSON.parse(JSON.stringify(begun())) as ReturnType<typeof begun>;
    const step = stepCoordinator(begunAgain, { kind: "decide", votes }, coordinatorEnv());
    expect(step.record?.state).toBe("committed");
  });

  it("lesson 9: a bank whose vote never arrived is told of the abort, for it may have prepared", () => {
    const late = coordinatorEnv({ now: 60_000 });
    const step = stepCoordinator(begun(), { kind: "expire" }, late);
    expect(inWords(step)).toBe("aborted; release; sends abort to b, abort to c");
  });

  it("lesson 25: captures once, however often commit comes, and never after an abort", () => {
    const committed = stepParticipant(prepared(), decide("commit"), participantEnv());
    expect(committed.effect).toBe("capture");
    const again = stepParticipant(committed.record, decide("commit"), participantEnv());
    expect(inWords(again)).toBe("committed; replies ack");
    const voided = stepParticipant(prepared(), decide("abort"), participantEnv());
    expect(voided.effect).toBe("release");
    const after = stepParticipant(voided.record, decide("commit"), participantEnv());
    expect(after.effect).toBe("none");
    expect(after.alarm?.code).toBe("contradictory-decision");
    const twice = stepParticipant(voided.record, decide("abort"), participantEnv());
    expect(inWords(twice)).toBe("aborted; replies ack");
  });

  it("lesson 25: applies nothing that it refused to hold", () => {
    const reserve = () => ({ code: "insufficient-funds" });
    const refused = stepParticipant(undefined, prepare(), participantEnv({ reserve }));
    const commit = stepParticipant(refused.record, decide("commit"), participantEnv());
    expect(commit.effect).toBe("none");
    expect(commit.alarm?.code).toBe("contradictory-decision");
  });

  it("lesson 29: a deadline that races with the last vote leaves one outcome, whichever was first", () => {
    const late = coordinatorEnv({ now: 60_000 });
    const expired = stepCoordinator(begun(), { kind: "expire" }, late);
    const tooLate = stepCoordinator(expired.record, { kind: "decide", votes }, late);
    expect(tooLate.record).toBe(expired.record);
    expect(inWords(tooLate)).toBe("aborted; sends abort to b, abort to c");
    const committed = stepCoordinator(begun(), { kind: "decide", votes }, late);
    const expiry = stepCoordinator(committed.record, { kind: "expire" }, late);
    expect(expiry.record).toBe(committed.record);
    expect(expiry.effect).toBe("none");
  });

  it("lesson 30: keeps the evidence for ever, also once nobody asks any more", () => {
    const committed = stepCoordinator(begun(), { kind: "decide", votes }, coordinatorEnv());
    const ack = { kind: "ack" as const, from: ["b", "c"] };
    const settled = must(stepCoordinator(committed.record, ack, coordinatorEnv()).record);
    expect(settled.settled).toBe(true);
    expect(settled.certificate).toEqual(certificate("commit"));
    const years = coordinatorEnv({ now: 1e12 });
    expect(stepCoordinator(settled, { kind: "wake" }, years).record).toBe(settled);
    const branch = must(stepParticipant(prepared(), decide("commit"), participantEnv()).record);
    expect(branch.certificate).toEqual(certificate("commit"));
  });

  it("lesson 31: a cancel without a try leaves a tombstone, and the late try finds it", () => {
    const tombstone = stepParticipant(undefined, decide("abort"), participantEnv());
    const reserve = () => expect.unreachable("a hold after the abort was acknowledged");
    const late = stepParticipant(tombstone.record, prepare(), participantEnv({ reserve }));
    expect(late.effect).toBe("none");
    expect(late.record).toBe(tombstone.record);
  });

  it("lesson 31: the same message twice does what it did once", () => {
    const first = stepParticipant(undefined, prepare(), participantEnv());
    const second = stepParticipant(first.record, prepare(), participantEnv({ now: 9_999 }));
    expect(second.record).toBe(first.record);
    expect(second.reply).toEqual(first.reply);
    expect(second.effect).toBe("none");
  });

  it("lesson 32: no timer ends a hold, however long nobody decides", () => {
    let record = prepared();
    for (let attempt = 0; attempt < 1_000; attempt += 1) {
      const env = participantEnv({ now: 1_000 + attempt * 3_600_000, random: 0.999 });
      const step = stepParticipant(record, { kind: "wake" }, env);
      expect(step.effect).toBe("none");
      record = must(step.record);
      expect(record.state).toBe("prepared");
      expect(must(record.wakeAt ?? undefined)).toBeGreaterThan(env.now);
    }
  });

  it("a YES counts for the hash that it names and for no other (R16)", () => {
    const altered = everyYes.map((one) => ({ ...one, hash: "h2" }));
    const step = stepCoordinator(begun(), { kind: "decide", votes: altered }, coordinatorEnv());
    expect(inWords(step)).toBe("preparing");
    const strangers = [vote("x", "no"), vote("b", "yes")];
    const unmoved = stepCoordinator(
      begun(),
      { kind: "decide", votes: strangers },
      coordinatorEnv(),
    );
    expect(inWords(unmoved)).toBe("preparing");
  });
});
