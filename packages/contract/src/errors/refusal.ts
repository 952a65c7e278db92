import { z } from "zod";
import { refusalCodes, type RefusalCode } from "./catalogue.ts";

/** Another bank's words are stored as they came: no character that a database would refuse. */
const printable = /^[^\p{Cc}\p{Cs}]*$/u;

/** What a refusal tells beside its code: the bank, the account, amounts in centavos. */
export const refusalDetails = z.record(
  z.string().max(60).regex(printable),
  z.union([z.string().max(300).regex(printable), z.int(), z.boolean(), z.null()]),
);

/** A refusal is a value: a stable code, and the figures that its sentence needs. */
export const refusalSchema = z.strictObject({
  code: z.enum(refusalCodes),
  details: refusalDetails,
});

export type RefusalDetails = z.infer<typeof refusalDetails>;
export type Refusal = {
  readonly code: RefusalCode;
  readonly details: RefusalDetails;
};
