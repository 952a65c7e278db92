import { z } from "zod";
import { refusalSchema } from "./errors/refusal.ts";
import { pixKeyOwner, pixKeyType, pixKeyValue } from "./pix-work.ts";
import { accountNumber, bankId, idempotencyKey, instant, uuid, uuidPage } from "./scalars.ts";

export const pixClaimType = z.enum(["portability", "ownership"]);
export const pixClaimSide = z.enum(["claimer", "donor"]);
export const pixClaimState = z.enum([
  "open",
  "waiting-resolution",
  "confirmed",
  "cancelled",
  "completed",
]);
export const pixClaimReason = z.enum(["client", "fraud", "default", "refused"]);

/** Asks the bank that has a key for it; which kind of claim it is follows from whose key it is. */
export const openPixClaimInput = z.strictObject({
  idempotencyKey,
  account: accountNumber,
  key: z.string().trim().min(1).max(100),
});
export const answerPixClaimInput = z.strictObject({ idempotencyKey, id: uuid });
export const cancelPixClaimInput = z.strictObject({
  idempotencyKey,
  id: uuid,
  /** Both sides of a claim within one bank are there: whose cancellation it is. */
  side: pixClaimSide,
  reason: z.enum(["client", "fraud"]).default("client"),
});
export const getPixClaimInput = z.strictObject({ id: uuid, side: pixClaimSide });
export const listPixClaimsInput = z.strictObject({
  side: pixClaimSide.optional(),
  openOnly: z.boolean().default(false),
  ...uuidPage,
});

export const pixClaimView = z.strictObject({
  id: uuid,
  side: pixClaimSide,
  type: pixClaimType,
  key: pixKeyValue,
  keyType: pixKeyType,
  state: pixClaimState,
  /** Of this bank: where the key is to come, or where it points. */
  account: accountNumber,
  otherBank: bankId,
  claimantMasked: z.string(),
  reason: pixClaimReason.nullable(),
  /** Why the last attempt to complete it did not succeed. */
  refusal: refusalSchema.nullable(),
  isCompleting: z.boolean(),
  openedAt: instant,
  resolveBy: instant.nullable(),
  completeBy: instant.nullable(),
});
export const pixClaimOutput = z.strictObject({ claim: pixClaimView });
export const listPixClaimsOutput = z.strictObject({
  claims: z.array(pixClaimView),
  nextCursor: z.string().nullable(),
});

const head = { id: uuid };

/** The letters that two banks write each other about a claim. */
export const pixClaimLetters = [
  z.strictObject({
    kind: z.literal("claim-opened"),
    ...head,
    type: pixClaimType,
    key: pixKeyValue,
    claimant: pixKeyOwner,
  }),
  z.strictObject({ kind: z.literal("claim-received"), ...head, resolveBy: instant }),
  z.strictObject({ kind: z.literal("claim-confirmed"), ...head, completeBy: instant }),
  z.strictObject({
    kind: z.literal("claim-cancelled"),
    ...head,
    /** Who cancelled: the receiver's row is the other one. */
    by: pixClaimSide,
    reason: pixClaimReason,
    refusal: refusalSchema.nullable(),
  }),
  z.strictObject({ kind: z.literal("claim-completed"), ...head }),
] as const;

export type PixClaimView = z.infer<typeof pixClaimView>;
export type PixClaimReason = z.infer<typeof pixClaimReason>;
