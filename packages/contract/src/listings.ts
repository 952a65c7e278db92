import { z } from "zod";
import { accountKind, accountStatus } from "./accounts.ts";
import {
  accountNumber,
  agency,
  amountCentavos,
  freeText,
  instant,
  PAGE_SIZE_MAX,
  signedCentavos,
  uuid,
} from "./scalars.ts";

const limit = z.int().min(1).max(PAGE_SIZE_MAX).default(50);

const holdersFilter = {
  /** Part of a holder's name, or the beginning of an account number. */
  search: freeText(120).optional(),
  kind: accountKind.optional(),
  status: accountStatus.optional(),
};

export const listHoldersInput = z.strictObject({
  ...holdersFilter,
  limit,
  cursor: z
    .string()
    .regex(/^[0-9]{1,18}:[12]$/)
    .optional(),
});

/** One holder of one account; a joint account has two lines. */
export const holderLine = z.strictObject({
  clientId: uuid,
  name: z.string(),
  taxIdMasked: z.string(),
  agency,
  number: accountNumber,
  kind: z.string(),
  status: accountStatus,
  ledgerCentavos: signedCentavos,
  openedAt: instant,
});
export const listHoldersOutput = z.strictObject({
  holders: z.array(holderLine),
  nextCursor: z.string().nullable(),
});

const historyFilter = {
  number: accountNumber.optional(),
  /** A kind of posting: `deposit`, `transfer` … */
  kind: z
    .string()
    .regex(/^[a-z][a-z-]{1,30}$/)
    .optional(),
  from: instant.optional(),
  to: instant.optional(),
  /** Of the entry, whichever way the money went. */
  minimumCentavos: amountCentavos.optional(),
  maximumCentavos: amountCentavos.optional(),
  text: freeText(120).optional(),
};

export const listHistoryInput = z.strictObject({
  ...historyFilter,
  limit,
  cursor: z
    .string()
    .regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}:[0-9]{1,18}$/)
    .optional(),
});

export const historyLine = z.strictObject({
  at: instant,
  number: accountNumber,
  holder: z.string(),
  kind: z.string(),
  amountCentavos: signedCentavos,
  balanceAfterCentavos: signedCentavos,
  description: z.string(),
  postingId: uuid,
  transactionId: uuid.nullable(),
  actor: z.string(),
});
export const listHistoryOutput = z.strictObject({
  entries: z.array(historyLine),
  nextCursor: z.string().nullable(),
});

export const exportHoldersInput = z.strictObject(holdersFilter);
export const exportHistoryInput = z.strictObject(historyFilter);
export const csvOutput = z.strictObject({
  fileName: z.string(),
  csv: z.string(),
  lines: z.int(),
  /** False when there is more than one file may hold: narrow the filter. */
  isComplete: z.boolean(),
});

export type ExportHistoryInput = z.infer<typeof exportHistoryInput>;
export type ExportHoldersInput = z.infer<typeof exportHoldersInput>;
export type HistoryLine = z.infer<typeof historyLine>;
export type HolderLine = z.infer<typeof holderLine>;
