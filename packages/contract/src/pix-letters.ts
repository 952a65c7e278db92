import { z } from "zod";
import { pixClaimLetters } from "./pix-claims.ts";
import { pixMandateLetters } from "./pix-mandates.ts";
import { pixRequestLetters } from "./pix-requests.ts";
import { pixReturnLetters } from "./pix-returns.ts";
import { uuid } from "./scalars.ts";

/** What banks tell each other about PIX agreements. Sent until it has arrived, taken once by its id. */
export const pixLetter = z.discriminatedUnion("kind", [
  ...pixClaimLetters,
  ...pixMandateLetters,
  ...pixRequestLetters,
  ...pixReturnLetters,
]);

export const pixLetterInput = z.strictObject({
  items: z
    .array(z.strictObject({ id: uuid, letter: pixLetter }))
    .min(1)
    .max(16),
});
export const pixLetterOutput = z.strictObject({
  items: z.array(z.strictObject({ isTaken: z.literal(true) })),
});

export type PixLetter = z.infer<typeof pixLetter>;
