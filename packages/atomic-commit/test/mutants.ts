import type { Swarm } from "../src/simulator/index.ts";

/** One edit of one source file. `find` has to occur exactly once, or the mutant is out of date. */
export interface Edit {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** A plausible bug, seeded into the sources that the simulator is built from. */
export interface Mutant {
  readonly name: string;
  /** What it breaks. */
  readonly rule: string;
  readonly decider: "local" | "register" | "mixed";
  /** Faults that every schedule is given, for what shows only under rare ones. */
  readonly swarm?: Partial<Swarm>;
  readonly edits: readonly Edit[];
}

function edit(file: string, find: string, replace: string): Edit {
  return { file, find, replace };
}

const RESTORES: Partial<Swarm> = { faultFree: false, compact: 0, doomed: -1, restore: 12 };
/** The same with one transaction only. */
const CONTESTED: Partial<Swarm> = {
  ...RESTORES,
  restore: 20,
  contested: true,
  drop: 30,
  partition: 10,
  spuriousWake: 60,
};

const PARTICIPANT = "participant.ts";
const COORDINATOR = "coordinator.ts";
const REGISTER = "register.ts";
const ACCEPTOR = "acceptor.ts";
const TERMINATION = "termination.ts";
const TRANSACT = "simulator/transact.ts";

const UNPROVEN_ABORT = `{
    transaction: record.transaction, hash: record.hash, outcome: "abort",
    votes: [], decision: null, accepts: [] }`;

const participantMutants: readonly Mutant[] = [
  {
    name: "no tombstone",
    rule: "R13",
    decider: "mixed",
    edits: [
      edit(
        PARTICIPANT,
        `    wakeAt: null,
  };
  return stay(record, ack);`,
        `    wakeAt: null,
  };
  return stay(record.state === "aborted" ? undefined : record, ack);`,
      ),
    ],
  },
  {
    name: "peer answers aborted without a record",
    rule: "R14",
    decider: "mixed",
    edits: [
      edit(
        PARTICIPANT,
        ": stay(tombstone, answerWith(head, tombstone.certificate));",
        ": stay(undefined, answerWith(head, tombstone.certificate));",
      ),
    ],
  },
  {
    name: "hold expires by itself",
    rule: "R23, lesson 32",
    decider: "mixed",
    edits: [
      edit(
        PARTICIPANT,
        "  const sends = inquirySends(signed, env.self, record.attempts);",
        `  if (record.attempts > 1) return settle(record, ${UNPROVEN_ABORT}, env.self, env);
  const sends = inquirySends(signed, env.self, record.attempts);`,
      ),
    ],
  },
  {
    name: "an uncertain peer means abort",
    rule: "R23",
    decider: "mixed",
    edits: [
      edit(
        PARTICIPANT,
        "  if (certificate === null) {\n    const lost",
        `  if (message.state === "uncertain" && record.state === "prepared") {
    return settle(record, ${UNPROVEN_ABORT}, from, env);
  }
  if (certificate === null) {\n    const lost`,
      ),
    ],
  },
  {
    name: "YES without a hold",
    rule: "R6",
    decider: "mixed",
    edits: [edit(PARTICIPANT, ": env.reserve(branch.work);", ": undefined;")],
  },
  {
    name: "commit applied again on its repetition",
    rule: "R12",
    decider: "mixed",
    edits: [
      edit(
        PARTICIPANT,
        `    const same = (outcome === "commit") === (record.state === "committed");
    return`,
        `    const same = (outcome === "commit") === (record.state === "committed");
    if (same && outcome === "commit") {
      return { record, effect: "capture", reply: null, sends: [], alarm: null };
    }
    return`,
      ),
    ],
  },
  {
    name: "a refusal is reconsidered",
    rule: "R3",
    decider: "mixed",
    edits: [
      edit(
        PARTICIPANT,
        "if (record !== undefined) return onPrepareAgain(record, event);",
        `if (record !== undefined && record.state !== "aborted") return onPrepareAgain(record, event);`,
      ),
    ],
  },
  {
    name: "abort keeps the hold",
    rule: "I8",
    decider: "mixed",
    edits: [
      edit(
        PARTICIPANT,
        `const effect: Effect = committed ? "capture" : "release";`,
        `const effect: Effect = committed ? "capture" : "none";`,
      ),
    ],
  },
  {
    name: "commit releases instead of capturing",
    rule: "I10",
    decider: "mixed",
    edits: [
      edit(
        PARTICIPANT,
        `const effect: Effect = committed ? "capture" : "release";`,
        `const effect: Effect = "release";`,
      ),
    ],
  },
  {
    name: "only the first decision is acknowledged",
    rule: "R17",
    decider: "mixed",
    edits: [
      edit(
        PARTICIPANT,
        ": { ...step, reply: ack };",
        `: { ...step, reply: record.state === "prepared" ? ack : null };`,
      ),
    ],
  },
  {
    name: "a compacted prepare is voted on again",
    rule: "R31",
    decider: "mixed",
    edits: [
      edit(
        PARTICIPANT,
        `  if (descriptor.sequence <= env.fence.watermark) {
    return stay(record, refused(head, "stale-sequence"));
  }
`,
        "",
      ),
    ],
  },
  {
    name: "a compacted transaction is answered as aborted",
    rule: "R31",
    decider: "mixed",
    edits: [
      edit(
        PARTICIPANT,
        `  if (descriptor.sequence <= env.fence.watermark) return stay(record, answer(head, "finished"));
`,
        "",
      ),
    ],
  },
  {
    name: "peers are never asked",
    rule: "R28",
    decider: "local",
    edits: [
      edit(
        TERMINATION,
        "export const ASK_PEERS_FROM = 1;",
        "export const ASK_PEERS_FROM = 1_000_000;",
      ),
    ],
  },
];

const coordinatorMutants: readonly Mutant[] = [
  {
    name: "majority of YES commits",
    rule: "R24",
    decider: "mixed",
    edits: [
      edit(
        "tally.ts",
        "yes === descriptor.branches.length",
        "yes > descriptor.branches.length / 2",
      ),
      edit(
        "certificate.ts",
        "return descriptor.branches.every(",
        "return descriptor.branches.some(",
      ),
    ],
  },
  {
    name: "presumes abort while voting",
    rule: "section 3, coordinator QUERY",
    decider: "mixed",
    edits: [
      edit(
        COORDINATOR,
        `certificate === null ? answer(record, "pending") : answerWith(record, certificate),`,
        `answerWith(record, certificate ?? certify(record, "abort", [], env)),`,
      ),
      edit("simulator/check.ts", "  if (!backed) throw", "  if (backed === null) throw"),
    ],
  },
  {
    name: "a late YES turns an abort into a commit",
    rule: "R3, R17",
    decider: "mixed",
    edits: [
      edit(
        COORDINATOR,
        `if (record.state !== "preparing") return onLateVotes(record, votes);`,
        `if (record.state !== "preparing" && record.state !== "aborted") {
    return onLateVotes(record, votes);
  }`,
      ),
      edit(
        COORDINATOR,
        `  if (record.state !== "preparing") throw new Error(\`decide: already \${record.state}\`);
`,
        "",
      ),
    ],
  },
  {
    name: "begin is not idempotent",
    rule: "R50",
    decider: "mixed",
    edits: [
      edit(
        COORDINATOR,
        `  if (record !== undefined) {
    const same = record.hash === hash;
    return`,
        `  if (record !== undefined && record.settled) {
    const same = record.hash === hash;
    return`,
      ),
    ],
  },
  {
    name: "own branch is released on commit",
    rule: "I10",
    decider: "mixed",
    edits: [
      edit(
        COORDINATOR,
        `!own ? "none" : certificate.outcome === "commit" ? "capture" : "release";`,
        `!own ? "none" : "release";`,
      ),
    ],
  },
  {
    name: "own branch is forgotten",
    rule: "section 2, optimisation 2",
    decider: "mixed",
    edits: [
      edit(
        COORDINATOR,
        `!own ? "none" : certificate.outcome === "commit" ? "capture" : "release";`,
        `"none";`,
      ),
    ],
  },
  {
    name: "one ack settles all",
    rule: "R31",
    decider: "mixed",
    edits: [
      edit(
        COORDINATOR,
        "const unacknowledged = record.unacknowledged.filter((bank) => !from.includes(bank));",
        `const unacknowledged =
    from.length > 0 && record.unacknowledged.includes(from[0] ?? "")
      ? [] : record.unacknowledged;`,
      ),
    ],
  },
  {
    name: "decisions are sent once",
    rule: "section 3, timeouts",
    decider: "mixed",
    edits: [
      edit(
        COORDINATOR,
        "sends = decisionSends(record, new Set(record.unacknowledged));",
        "sends = [];",
      ),
    ],
  },
  {
    name: "begin without a hold of its own",
    rule: "section 2, optimisation 2",
    decider: "mixed",
    edits: [
      edit(COORDINATOR, `: own && env.reserve(own.work, alone ? "post" : "hold");`, ": undefined;"),
    ],
  },
  {
    name: "forgets without a watermark",
    rule: "R31",
    decider: "mixed",
    edits: [edit(TRANSACT, "    watermark: durable.watermark,\n", "    watermark: 0,\n")],
  },
  {
    name: "decides from a cached read",
    rule: "R22",
    decider: "mixed",
    edits: [
      edit(
        TRANSACT,
        "  return stepCoordinator(durable.coordinator[order.index], task.event, env);",
        `  const cache = caches.get(bank.replicas[place.replica]) ?? [];
  caches.set(bank.replicas[place.replica], cache);
  const step = stepCoordinator(
    cache[order.index] ?? durable.coordinator[order.index], task.event, env);
  cache[order.index] = durable.coordinator[order.index];
  return step;`,
      ),
      edit(TRANSACT, "type AnyStep<Work>", "const caches = new WeakMap();\ntype AnyStep<Work>"),
    ],
  },
  {
    name: "sends before the commit is durable",
    rule: "R6, R8, R11",
    decider: "mixed",
    edits: [
      edit(
        TRANSACT,
        `fate === "crash-after" ? world`,
        `fate === "crash-after" || fate === "crash-before" ? world`,
      ),
      edit("simulator/check.ts", "  if (!backed) throw", "  if (backed === null) throw"),
    ],
  },
];

const registerMutants: readonly Mutant[] = [
  {
    name: "aborts by itself after proposing",
    rule: "R26",
    decider: "register",
    edits: [
      edit(
        COORDINATOR,
        `if (record.state === "preparing" && mayGiveUp(record, env)) {`,
        `if (!record.certificate && mayGiveUp(record, env)) {`,
      ),
      edit(
        COORDINATOR,
        `if (record.state !== "preparing" || !mayGiveUp(record, env)) return stay(record);`,
        "",
      ),
      edit(
        COORDINATOR,
        `  if (record.state !== "preparing") throw new Error(\`decide: already \${record.state}\`);
`,
        "",
      ),
    ],
  },
  {
    name: "commits without asking the register",
    rule: "R25",
    decider: "register",
    edits: [
      edit(COORDINATOR, `if (descriptor.decider.kind === "local") {`, "if (record !== null) {"),
      edit(
        "certificate.ts",
        `    if (!decidedByRegister(descriptor)) {
      return`,
        `    if (descriptor !== null) {
      return`,
      ),
    ],
  },
  {
    name: "ignores what was accepted before",
    rule: "R25",
    decider: "register",
    edits: [edit(REGISTER, "outcome = promise.accepted.outcome;", `outcome = "abort";`)],
  },
  {
    name: "adopts the lowest accepted value",
    rule: "R25",
    decider: "register",
    edits: [
      edit(
        REGISTER,
        "promise.accepted.ballot > highest",
        "(highest === -1 || promise.accepted.ballot < highest)",
      ),
    ],
  },
  {
    name: "a minority is a majority",
    rule: "R25",
    decider: "register",
    edits: [
      edit(
        "descriptor.ts",
        "return Math.floor(witnessesOf(descriptor).length / 2) + 1;",
        "return Math.floor(witnessesOf(descriptor).length / 2);",
      ),
    ],
  },
  {
    name: "witness accepts below its promise",
    rule: "R25",
    decider: "register",
    edits: [
      edit(
        ACCEPTOR,
        "if (message.ballot < promised) {",
        `if (message.kind === "promise" && message.ballot < promised) {`,
      ),
      edit(
        "simulator/check.ts",
        "after.promised < before.promised",
        "after.promised < before.promised - 1_000",
      ),
    ],
  },
  {
    name: "witness promises without writing it",
    rule: "R25",
    decider: "register",
    edits: [
      edit(
        ACCEPTOR,
        `return stay(next, { ...head, kind: "promised"`,
        `return stay(record ?? { ...next, promised: 0 }, { ...head, kind: "promised"`,
      ),
      edit("simulator/check.ts", "  if (!backed) throw", "  if (backed === null) throw"),
    ],
  },
  {
    name: "witness forgets what it accepted when it promises",
    rule: "R25",
    decider: "register",
    edits: [
      edit(ACCEPTOR, "accepted: record?.accepted ?? null,", "accepted: null,"),
      edit("simulator/check.ts", `throw new Violation("W2 accepts last"`, 'void (["W2"'),
      edit("simulator/check.ts", `"an accepted value was forgotten");`, `""]);`),
    ],
  },
  {
    name: "all proposers use the same ballots",
    rule: "R25",
    decider: "register",
    edits: [
      edit(REGISTER, "proposers.length + proposers.indexOf(self)", "proposers.length"),
      edit(ACCEPTOR, "ballot % proposers.length !== index", "ballot % 1 !== 0"),
    ],
  },
  {
    name: "one accept decides",
    rule: "R25",
    decider: "register",
    edits: [edit("certificate.ts", "banks.size >= majorityOf(descriptor)", "banks.size >= 1")],
  },
  {
    name: "nobody recovers a ballot",
    rule: "R5",
    decider: "register",
    edits: [
      edit(TERMINATION, "export const RECOVER_FROM = 2;", "export const RECOVER_FROM = 1_000_000;"),
    ],
  },
  {
    name: "a proposer forgets which value it proposed",
    rule: "R19, R25",
    decider: "register",
    edits: [
      edit(
        REGISTER,
        '  return { ballot, phase: "promise", outcome: null, votes: [], promises: [], outbid: above };',
        `  const outcome = last?.outcome ?? null;
  const phase = outcome === null ? "promise" : "accept";
  return { ballot, phase, outcome, votes: last?.votes ?? [], promises: [], outbid: above };`,
      ),
    ],
  },
];

const restoreMutants: readonly Mutant[] = [
  {
    name: "a restored coordinator commits before it has asked its peers",
    rule: "R48",
    decider: "register",
    swarm: CONTESTED,
    edits: [
      edit(
        COORDINATOR,
        `  if (verdict.kind === "commit" && env.recovering) return stay(record);
`,
        "",
      ),
    ],
  },
  {
    name: "a restored coordinator gives up what an earlier incarnation began",
    rule: "R48",
    decider: "mixed",
    swarm: RESTORES,
    edits: [
      edit(
        COORDINATOR,
        "env.now >= record.deadline && record.descriptor.incarnation === env.incarnation",
        "env.now >= record.deadline",
      ),
    ],
  },
  {
    name: "a dead incarnation's prepare gets no answer",
    rule: "R49",
    decider: "mixed",
    swarm: RESTORES,
    edits: [
      edit(
        PARTICIPANT,
        "  const late = env.now - event.receivedAt",
        `  if (old) return stay(undefined);
  const late = env.now - event.receivedAt`,
      ),
    ],
  },
  {
    name: "a restored coordinator presumes abort",
    rule: "R48",
    decider: "local",
    swarm: RESTORES,
    edits: [
      edit(
        COORDINATOR,
        `    !env.recovering &&
    descriptor.incarnation === env.incarnation;`,
        "    env.self !== null;",
      ),
    ],
  },
  {
    name: "a restored participant votes on what it may have forgotten",
    rule: "R48",
    decider: "mixed",
    swarm: RESTORES,
    edits: [
      edit(
        PARTICIPANT,
        `  if (env.recovering || descriptor.sequence <= env.fence.forgottenUpTo) {
    return stay(record, refused(head, "recovering"));
  }
`,
        "",
      ),
    ],
  },
  {
    name: "a restored participant answers aborted for what it may have forgotten",
    rule: "R48",
    decider: "mixed",
    swarm: RESTORES,
    edits: [
      edit(
        PARTICIPANT,
        `  if (env.recovering || descriptor.sequence <= env.fence.forgottenUpTo) {
    return stay(record, answer(head, "unknown"));
  }
`,
        "",
      ),
    ],
  },
  {
    name: "a restored witness answers for what it may have forgotten",
    rule: "R48",
    decider: "register",
    swarm: CONTESTED,
    edits: [
      edit(
        ACCEPTOR,
        `  if (env.recovering) return "recovering";
`,
        "",
      ),
      edit(
        ACCEPTOR,
        `  if (descriptor.sequence <= env.fence.forgottenUpTo) return "recovering";
`,
        "",
      ),
    ],
  },
];

export const mutants: readonly Mutant[] = [
  ...participantMutants,
  ...coordinatorMutants,
  ...registerMutants,
  ...restoreMutants,
];
