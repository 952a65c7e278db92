import { z } from "zod";
import { refusalDetails, refusalSchema } from "./errors/refusal.ts";
import { pixKeyOperation, pixPayment, pixReturn } from "./pix-work.ts";
import { accountNumber, amountCentavos, bankId, freeText, uuid } from "./scalars.ts";
import { hash32, proofSchema } from "./signing/proof.ts";

// The messages of packages/atomic-commit as they cross the wire between banks. Everything is
// bounded: a peer is another legal person, not a friend.

const LEGS_MAX = 32;
/** What the column takes. */
/** PostgreSQL's `integer`. */
export const INCARNATION_MAX = 2_147_483_647;
const BRANCHES_MAX = 16;
const WITNESSES_MAX = 7;
/** Messages of one request; a peer sends more in the next one. */
export const MESSAGES_MAX = 128;

/** The bank's reserves, against which a settlement posts its position to zero. */
const reserves = z.literal("reserves");
/** A customer's account, or the reserves in a settlement. */
export const legAccount = z.union([accountNumber, reserves]);

export const legSchema = z.strictObject({
  account: legAccount,
  direction: z.enum(["debit", "credit"]),
  amountCentavos,
});

/** What one bank is asked to do: debit and credit its accounts, all or nothing. */
export const moneyWork = z
  .strictObject({
    kind: z.literal("money"),
    /** Empty only where the branch is about a PIX key alone. */
    legs: z.array(legSchema).max(LEGS_MAX),
    /** Shown on the holders' statements. */
    description: freeText(140),
    pixKey: pixKeyOperation.exactOptional(),
    pix: pixPayment.exactOptional(),
    pixReturn: pixReturn.exactOptional(),
  })
  .refine(({ legs, pixKey }) => legs.length > 0 || pixKey !== undefined);

const outcome = z.enum(["commit", "abort"]);
const count = z.int().min(0);

export const descriptorSchema = z.strictObject({
  id: uuid,
  coordinator: bankId,
  incarnation: z.int().min(0).max(INCARNATION_MAX),
  sequence: z.int().min(1),
  branches: z
    .array(z.strictObject({ bank: bankId, work: moneyWork }))
    .min(1)
    .max(BRANCHES_MAX),
  decider: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("local") }),
    z.strictObject({
      kind: z.literal("register"),
      witnesses: z.array(bankId).min(1).max(WITNESSES_MAX),
    }),
  ]),
  prepareWithinMs: z.int().min(1).max(10_000),
  purpose: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
});

const subject = { transaction: uuid, hash: hash32, bank: bankId };

/** Why a bank votes NO. A peer of another version may know codes that this one does not. */
const voteReason = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9-]{1,59}$/),
  details: refusalDetails.optional(),
});

export const voteSchema = z.strictObject({
  ...subject,
  vote: z.enum(["yes", "no"]),
  reason: voteReason.nullable(),
  proof: proofSchema,
});

const decisionSchema = z.strictObject({ ...subject, outcome, proof: proofSchema });

const acceptedValue = z.strictObject({ ballot: count, outcome }).nullable();

const witnessPromise = z.strictObject({
  ...subject,
  ballot: count,
  accepted: acceptedValue,
  proof: proofSchema,
});

const acceptSchema = z.strictObject({ ...subject, ballot: count, outcome, proof: proofSchema });

const votes = z.array(voteSchema).max(BRANCHES_MAX);

export const certificateSchema = z.strictObject({
  transaction: uuid,
  hash: hash32,
  outcome,
  votes,
  decision: decisionSchema.nullable(),
  accepts: z.array(acceptSchema).max(WITNESSES_MAX),
});

const head = { transaction: uuid, hash: hash32, coordinator: bankId, sequence: z.int().min(1) };
const signedDescriptor = {
  hash: hash32,
  descriptor: descriptorSchema,
  descriptorProof: proofSchema,
};
export const signedDescriptorSchema = z.strictObject(signedDescriptor);

const refusedMessage = z.strictObject({
  kind: z.literal("refused"),
  ...head,
  code: z.enum([
    "not-named",
    "malformed-descriptor",
    "conflicting-descriptor",
    "stale-sequence",
    "old-incarnation",
    "recovering",
    "unknown-transaction",
    "invalid-certificate",
    "contradictory-decision",
    "unjustified-proposal",
  ]),
});

const prepareMessage = z.strictObject({ kind: z.literal("prepare"), ...signedDescriptor });
const voteMessage = z.strictObject({ kind: z.literal("vote"), ...head, vote: voteSchema });
const decisionMessage = z.strictObject({
  kind: z.literal("decision"),
  ...head,
  certificate: certificateSchema,
});
const ackMessage = z.strictObject({ kind: z.literal("ack"), ...head });
const inquiryMessage = z.strictObject({ kind: z.literal("inquiry"), ...signedDescriptor });
const answerMessage = z.strictObject({
  kind: z.literal("answer"),
  ...head,
  state: z.enum(["pending", "uncertain", "unknown", "finished", "committed", "aborted"]),
  certificate: certificateSchema.nullable(),
});
const promiseMessage = z.strictObject({
  kind: z.literal("promise"),
  ...signedDescriptor,
  ballot: count,
});
const promisedMessage = z.strictObject({
  kind: z.literal("promised"),
  ...head,
  promise: witnessPromise,
  votes,
});
const acceptMessage = z.strictObject({
  kind: z.literal("accept"),
  ...signedDescriptor,
  ballot: count,
  outcome,
  votes,
  promises: z.array(witnessPromise).max(WITNESSES_MAX),
});
const acceptedMessage = z.strictObject({
  kind: z.literal("accepted"),
  ...head,
  accept: acceptSchema,
});
const outbidMessage = z.strictObject({
  kind: z.literal("outbid"),
  ...head,
  ballot: count,
  promised: count,
});

/** Any answer to a message: what a bank says back within the same request. */
export const replyMessage = z.discriminatedUnion("kind", [
  voteMessage,
  decisionMessage,
  ackMessage,
  answerMessage,
  promisedMessage,
  acceptedMessage,
  outbidMessage,
  refusedMessage,
]);

function messagesOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({ items: z.array(item).min(1).max(MESSAGES_MAX) });
}

export const prepareInput = messagesOf(prepareMessage);
/** Decisions, and late answers that carry one. */
export const decideInput = messagesOf(z.discriminatedUnion("kind", [decisionMessage, voteMessage]));
export const inquireInput = messagesOf(inquiryMessage);
export const promiseInput = messagesOf(promiseMessage);
export const acceptInput = messagesOf(acceptMessage);

/** One reply for each message, in order; null where the message needs none. */
export const repliesOutput = z.strictObject({
  items: z.array(replyMessage.nullable()).max(MESSAGES_MAX),
});

/** The legs of one bank, to be decided as prepare would, without holding anything. */
export const previewBranchInput = messagesOf(z.strictObject({ work: moneyWork }));
export const previewBranchOutput = z.strictObject({
  items: z.array(
    z.strictObject({
      refusal: refusalSchema.nullable(),
      holders: z.array(z.strictObject({ account: accountNumber, holderMasked: z.string() })),
    }),
  ),
});

export type Replies = z.infer<typeof repliesOutput>;
export type MoneyLeg = z.infer<typeof legSchema>;
/** What Pacto's global transactions ask of a bank. */
export type Work = z.infer<typeof moneyWork>;
export type PreviewBranch = z.infer<typeof previewBranchOutput>["items"][number];
