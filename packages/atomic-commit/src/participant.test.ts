import { describe, expect, it } from "vitest";
import {
  answering,
  certificate,
  decision,
  everyYes,
  inWords,
  must,
  participantEnv,
  prepare,
  prepared,
  promise,
  registered,
  signed,
  type Proof,
  type Work,
} from "../test/scenes.ts";
import { assertParticipantInvariants } from "./invariants.ts";
import type { ParticipantEvent, ParticipantRecord } from "./participant-record.ts";
import { stepParticipant } from "./participant.ts";
import { BALLOT_LEAP_MAX } from "./register.ts";

type Situation =
  | "none"
  | "prepared"
  | "committed"
  | "refused"
  | "tombstone"
  | "aborted"
  | "heuristic-commit"
  | "heuristic-abort";

const from = "a";
const other = { ...signed(), hash: "h2" };
const inquiryOf = (asker: string) => ({
  kind: "inquiry" as const,
  from: asker,
  message: { kind: "inquiry" as const, ...signed() },
});

/** Every event of the specification, in each of the kinds that make a difference. */
const events = {
  prepare: prepare(),
  "prepare with another hash": prepare(other),
  commit: { kind: "decision", from, message: decision("commit") },
  abort: { kind: "decision", from, message: decision("abort") },
  "commit without every YES": {
    kind: "decision",
    from,
    message: {
      ...decision("commit"),
      certificate: { ...certificate("commit"), votes: everyYes.slice(1) },
    },
  },
  "commit passed on by a peer": { kind: "decision", from: "c", message: decision("commit") },
  "inquiry of a peer": inquiryOf("c"),
  "inquiry of a stranger": inquiryOf("x"),
  "answer committed": { kind: "answer", from, message: answering("committed") },
  "answer aborted": { kind: "answer", from, message: answering("aborted") },
  "answer pending": { kind: "answer", from, message: answering("pending") },
  "answer uncertain": { kind: "answer", from: "c", message: answering("uncertain") },
  "answer unknown": { kind: "answer", from, message: answering("unknown") },
  "answer finished": { kind: "answer", from, message: answering("finished") },
  wake: { kind: "wake" },
  promised: { kind: "promised", promises: [] },
  accepted: { kind: "accepted", accepts: [] },
  outbid: { kind: "outbid", promised: 9 },
  "heuristic commit": { kind: "heuristic", outcome: "commit" },
  "heuristic abort": { kind: "heuristic", outcome: "abort" },
  restore: { kind: "restore", from, signed: signed(), certificate: certificate("commit") },
} as const satisfies Record<string, ParticipantEvent<Work, Proof>>;

type EventName = keyof typeof events;

function step(record: ParticipantRecord<Work, Proof> | undefined, name: EventName) {
  return stepParticipant(record, events[name], participantEnv());
}

const situations: Record<Situation, ParticipantRecord<Work, Proof> | undefined> = {
  none: undefined,
  prepared: prepared(),
  committed: must(step(prepared(), "commit").record),
  refused: must(
    stepParticipant(
      undefined,
      prepare(),
      participantEnv({ reserve: () => ({ code: "insufficient-funds" }) }),
    ).record,
  ),
  tombstone: must(step(undefined, "abort").record),
  aborted: must(step(prepared(), "abort").record),
  "heuristic-commit": must(step(prepared(), "heuristic commit").record),
  "heuristic-abort": must(step(prepared(), "heuristic abort").record),
};

/** The table of SPEC.md: what each event does in each state. Not Partial: no cell is undefined. */
const table: Record<Situation, Record<EventName, string>> = {
  none: {
    prepare: "prepared; hold; replies YES",
    "prepare with another hash": "prepared; hold; replies YES",
    commit: "∅; replies refused unknown-transaction; ALARM unknown-transaction",
    abort: "aborted; replies ack",
    "commit without every YES": "∅; replies refused unknown-transaction; ALARM unknown-transaction",
    "commit passed on by a peer":
      "∅; replies refused unknown-transaction; ALARM unknown-transaction",
    "inquiry of a peer": "aborted; replies aborted",
    "inquiry of a stranger": "∅; replies refused not-named; ALARM not-named",
    "answer committed": "∅",
    "answer aborted": "∅",
    "answer pending": "∅",
    "answer uncertain": "∅",
    "answer unknown": "∅",
    "answer finished": "∅",
    wake: "∅",
    promised: "∅",
    accepted: "∅",
    outbid: "∅",
    "heuristic commit": "∅",
    "heuristic abort": "∅",
    restore: "∅",
  },
  prepared: {
    prepare: "prepared; replies YES",
    "prepare with another hash":
      "prepared; replies refused conflicting-descriptor; ALARM conflicting-descriptor",
    commit: "committed; capture; replies ack",
    abort: "aborted; release; replies ack",
    "commit without every YES":
      "prepared; replies refused invalid-certificate; ALARM invalid-certificate",
    "commit passed on by a peer": "committed; capture; sends commit to a",
    "inquiry of a peer": "prepared; replies uncertain",
    "inquiry of a stranger": "prepared; replies refused not-named; ALARM not-named",
    "answer committed": "committed; capture",
    "answer aborted": "aborted; release",
    "answer pending": "prepared",
    "answer uncertain": "prepared",
    "answer unknown": "prepared",
    "answer finished": "prepared; ALARM finished-while-in-doubt",
    wake: "prepared; sends inquiry to a",
    promised: "prepared",
    accepted: "prepared",
    outbid: "prepared",
    "heuristic commit": "heuristic-commit; capture",
    "heuristic abort": "heuristic-abort; release",
    restore: "committed; capture",
  },
  committed: {
    prepare: "committed; replies committed",
    "prepare with another hash":
      "committed; replies refused conflicting-descriptor; ALARM conflicting-descriptor",
    commit: "committed; replies ack",
    abort: "committed; replies refused contradictory-decision; ALARM contradictory-decision",
    "commit without every YES":
      "committed; replies refused invalid-certificate; ALARM invalid-certificate",
    "commit passed on by a peer": "committed",
    "inquiry of a peer": "committed; replies committed",
    "inquiry of a stranger": "committed; replies refused not-named; ALARM not-named",
    "answer committed": "committed",
    "answer aborted": "committed; ALARM contradictory-decision",
    "answer pending": "committed",
    "answer uncertain": "committed",
    "answer unknown": "committed",
    "answer finished": "committed",
    wake: "committed",
    promised: "committed",
    accepted: "committed",
    outbid: "committed",
    "heuristic commit": "committed",
    "heuristic abort": "committed",
    restore: "committed",
  },
  refused: {
    prepare: "aborted; replies NO",
    "prepare with another hash":
      "aborted; replies refused conflicting-descriptor; ALARM conflicting-descriptor",
    commit: "aborted; replies refused contradictory-decision; ALARM contradictory-decision",
    abort: "aborted; replies ack",
    "commit without every YES":
      "aborted; replies refused invalid-certificate; ALARM invalid-certificate",
    "commit passed on by a peer":
      "aborted; replies refused contradictory-decision; ALARM contradictory-decision",
    "inquiry of a peer": "aborted; replies aborted",
    "inquiry of a stranger": "aborted; replies refused not-named; ALARM not-named",
    "answer committed": "aborted; ALARM contradictory-decision",
    "answer aborted": "aborted",
    "answer pending": "aborted",
    "answer uncertain": "aborted",
    "answer unknown": "aborted",
    "answer finished": "aborted",
    wake: "aborted",
    promised: "aborted",
    accepted: "aborted",
    outbid: "aborted",
    "heuristic commit": "aborted",
    "heuristic abort": "aborted",
    restore: "aborted; ALARM contradictory-decision",
  },
  tombstone: {
    prepare: "aborted; replies aborted",
    "prepare with another hash":
      "aborted; replies refused conflicting-descriptor; ALARM conflicting-descriptor",
    commit: "aborted; replies refused contradictory-decision; ALARM contradictory-decision",
    abort: "aborted; replies ack",
    "commit without every YES":
      "aborted; replies refused contradictory-decision; ALARM contradictory-decision",
    "commit passed on by a peer":
      "aborted; replies refused contradictory-decision; ALARM contradictory-decision",
    "inquiry of a peer": "aborted; replies aborted",
    "inquiry of a stranger": "aborted; replies refused not-named; ALARM not-named",
    "answer committed": "aborted; ALARM contradictory-decision",
    "answer aborted": "aborted",
    "answer pending": "aborted",
    "answer uncertain": "aborted",
    "answer unknown": "aborted",
    "answer finished": "aborted",
    wake: "aborted",
    promised: "aborted",
    accepted: "aborted",
    outbid: "aborted",
    "heuristic commit": "aborted",
    "heuristic abort": "aborted",
    restore: "aborted; ALARM contradictory-decision",
  },
  aborted: {
    prepare: "aborted; replies aborted",
    "prepare with another hash":
      "aborted; replies refused conflicting-descriptor; ALARM conflicting-descriptor",
    commit: "aborted; replies refused contradictory-decision; ALARM contradictory-decision",
    abort: "aborted; replies ack",
    "commit without every YES":
      "aborted; replies refused invalid-certificate; ALARM invalid-certificate",
    "commit passed on by a peer":
      "aborted; replies refused contradictory-decision; ALARM contradictory-decision",
    "inquiry of a peer": "aborted; replies aborted",
    "inquiry of a stranger": "aborted; replies refused not-named; ALARM not-named",
    "answer committed": "aborted; ALARM contradictory-decision",
    "answer aborted": "aborted",
    "answer pending": "aborted",
    "answer uncertain": "aborted",
    "answer unknown": "aborted",
    "answer finished": "aborted",
    wake: "aborted",
    promised: "aborted",
    accepted: "aborted",
    outbid: "aborted",
    "heuristic commit": "aborted",
    "heuristic abort": "aborted",
    restore: "aborted; ALARM contradictory-decision",
  },
  "heuristic-commit": {
    prepare: "heuristic-commit; replies YES",
    "prepare with another hash":
      "heuristic-commit; replies refused conflicting-descriptor; ALARM conflicting-descriptor",
    commit: "heuristic-commit; replies ack",
    abort: "heuristic-commit; replies ack; ALARM heuristic-mixed",
    "commit without every YES":
      "heuristic-commit; replies refused invalid-certificate; ALARM invalid-certificate",
    "commit passed on by a peer": "heuristic-commit",
    "inquiry of a peer": "heuristic-commit; replies uncertain",
    "inquiry of a stranger": "heuristic-commit; replies refused not-named; ALARM not-named",
    "answer committed": "heuristic-commit",
    "answer aborted": "heuristic-commit; ALARM heuristic-mixed",
    "answer pending": "heuristic-commit",
    "answer uncertain": "heuristic-commit",
    "answer unknown": "heuristic-commit",
    "answer finished": "heuristic-commit",
    wake: "heuristic-commit; sends inquiry to a",
    promised: "heuristic-commit",
    accepted: "heuristic-commit",
    outbid: "heuristic-commit",
    "heuristic commit": "heuristic-commit",
    "heuristic abort": "heuristic-commit",
    restore: "heuristic-commit",
  },
  "heuristic-abort": {
    prepare: "heuristic-abort; replies YES",
    "prepare with another hash":
      "heuristic-abort; replies refused conflicting-descriptor; ALARM conflicting-descriptor",
    commit: "heuristic-abort; replies ack; ALARM heuristic-mixed",
    abort: "heuristic-abort; replies ack",
    "commit without every YES":
      "heuristic-abort; replies refused invalid-certificate; ALARM invalid-certificate",
    "commit passed on by a peer": "heuristic-abort; ALARM heuristic-mixed",
    "inquiry of a peer": "heuristic-abort; replies uncertain",
    "inquiry of a stranger": "heuristic-abort; replies refused not-named; ALARM not-named",
    "answer committed": "heuristic-abort; ALARM heuristic-mixed",
    "answer aborted": "heuristic-abort",
    "answer pending": "heuristic-abort",
    "answer uncertain": "heuristic-abort",
    "answer unknown": "heuristic-abort",
    "answer finished": "heuristic-abort",
    wake: "heuristic-abort; sends inquiry to a",
    promised: "heuristic-abort",
    accepted: "heuristic-abort",
    outbid: "heuristic-abort",
    "heuristic commit": "heuristic-abort",
    "heuristic abort": "heuristic-abort",
    restore: "heuristic-abort; ALARM heuristic-mixed",
  },
};

describe("participant", () => {
  for (const [situation, row] of Object.entries(table)) {
    describe(`in ${situation}`, () => {
      it.each(Object.entries(row))("%s → %s", (name, expected) => {
        const record = situations[situation as Situation];
        const result = step(record, name as EventName);
        expect(inWords(result)).toBe(expected);
        if (result.record !== undefined) assertParticipantInvariants(result.record, "b");
      });
    });
  }
});

describe("participant, asked to prepare", () => {
  it("reserves exactly once, and only when YES is due otherwise", () => {
    let calls = 0;
    const env = participantEnv({
      reserve: () => {
        calls += 1;
        return undefined;
      },
    });
    stepParticipant(undefined, prepare(), env);
    expect(calls).toBe(1);
    stepParticipant(prepared(), prepare(), env);
    stepParticipant(undefined, { ...prepare(), receivedAt: -5_000 }, env);
    stepParticipant(undefined, prepare(), { ...env, recovering: true });
    expect(calls).toBe(1);
  });

  it("refuses for good what waited longer than its deadline, and never tries the hold", () => {
    const late = stepParticipant(
      undefined,
      { ...prepare(), receivedAt: -2_001 },
      participantEnv({ reserve: () => expect.unreachable() }),
    );
    expect(inWords(late)).toBe("aborted; replies NO");
    expect(late.record?.vote?.reason?.code).toBe("prepare-too-late");
    expect(inWords(stepParticipant(late.record, prepare(), participantEnv()))).toBe(
      "aborted; replies NO",
    );
  });

  it("says neither YES nor NO where a restore may have lost its vote (R48)", () => {
    const fence = { watermark: 0, forgottenUpTo: 5, incarnation: 0 };
    for (const env of [participantEnv({ recovering: true }), participantEnv({ fence })]) {
      const step = stepParticipant(undefined, prepare(), env);
      expect(inWords(step)).toBe("∅; replies refused recovering");
      const asked = stepParticipant(undefined, events["inquiry of a peer"], env);
      expect(inWords(asked)).toBe("∅; replies unknown");
    }
  });

  it("turns away what is finished and compacted (R31)", () => {
    const env = participantEnv({ fence: { watermark: 5, forgottenUpTo: 0, incarnation: 0 } });
    const say = (name: EventName) => inWords(stepParticipant(undefined, events[name], env));
    expect(say("prepare")).toBe("∅; replies refused stale-sequence");
    expect(say("inquiry of a peer")).toBe("∅; replies finished");
    expect(say("commit")).toBe("∅; replies ack");
    expect(say("abort")).toBe("∅; replies ack");
  });

  it("votes NO on what a dead incarnation of the coordinator began (R49)", () => {
    const fence = { watermark: 0, forgottenUpTo: 0, incarnation: 2 };
    const env = participantEnv({ fence, reserve: () => expect.unreachable() });
    const step = stepParticipant(undefined, prepare(), env);
    expect(inWords(step)).toBe("aborted; replies NO; ALARM old-incarnation");
    const voted = stepParticipant(prepared(), prepare(), env);
    expect(inWords(voted)).toBe("prepared; replies YES");
  });

  it("turns away a PREPARE from anybody but the coordinator, or without a branch for it", () => {
    const stranger = stepParticipant(undefined, { ...prepare(), from: "c" }, participantEnv());
    expect(inWords(stranger)).toBe("∅; replies refused not-named; ALARM not-named");
    const elsewhere = stepParticipant(undefined, prepare(), participantEnv({ self: "d" }));
    expect(inWords(elsewhere)).toBe("∅; replies refused not-named; ALARM not-named");
  });
});

describe("participant, restored", () => {
  it("hears of a commit that it has forgotten without alarm, and neither applies nor acks (R48)", () => {
    const step = stepParticipant(undefined, events.commit, participantEnv({ recovering: true }));
    expect(inWords(step)).toBe("∅; replies refused recovering");
  });

  it("posts a commit that it had lost, without a hold, by certificate (R48)", () => {
    const step = stepParticipant(undefined, events.restore, participantEnv({ recovering: true }));
    expect(inWords(step)).toBe("committed; post");
    expect(step.record?.vote?.vote).toBe("yes");
    assertParticipantInvariants(must(step.record), "b");
    const again = stepParticipant(step.record, events.restore, participantEnv());
    expect(again.record).toBe(step.record);
    expect(again.effect).toBe("none");
  });
});

describe("participant in doubt, restored", () => {
  it("runs no ballot where a restore may have lost one of its own (R48)", () => {
    let record = prepared(registered);
    const fence = { watermark: 0, forgottenUpTo: 5, incarnation: 0 };
    for (let attempt = 0; attempt < 4; attempt += 1) {
      const step = stepParticipant(record, { kind: "wake" }, participantEnv({ fence }));
      expect(step.sends.map(({ message }) => message.kind)).not.toContain("promise");
      record = must(step.record);
    }
    const step = stepParticipant(record, { kind: "wake" }, participantEnv());
    expect(step.sends.map(({ message }) => message.kind)).toContain("promise");
    const ballot = must(step.record?.proposal ?? undefined).ballot;
    const free = [promise("a", ballot, null), promise("w", ballot, null)];
    const promises = free.map((one) => ({ promise: one, votes: [] }));
    const event = { kind: "promised" as const, promises };
    const env = participantEnv({ recovering: true });
    expect(stepParticipant(step.record, event, env).record).toBe(step.record);
    expect(stepParticipant(step.record, event, participantEnv()).record?.proposal?.phase).toBe(
      "accept",
    );
  });
});

describe("participant in doubt", () => {
  it("asks the coordinator, then its peers too, ever more rarely", () => {
    const first = stepParticipant(prepared(), { kind: "wake" }, participantEnv());
    expect(inWords(first)).toBe("prepared; sends inquiry to a");
    const second = stepParticipant(first.record, { kind: "wake" }, participantEnv());
    expect(inWords(second)).toBe("prepared; sends inquiry to a, inquiry to c");
    expect(must(second.record).attempts).toBe(2);
  });

  it("believes no single witness that there are no ballots left (R25)", () => {
    let record = prepared(registered);
    const outbid = { kind: "outbid" as const, promised: Number.MAX_SAFE_INTEGER };
    for (let attempt = 0; attempt < 8; attempt += 1) {
      record = must(stepParticipant(record, { kind: "wake" }, participantEnv()).record);
      const last = record.proposal?.ballot ?? 0;
      record = must(stepParticipant(record, outbid, participantEnv()).record);
      const woken = must(stepParticipant(record, { kind: "wake" }, participantEnv()).record);
      const next = woken.proposal?.ballot ?? 0;
      expect(next).toBeGreaterThanOrEqual(last);
      expect(next - last).toBeLessThan(BALLOT_LEAP_MAX);
    }
  });

  it("changes nothing by the same event twice: the record is the very same object", () => {
    const committed = must(step(prepared(), "commit").record);
    for (const name of Object.keys(events)) {
      const again = step(committed, name as EventName);
      expect(again.record).toBe(committed);
      expect(again.effect).toBe("none");
    }
  });
});
