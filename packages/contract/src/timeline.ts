import { z } from "zod";
import { bankId, instant, uuid } from "./scalars.ts";
import { branchView, transferView } from "./transfers.ts";

/** What the banks say to one another; the names are those of the protocol's messages. */
const messageKind = z.enum([
  "prepare",
  "vote",
  "decision",
  "ack",
  "inquiry",
  "answer",
  "promise",
  "promised",
  "accept",
  "accepted",
  "outbid",
  "refused",
]);

/**
 * One thing that one bank saw of a transaction, on that bank's own clock.
 * `sent`: a message left. `answered`: its answer came. `unanswered`: none came, so nothing is known
 * (R18). `received`: another bank's message came. `replied`: its answer left, durable before that.
 * `forged`: a message with a bad signature, kept as evidence and not acted on.
 */
export const protocolEvent = z.strictObject({
  at: instant,
  kind: z.enum(["sent", "answered", "unanswered", "received", "replied", "forged"]),
  /** The other bank; the bank itself where it is its own witness. */
  peer: bankId,
  message: messageKind,
  /** What the message says: a vote, an outcome, a state, a reason. */
  says: z.string().max(80).nullable(),
  ballot: z.int().nullable(),
  /** Signed statements in it, each verified before the message was acted on. */
  signatures: z.int(),
  /** From the question to this answer, or from a message's arrival to its reply. */
  tookMs: z.number().nullable(),
});

/** What stands in the bank's database for ever. */
const durableMarks = z.strictObject({
  /** The coordinator's begin row. */
  begunAt: instant.nullable(),
  /** The coordinator's decision. */
  decidedAt: instant.nullable(),
  /** The participant's vote, with its holds. */
  votedAt: instant.nullable(),
  /** The decision in the participant's own ledger. */
  appliedAt: instant.nullable(),
  /** The witness's latest promise or accept. */
  witnessedAt: instant.nullable(),
});

export const timelineInput = z.strictObject({ id: uuid });

export const timelineOutput = z.strictObject({
  bank: bankId,
  /** The bank's clock when it answered, for comparing clocks. */
  clock: instant,
  /** Messages are remembered since then; before it, the durable marks are all there is. */
  remembersSince: instant,
  durable: durableMarks,
  /** In the order in which this bank saw them. */
  events: z.array(protocolEvent),
});

/** What a bank knows of a transaction at one moment, told again whenever it has changed. */
export const transferMoment = z.strictObject({
  /** At its coordinator; null at every other bank. */
  transfer: transferView.nullable(),
  branch: branchView.nullable(),
  timeline: timelineOutput,
});

export type ProtocolEvent = z.infer<typeof protocolEvent>;
export type Timeline = z.infer<typeof timelineOutput>;
export type TransferMoment = z.infer<typeof transferMoment>;
