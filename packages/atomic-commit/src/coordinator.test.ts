import { describe, expect, it } from "vitest";
import {
  accept,
  answering,
  begun,
  certificate,
  coordinatorEnv,
  decision,
  descriptor,
  everyYes,
  HASH,
  inWords,
  must,
  promise,
  registerCertificate,
  registered,
  head,
  signed,
  vote,
  type Proof,
  type Work,
} from "../test/scenes.ts";
import type { CoordinatorEvent, CoordinatorRecord } from "./coordinator-record.ts";
import { stepCoordinator } from "./coordinator.ts";
import { assertCoordinatorInvariants } from "./invariants.ts";

type Situation =
  | "none"
  | "preparing"
  | "proposed"
  | "committed"
  | "settled commit"
  | "aborted"
  | "settled abort";

const others = everyYes.slice(1);
const no = vote("c", "no", { code: "account-closed" });
const inquiryOf = (from: string, hash = HASH) => ({
  kind: "inquiry" as const,
  from,
  message: { kind: "inquiry" as const, ...signed(), hash },
});

const events = {
  begin: { kind: "begin", descriptor, hash: HASH },
  "begin with another hash": { kind: "begin", descriptor, hash: "h2" },
  "one YES": { kind: "decide", votes: others.slice(1) },
  "every YES": { kind: "decide", votes: others },
  "YES on another hash": {
    kind: "decide",
    votes: others.map((one) => ({ ...one, hash: "h2" })),
  },
  "a NO": { kind: "decide", votes: [no] },
  "deadline passed": { kind: "expire" },
  "ack of one": { kind: "ack", from: ["b"] },
  "ack of all": { kind: "ack", from: ["b", "c"] },
  "inquiry of a participant": inquiryOf("b"),
  "inquiry with another hash": inquiryOf("b", "h2"),
  "inquiry of a stranger": inquiryOf("x"),
  "commit learned": { kind: "learned", from: "c", message: decision("commit") },
  "abort learned": { kind: "learned", from: "c", message: decision("abort") },
  "register's abort learned": {
    kind: "learned",
    from: "c",
    message: { ...head, kind: "decision", certificate: registerCertificate("abort", 7) },
  },
  "register's commit learned": {
    kind: "learned",
    from: "c",
    message: { ...head, kind: "decision", certificate: registerCertificate("commit", 0) },
  },
  "answer uncertain": { kind: "learned", from: "c", message: answering("uncertain") },
  wake: { kind: "wake" },
  promised: { kind: "promised", promises: [] },
  accepted: { kind: "accepted", accepts: [] },
  outbid: { kind: "outbid", promised: 7 },
  restore: { kind: "restore", from: "c", signed: signed(), certificate: certificate("commit") },
} as const satisfies Record<string, CoordinatorEvent<Work, Proof>>;

type EventName = keyof typeof events;

function step(record: CoordinatorRecord<Work, Proof> | undefined, name: EventName) {
  const now = name === "deadline passed" ? 4_000 : 1_000;
  return stepCoordinator(record, events[name], coordinatorEnv({ now }));
}

const committed = must(step(begun(), "every YES").record);
const aborted = must(step(begun(), "deadline passed").record);

const situations: Record<Situation, CoordinatorRecord<Work, Proof> | undefined> = {
  none: undefined,
  preparing: begun(),
  proposed: must(step(begun(registered), "every YES").record),
  committed,
  "settled commit": must(step(committed, "ack of all").record),
  aborted,
  "settled abort": must(step(aborted, "ack of all").record),
};

/** The table of SPEC.md: what each event does in each state. Not Partial: no cell is undefined. */
const table: Record<Situation, Record<EventName, string>> = {
  none: {
    begin: "preparing; hold; sends prepare to b, prepare to c",
    "begin with another hash": "preparing; hold; sends prepare to b, prepare to c",
    "one YES": "∅; ALARM unknown-transaction",
    "every YES": "∅; ALARM unknown-transaction",
    "YES on another hash": "∅; ALARM unknown-transaction",
    "a NO": "∅; ALARM unknown-transaction",
    "deadline passed": "∅",
    "ack of one": "∅; ALARM unknown-transaction",
    "ack of all": "∅; ALARM unknown-transaction",
    "inquiry of a participant": "aborted; replies aborted; ALARM lost-record",
    "inquiry with another hash": "aborted; replies aborted; ALARM lost-record",
    "inquiry of a stranger": "∅; replies refused not-named; ALARM not-named",
    "commit learned": "∅; ALARM unknown-transaction",
    "abort learned": "∅; ALARM unknown-transaction",
    "register's abort learned": "∅; ALARM unknown-transaction",
    "register's commit learned": "∅; ALARM unknown-transaction",
    "answer uncertain": "∅; ALARM unknown-transaction",
    wake: "∅",
    promised: "∅",
    accepted: "∅",
    outbid: "∅",
    restore: "∅",
  },
  preparing: {
    begin: "preparing",
    "begin with another hash": "preparing; ALARM conflicting-descriptor",
    "one YES": "preparing",
    "every YES": "committed; capture; sends commit to b, commit to c",
    "YES on another hash": "preparing",
    "a NO": "aborted; release; sends abort to b",
    "deadline passed": "aborted; release; sends abort to b, abort to c",
    "ack of one": "preparing; ALARM unexpected-ack",
    "ack of all": "preparing; ALARM unexpected-ack",
    "inquiry of a participant": "preparing; replies pending",
    "inquiry with another hash":
      "preparing; replies refused conflicting-descriptor; ALARM conflicting-descriptor",
    "inquiry of a stranger": "preparing; replies refused not-named; ALARM not-named",
    "commit learned": "preparing; ALARM contradictory-decision",
    "abort learned": "aborted; release; sends abort to b, abort to c",
    "register's abort learned": "preparing; ALARM invalid-certificate",
    "register's commit learned": "preparing; ALARM invalid-certificate",
    "answer uncertain": "preparing",
    wake: "preparing; sends prepare to b, prepare to c",
    promised: "preparing",
    accepted: "preparing",
    outbid: "preparing",
    restore: "preparing; ALARM contradictory-decision",
  },
  proposed: {
    begin: "proposed",
    "begin with another hash": "proposed; ALARM conflicting-descriptor",
    "one YES": "proposed",
    "every YES": "proposed",
    "YES on another hash": "proposed",
    "a NO": "proposed; ALARM contradictory-vote",
    "deadline passed": "proposed",
    "ack of one": "proposed; ALARM unexpected-ack",
    "ack of all": "proposed; ALARM unexpected-ack",
    "inquiry of a participant": "proposed; replies pending",
    "inquiry with another hash":
      "proposed; replies refused conflicting-descriptor; ALARM conflicting-descriptor",
    "inquiry of a stranger": "proposed; replies refused not-named; ALARM not-named",
    "commit learned": "proposed; ALARM invalid-certificate",
    "abort learned": "proposed; ALARM contradictory-decision",
    "register's abort learned": "aborted; release; sends abort to b, abort to c",
    "register's commit learned": "committed; capture; sends commit to b, commit to c",
    "answer uncertain": "proposed",
    wake: "proposed; sends accept 0 commit to a, accept 0 commit to b, accept 0 commit to w",
    promised: "proposed",
    accepted: "proposed",
    outbid: "proposed",
    restore: "proposed; ALARM invalid-certificate",
  },
  committed: {
    begin: "committed",
    "begin with another hash": "committed; ALARM conflicting-descriptor",
    "one YES": "committed; sends commit to c",
    "every YES": "committed; sends commit to b, commit to c",
    "YES on another hash": "committed",
    "a NO": "committed; sends commit to c; ALARM contradictory-vote",
    "deadline passed": "committed",
    "ack of one": "committed",
    "ack of all": "committed",
    "inquiry of a participant": "committed; replies committed",
    "inquiry with another hash":
      "committed; replies refused conflicting-descriptor; ALARM conflicting-descriptor",
    "inquiry of a stranger": "committed; replies refused not-named; ALARM not-named",
    "commit learned": "committed",
    "abort learned": "committed; ALARM contradictory-decision",
    "register's abort learned": "committed; ALARM invalid-certificate",
    "register's commit learned": "committed; ALARM invalid-certificate",
    "answer uncertain": "committed",
    wake: "committed; sends commit to b, commit to c",
    promised: "committed",
    accepted: "committed",
    outbid: "committed",
    restore: "committed",
  },
  "settled commit": {
    begin: "committed",
    "begin with another hash": "committed; ALARM conflicting-descriptor",
    "one YES": "committed",
    "every YES": "committed",
    "YES on another hash": "committed",
    "a NO": "committed; ALARM contradictory-vote",
    "deadline passed": "committed",
    "ack of one": "committed",
    "ack of all": "committed",
    "inquiry of a participant": "committed; replies committed",
    "inquiry with another hash":
      "committed; replies refused conflicting-descriptor; ALARM conflicting-descriptor",
    "inquiry of a stranger": "committed; replies refused not-named; ALARM not-named",
    "commit learned": "committed",
    "abort learned": "committed; ALARM contradictory-decision",
    "register's abort learned": "committed; ALARM invalid-certificate",
    "register's commit learned": "committed; ALARM invalid-certificate",
    "answer uncertain": "committed",
    wake: "committed",
    promised: "committed",
    accepted: "committed",
    outbid: "committed",
    restore: "committed",
  },
  aborted: {
    begin: "aborted",
    "begin with another hash": "aborted; ALARM conflicting-descriptor",
    "one YES": "aborted; sends abort to c",
    "every YES": "aborted; sends abort to b, abort to c",
    "YES on another hash": "aborted",
    "a NO": "aborted; sends abort to c",
    "deadline passed": "aborted",
    "ack of one": "aborted",
    "ack of all": "aborted",
    "inquiry of a participant": "aborted; replies aborted",
    "inquiry with another hash":
      "aborted; replies refused conflicting-descriptor; ALARM conflicting-descriptor",
    "inquiry of a stranger": "aborted; replies refused not-named; ALARM not-named",
    "commit learned": "aborted; ALARM contradictory-decision",
    "abort learned": "aborted",
    "register's abort learned": "aborted; ALARM invalid-certificate",
    "register's commit learned": "aborted; ALARM invalid-certificate",
    "answer uncertain": "aborted",
    wake: "aborted; sends abort to b, abort to c",
    promised: "aborted",
    accepted: "aborted",
    outbid: "aborted",
    restore: "aborted; ALARM contradictory-decision",
  },
  "settled abort": {
    begin: "aborted",
    "begin with another hash": "aborted; ALARM conflicting-descriptor",
    "one YES": "aborted",
    "every YES": "aborted",
    "YES on another hash": "aborted",
    "a NO": "aborted",
    "deadline passed": "aborted",
    "ack of one": "aborted",
    "ack of all": "aborted",
    "inquiry of a participant": "aborted; replies aborted",
    "inquiry with another hash":
      "aborted; replies refused conflicting-descriptor; ALARM conflicting-descriptor",
    "inquiry of a stranger": "aborted; replies refused not-named; ALARM not-named",
    "commit learned": "aborted; ALARM contradictory-decision",
    "abort learned": "aborted",
    "register's abort learned": "aborted; ALARM invalid-certificate",
    "register's commit learned": "aborted; ALARM invalid-certificate",
    "answer uncertain": "aborted",
    wake: "aborted",
    promised: "aborted",
    accepted: "aborted",
    outbid: "aborted",
    restore: "aborted; ALARM contradictory-decision",
  },
};

describe("coordinator", () => {
  for (const [situation, row] of Object.entries(table)) {
    describe(`in ${situation}`, () => {
      it.each(Object.entries(row))("%s → %s", (name, expected) => {
        const record = situations[situation as Situation];
        const result = step(record, name as EventName);
        expect(inWords(result)).toBe(expected);
        if (result.record !== undefined) assertCoordinatorInvariants(result.record, "a");
      });
    });
  }
});

describe("coordinator, at begin", () => {
  it("asks nobody when its own branch is refused", () => {
    const reserve = () => ({ code: "insufficient-funds" });
    const step = stepCoordinator(undefined, events.begin, coordinatorEnv({ reserve }));
    expect(inWords(step)).toBe("aborted");
    expect(step.record).toMatchObject({ settled: true, refusal: { code: "insufficient-funds" } });
    assertCoordinatorInvariants(must(step.record), "a");
  });

  it("posts at once what concerns no other bank, whoever decides otherwise", () => {
    for (const of of [descriptor, registered]) {
      const alone = { ...of, branches: of.branches.slice(0, 1) };
      const intents: string[] = [];
      const env = coordinatorEnv({
        reserve: (_work, intent) => {
          intents.push(intent);
          return undefined;
        },
      });
      const event = { kind: "begin" as const, descriptor: alone, hash: HASH };
      const step = stepCoordinator(undefined, event, env);
      expect(inWords(step)).toBe("committed; post");
      expect(step.record).toMatchObject({ settled: true, wakeAt: null });
      expect(intents).toEqual(["post"]);
      assertCoordinatorInvariants(must(step.record), "a");
    }
  });

  it("coordinates without a branch of its own", () => {
    const without = { ...descriptor, branches: descriptor.branches.slice(1) };
    const record = begun(without);
    expect(record.ownVote).toBeNull();
    const step = stepCoordinator(record, events["every YES"], coordinatorEnv());
    expect(inWords(step)).toBe("committed; sends commit to b, commit to c");
  });

  it("throws on a begin that only its own bank can have got wrong", () => {
    const begin = (change: object, env = coordinatorEnv()) =>
      stepCoordinator(
        undefined,
        { kind: "begin", descriptor: { ...descriptor, ...change }, hash: HASH },
        env,
      );
    expect(() => begin({ coordinator: "b" })).toThrow("another bank");
    expect(() => begin({ branches: [] })).toThrow("malformed");
    expect(() => begin({ incarnation: 0 })).toThrow("incarnation");
    expect(() => begin({}, coordinatorEnv({ watermark: 5 }))).toThrow("sequence");
  });
});

describe("coordinator, deciding", () => {
  it("keeps every YES and its own signature in the certificate (R45)", () => {
    const { certificate: proof } = committed;
    expect(proof?.votes.map(({ bank }) => bank)).toEqual(["a", "b", "c"]);
    expect(proof?.decision).toMatchObject({ bank: "a", outcome: "commit" });
  });

  it("does not tell the bank that said NO, nor wait for it", () => {
    const step = stepCoordinator(begun(), events["a NO"], coordinatorEnv());
    expect(step.record?.unacknowledged).toEqual(["b"]);
    expect(step.record?.refusal).toEqual({ code: "account-closed" });
  });

  it("counts a NO above a YES of the same bank", () => {
    const votes = [...others, no];
    const step = stepCoordinator(begun(), { kind: "decide", votes }, coordinatorEnv());
    expect(step.record?.state).toBe("aborted");
  });

  it("commits on the last YES even after the deadline, while it has not given up", () => {
    const step = stepCoordinator(begun(), events["every YES"], coordinatorEnv({ now: 60_000 }));
    expect(step.record?.state).toBe("committed");
  });

  it("never gives up a transaction of an incarnation before a restore (R48)", () => {
    const env = coordinatorEnv({ now: 60_000, incarnation: 2 });
    expect(inWords(stepCoordinator(begun(), { kind: "expire" }, env))).toBe("preparing");
    expect(inWords(stepCoordinator(begun(), { kind: "wake" }, env))).toBe(
      "preparing; sends prepare to b, prepare to c",
    );
    expect(inWords(stepCoordinator(begun(), events["commit learned"], env))).toBe(
      "committed; capture; sends commit to b, commit to c",
    );
  });

  it("takes an abort up from the register only with a majority, once it has proposed (R1, R26)", () => {
    const proposed = must(situations.proposed);
    const learn = (lie: Partial<typeof proof>) => {
      const certificate = { ...proof, ...lie };
      const message = { ...head, kind: "decision" as const, certificate };
      return inWords(stepCoordinator(proposed, { kind: "learned", from: "c", message }, env));
    };
    const [env, proof] = [coordinatorEnv(), registerCertificate("abort", 4)];
    const tooFew = [accept("w", 4, "abort")];
    const refused = "proposed; ALARM contradictory-decision";
    expect(learn({ votes: [no], accepts: tooFew })).toBe(refused);
    expect(learn({ decision: certificate("abort").decision, accepts: tooFew })).toBe(refused);
    const strangers = ["x", "y", "z"].map((bank) => accept(bank, 4, "abort"));
    expect(learn({ votes: [no], accepts: strangers })).toBe(refused);
    const mixed = [accept("a", 1, "abort"), accept("w", 4, "abort")];
    expect(learn({ votes: [no], accepts: mixed })).toBe(refused);
    expect(learn({ votes: [no] })).toBe("aborted; release; sends abort to b");
  });

  it("names the banks whose silence ended it, where it knows who spoke", () => {
    const late = coordinatorEnv({ now: 4_000 });
    const step = stepCoordinator(begun(), { kind: "wake", voted: ["b"] }, late);
    expect(step.record?.refusal).toEqual({ code: "prepare-timeout", silent: ["c"] });
    const unknown = stepCoordinator(begun(), { kind: "wake" }, late);
    expect(unknown.record?.refusal).toEqual({ code: "prepare-timeout" });
  });

  it("sleeps until its deadline at the latest", () => {
    const step = stepCoordinator(begun(), { kind: "wake" }, coordinatorEnv({ now: 3_900 }));
    expect(step.record?.wakeAt).toBe(4_000);
  });
});

describe("coordinator, restored", () => {
  it("finds nothing unheard-of in acks and votes for what it has forgotten (R48)", () => {
    const env = coordinatorEnv({ incarnation: 2, recovering: true });
    for (const event of [events["ack of all"], events["every YES"], events["commit learned"]]) {
      expect(inWords(stepCoordinator(undefined, event, env))).toBe("∅");
    }
  });

  it("decides no commit before it has asked its peers: its abort may be on its way (R48)", () => {
    const env = coordinatorEnv({ incarnation: 2, recovering: true });
    const asked = stepCoordinator(begun(), events["every YES"], env);
    expect(inWords(asked)).toBe("preparing");
    expect(inWords(stepCoordinator(begun(), events["a NO"], env))).toBe(
      "aborted; release; sends abort to b",
    );
    const known = coordinatorEnv({ incarnation: 2 });
    expect(stepCoordinator(begun(), events["every YES"], known).record?.state).toBe("committed");
  });

  it("uses none of its ballots again but ballot 0, and asks instead (R48)", () => {
    const proposed = must(situations.proposed);
    const env = coordinatorEnv({ incarnation: 2 });
    expect(inWords(stepCoordinator(proposed, { kind: "wake" }, env))).toBe(
      "proposed; sends accept 0 commit to a, accept 0 commit to b, accept 0 commit to w",
    );
    const outbid = must(stepCoordinator(proposed, { kind: "outbid", promised: 4 }, env).record);
    expect(inWords(stepCoordinator(outbid, { kind: "wake" }, env))).toBe(
      "proposed; sends inquiry to b, inquiry to c",
    );
    const fresh = must(stepCoordinator(outbid, { kind: "wake" }, coordinatorEnv()).record);
    const free = [promise("a", 6, null), promise("w", 6, null)];
    const promises = free.map((one) => ({ promise: one, votes: [] }));
    expect(stepCoordinator(fresh, { kind: "promised", promises }, env).record).toBe(fresh);
  });

  it("re-learns what it had begun, also long after it left recovery, by certificate", () => {
    const step = stepCoordinator(undefined, events.restore, coordinatorEnv({ incarnation: 2 }));
    expect(inWords(step)).toBe("committed; post");
    const current = stepCoordinator(undefined, events.restore, coordinatorEnv());
    expect(inWords(current)).toBe("∅");
  });
});

describe("coordinator that has lost a record", () => {
  const ask = (env: Parameters<typeof stepCoordinator<Work, Proof>>[2], of = descriptor) => {
    const message = { kind: "inquiry" as const, ...signed(of) };
    return inWords(stepCoordinator(undefined, { kind: "inquiry", from: "b", message }, env));
  };

  it("writes an abort before it answers one, where nothing else can be", () => {
    expect(ask(coordinatorEnv())).toBe("aborted; replies aborted; ALARM lost-record");
  });

  it("presumes nothing after a restore, nor where a register decides (R26, R48)", () => {
    const unknown = "∅; replies unknown; ALARM lost-record";
    expect(ask(coordinatorEnv({ recovering: true }))).toBe(unknown);
    expect(ask(coordinatorEnv({ incarnation: 2 }))).toBe(unknown);
    expect(ask(coordinatorEnv(), registered)).toBe(unknown);
  });

  it("says finished for what it forgot on purpose (R31)", () => {
    expect(ask(coordinatorEnv({ watermark: 5 }))).toBe("∅; replies finished");
    const env = coordinatorEnv({ watermark: 5 });
    const late = stepCoordinator(undefined, { kind: "ack", from: ["b"], sequence: 5 }, env);
    expect(inWords(late)).toBe("∅");
  });

  it("re-learns its own commit from a peer while it recovers", () => {
    const env = coordinatorEnv({ recovering: true, incarnation: 2 });
    const step = stepCoordinator(undefined, events.restore, env);
    expect(inWords(step)).toBe("committed; post");
    assertCoordinatorInvariants(must(step.record), "a");
  });
});

describe("coordinator that has proposed to the register", () => {
  const proposed = must(situations.proposed);

  it("commits on a majority of accepts at one ballot, and on nothing less", () => {
    const accepts = [accept("a", 0, "commit"), accept("x", 0, "commit")];
    const few = stepCoordinator(proposed, { kind: "accepted", accepts }, coordinatorEnv());
    expect(inWords(few)).toBe("proposed");
    const enough = [...accepts, accept("w", 0, "commit")];
    const step = stepCoordinator(proposed, { kind: "accepted", accepts: enough }, coordinatorEnv());
    expect(inWords(step)).toBe("committed; capture; sends commit to b, commit to c");
    expect(step.record?.certificate?.accepts).toHaveLength(2);
    assertCoordinatorInvariants(must(step.record), "a");
  });

  it("takes a higher ballot once outbid, and the value that its promises demand", () => {
    const outbid = stepCoordinator(proposed, { kind: "outbid", promised: 4 }, coordinatorEnv());
    const renewed = stepCoordinator(outbid.record, { kind: "wake" }, coordinatorEnv());
    expect(inWords(renewed)).toBe("proposed; sends promise 6 to a, promise 6 to b, promise 6 to w");
    const free = [promise("a", 6, null), promise("w", 6, null)];
    const promises = free.map((one) => ({ promise: one, votes: [] }));
    const step = stepCoordinator(renewed.record, { kind: "promised", promises }, coordinatorEnv());
    expect(inWords(step)).toBe(
      "proposed; sends accept 6 abort to a, accept 6 abort to b, accept 6 abort to w",
    );
    const accepts = [accept("a", 6, "abort"), accept("b", 6, "abort")];
    const done = stepCoordinator(step.record, { kind: "accepted", accepts }, coordinatorEnv());
    expect(inWords(done)).toBe("aborted; release; sends abort to b, abort to c");
    assertCoordinatorInvariants(must(done.record), "a");
  });
});
