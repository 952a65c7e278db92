import { z } from "zod";
import {
  accountNumber,
  amountCentavos,
  freeText,
  idempotencyKey,
  instant,
  signedCentavos,
  uuid,
} from "./scalars.ts";

export const cashInput = z.strictObject({
  idempotencyKey,
  number: accountNumber,
  amountCentavos,
  description: freeText(140).default(""),
});

export const cashOutput = z.strictObject({
  postingId: uuid,
  number: accountNumber,
  amountCentavos,
  balanceAfterCentavos: signedCentavos,
  at: instant,
});

export type CashInput = z.infer<typeof cashInput>;
export type CashOutput = z.infer<typeof cashOutput>;
