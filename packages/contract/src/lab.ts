import { z } from "zod";
import { bankId, instant, uuid } from "./scalars.ts";

// The Lab of a local consortium: what may be broken there, and how it tells what it did. None of
// it exists in a bank of a real consortium.

/** Places between two steps of the protocol at which a bank can be stopped, in their order. */
export const labFailpoints = [
  "coordinator:after-begin",
  "participant:before-prepare",
  "participant:after-prepare",
  "coordinator:votes-gathered",
  "witness:before-accept",
  "coordinator:before-accepted",
  "coordinator:decided-commit",
  "participant:before-decision",
  "participant:told-commit",
] as const;

/** `kill`: as by kill -9. `stop`: frozen until it is resumed. `pause`: that step alone waits. */
export const failpointActions = ["kill", "stop", "pause"] as const;

const failpointName = z.enum(labFailpoints);
const failpointAction = z.enum(failpointActions);

/** `cut`: requests are lost. `deaf`: answers are lost. `slow`: 1 s late. `twice`: sent two times. */
export const linkStates = ["fine", "slow", "twice", "deaf", "cut"] as const;
export const linkState = z.enum(linkStates);

/** What the process of one bank is asked to do to itself; a file that it reads while it runs. */
export const labPlan = z.strictObject({
  failpoint: z
    .strictObject({
      name: failpointName,
      action: failpointAction,
      /** Names this arming: it works once. */
      arming: uuid,
    })
    .nullable(),
  /** By the peer to which the bank sends; fine where none is named. */
  links: z.record(bankId, linkState),
});

/** That an armed failpoint was reached: written beside the plan before anything else happens. */
export const labReached = z.strictObject({
  arming: uuid,
  at: instant,
  transaction: uuid.nullable(),
});

/** The part of a local consortium that is the PostgreSQL server; the others are banks. */
export const DATABASE_PART = "database";

export const LOAD_MAX = 200;

/** One thing that may be done in the Lab. */
export const labAct = z.discriminatedUnion("do", [
  z.strictObject({
    do: z.enum(["kill", "stop", "start", "pause", "resume", "restart"]),
    part: bankId,
  }),
  /** A bank's own database takes no connection until it is given back. */
  z.strictObject({ do: z.enum(["take-database", "give-database"]), bank: bankId }),
  z.strictObject({
    do: z.literal("arm"),
    bank: bankId,
    failpoint: failpointName,
    action: failpointAction,
  }),
  z.strictObject({ do: z.literal("disarm"), bank: bankId }),
  /** Both ways, unless `isOneWay`: then only what `from` sends and hears back. */
  z.strictObject({
    do: z.literal("link"),
    from: bankId,
    to: bankId,
    state: linkState,
    isOneWay: z.boolean().default(false),
  }),
  /** One composite, drawn from the seed; a scenario may say who leads it and who pays as well. */
  z.strictObject({
    do: z.literal("send"),
    coordinator: bankId.optional(),
    including: bankId.optional(),
  }),
  /** Composites a second, drawn from the seed; 0 ends it. */
  z.strictObject({ do: z.literal("load"), perSecond: z.int().min(0).max(LOAD_MAX) }),
  /** Everything up, connected and disarmed. */
  z.strictObject({ do: z.literal("heal") }),
]);

const recordedAct = z.strictObject({
  /** Since the recording began. */
  afterMs: z
    .int()
    .min(0)
    .max(24 * 3_600_000),
  act: labAct,
});

/** Acts in the order of time with the seed of what was sent: enough to do it all again. */
export const labRecording = z.strictObject({
  seed: z.int().min(0).max(999_999_999),
  acts: z.array(recordedAct).max(500),
});

const labBank = z.strictObject({
  id: bankId,
  process: z.enum(["down", "starting", "ready", "paused"]),
  database: z.enum(["there", "taken"]),
  armed: z.strictObject({ failpoint: failpointName, action: failpointAction }).nullable(),
  /** Where and when it was last stopped by its failpoint. */
  reached: z
    .strictObject({ failpoint: failpointName, at: instant, transaction: uuid.nullable() })
    .nullable(),
});

export const labState = z.strictObject({
  seed: z.int(),
  banks: z.array(labBank),
  /** Null when the server is not this consortium's own. */
  database: z.enum(["up", "down", "paused"]).nullable(),
  /** Those that are not fine. */
  links: z.array(z.strictObject({ from: bankId, to: bankId, state: linkState })),
  load: z.strictObject({
    perSecond: z.int(),
    sent: z.int(),
    committed: z.int(),
    aborted: z.int(),
    /** Sent, and no outcome heard yet. */
    open: z.int(),
    /** Of the latest ones that were committed: the half was faster, in milliseconds. */
    medianMs: z.number().nullable(),
  }),
  /** The transfer that was sent last. */
  latest: z.strictObject({ coordinator: bankId, transaction: uuid }).nullable(),
  recording: labRecording,
  /** How many acts of a recording that is played again are done. */
  replay: z.strictObject({ done: z.int(), of: z.int() }).nullable(),
});

export const labError = z.strictObject({ error: z.string() });

export type FailpointAction = z.infer<typeof failpointAction>;
export type LabAct = z.infer<typeof labAct>;
export type LabFailpoint = z.infer<typeof failpointName>;
export type LabPlan = z.infer<typeof labPlan>;
export type LabReached = z.infer<typeof labReached>;
export type LabRecording = z.infer<typeof labRecording>;
export type LabState = z.infer<typeof labState>;
export type LinkState = z.infer<typeof linkState>;
