import { z } from "zod";
import { refusalSchema } from "./errors/refusal.ts";
import { recoveredTransaction } from "./operations.ts";
import { chargeSummary } from "./pix-charges.ts";
import { endToEndId, pixKeyOwner, pixKeyType, pixKeyValue } from "./pix-work.ts";
import { refundable, refundView, returnedView } from "./pix-refunds.ts";
import { transferSide, transferState } from "./transfers.ts";
import {
  accountNumber,
  amountCentavos,
  bankId,
  freeText,
  idempotencyKey,
  instant,
  numberPage,
  uuid,
} from "./scalars.ts";

/** A key as a person writes it, mask and capitals included. */
const typedKey = z.string().trim().min(1).max(100);

const waitMs = z.int().min(0).max(30_000).default(10_000);

/** Without `key` the node makes a random one (EVP). */
export const registerPixKeyInput = z.strictObject({
  idempotencyKey,
  account: accountNumber,
  key: typedKey.optional(),
});
/** Points a key of this bank to another account of the same person here. */
export const movePixKeyInput = z.strictObject({
  idempotencyKey,
  key: typedKey,
  account: accountNumber,
});
export const removePixKeyInput = z.strictObject({ idempotencyKey, key: typedKey });

export const pixKeyView = z.strictObject({
  key: pixKeyValue,
  type: pixKeyType,
  account: accountNumber,
  /** An operation on it waits for its decision. */
  isChanging: z.boolean(),
  changedAt: instant,
});
export const pixKeyOutput = z.strictObject({ key: pixKeyView.nullable() });
export const listPixKeysInput = z.strictObject({
  account: accountNumber.optional(),
  ...numberPage,
});
export const listPixKeysOutput = z.strictObject({
  keys: z.array(pixKeyView),
  nextCursor: z.string().nullable(),
});

export const resolvePixKeyInput = z.strictObject({
  /** In whose name the key is looked up: lookups are rationed for each account. */
  fromAccount: accountNumber,
  key: typedKey,
});

/** What a payer may see of a payee before paying. */
export const pixPayee = z.strictObject({
  /** Null when it is found by bank and account. */
  key: pixKeyValue.nullable(),
  type: pixKeyType.nullable(),
  bank: bankId,
  agency: pixKeyOwner.shape.agency,
  account: accountNumber,
  nameMasked: z.string(),
  taxIdMasked: z.string(),
  /** Nothing was ever sent from this account to that one. */
  isFirstPayment: z.boolean(),
});
export const resolvePixKeyOutput = z.strictObject({ payee: pixPayee });

/** Whom to pay, in one of three ways. */
const payeeTarget = {
  key: typedKey.optional(),
  /** A BR Code, as text. */
  code: z.string().trim().min(1).max(1_024).optional(),
  account: z
    .strictObject({
      bank: bankId,
      agency: pixKeyOwner.shape.agency.optional(),
      account: accountNumber,
    })
    .optional(),
};

interface PayeeTarget {
  readonly key?: string | undefined;
  readonly code?: string | undefined;
  readonly account?: object | undefined;
}

function isOneTarget({ key, code, account }: PayeeTarget): boolean {
  return [key, code, account].filter((it) => it !== undefined).length === 1;
}

const ONE_TARGET = { error: "expected exactly one of key, code and account", path: ["key"] };

/** Shows whom and what would be paid; nothing is sent. */
export const confirmPixInput = z
  .strictObject({ fromAccount: accountNumber, ...payeeTarget })
  .refine(isOneTarget, ONE_TARGET);

export const confirmPixOutput = z.strictObject({
  payee: pixPayee,
  /** What the code or the charge says; null when the payer chooses. */
  amountCentavos: amountCentavos.nullable(),
  /** The payer may pay another amount. */
  isAmountOpen: z.boolean(),
  txid: z.string().nullable(),
  /** Text that the receiver put into the code. */
  description: z.string(),
  charge: chargeSummary.nullable(),
});

const PAYERS_MAX = 14;

const sendPixFields = z.strictObject({
  idempotencyKey,
  fromAccount: accountNumber,
  ...payeeTarget,
  /** The account that the payer confirmed: a key that was moved since is not paid. */
  expected: z.strictObject({ bank: bankId, account: accountNumber }).optional(),
  /** From `fromAccount`; may be left out where the code says what is paid. */
  amountCentavos: amountCentavos.optional(),
  /** More accounts, at any bank, that pay together with it, all or nothing. */
  alsoFrom: z.array(transferSide).max(PAYERS_MAX).default([]),
  description: freeText(140).default(""),
  txid: z
    .string()
    .regex(/^[a-zA-Z0-9]{1,25}$/)
    .optional(),
  waitMs,
});

export const sendPixInput = sendPixFields.refine(isOneTarget, ONE_TARGET);

/** A PIX that a second person allows: who gets how much is part of what is read. */
export const approvablePix = sendPixFields
  .omit({ idempotencyKey: true, waitMs: true })
  .required({ expected: true, amountCentavos: true })
  .refine(isOneTarget, ONE_TARGET);

export const sentPix = z.strictObject({
  endToEndId,
  transactionId: uuid,
  state: transferState,
  amountCentavos,
  key: pixKeyValue.nullable(),
  txid: z.string().nullable(),
  to: z.strictObject({ bank: bankId, account: accountNumber }),
  refusal: refusalSchema.nullable(),
  createdAt: instant,
});
export const sentPixOutput = z.strictObject({ pix: sentPix });

export const pixPaymentView = z.strictObject({
  endToEndId,
  direction: z.enum(["sent", "received"]),
  account: accountNumber,
  amountCentavos,
  transactionId: uuid,
  payee: z.strictObject({ bank: bankId, account: accountNumber }),
  key: pixKeyValue.nullable(),
  txid: z.string().nullable(),
  description: z.string(),
  settledAt: instant,
});
export const listPixInput = z.strictObject({
  account: accountNumber.optional(),
  endToEndId: endToEndId.optional(),
  limit: numberPage.limit,
  /** Settled before: `settledAt` of the last one of the page before. */
  before: instant.optional(),
});
export const listPixOutput = z.strictObject({ payments: z.array(pixPaymentView) });

/** Everything that a bank knows of one PIX. */
export const getPixInput = z.strictObject({ endToEndId });
export const pixDetail = z.strictObject({
  payments: z.array(pixPaymentView),
  /** Where it was received here: what may still go back. */
  refundable: refundable.nullable(),
  refunds: z.array(refundView),
  /** Where it was sent from here: what came back. */
  returned: z.array(returnedView),
});

/** A PIX that was received here, with its refunds. */
export const receivedPix = z.strictObject({
  ...pixPaymentView.omit({ direction: true }).shape,
  refunds: z.array(refundView),
});
export const receivedPixOutput = z.strictObject({ pix: receivedPix });
export const listReceivedInput = z.strictObject({
  from: instant.optional(),
  until: instant.optional(),
  txid: z
    .string()
    .regex(/^[a-zA-Z0-9]{1,35}$/)
    .optional(),
  hasTxid: z.boolean().optional(),
  hasRefund: z.boolean().optional(),
  limit: numberPage.limit,
  offset: z.int().min(0).max(100_000).default(0),
});
export const listReceivedOutput = z.strictObject({
  payments: z.array(receivedPix),
  total: z.int().min(0),
});

/** Of one bank's directory per type of key, in hexadecimal: the XOR of its entries' hashes. */
const digests = z.partialRecord(pixKeyType, z.string().regex(/^[0-9a-f]{64}$/));

/** Entries in one answer at most. */
export const PIX_CATCH_UP_PAGE = 20;

/** Asks a bank what changed in its directory after a position, when the digests differ. */
export const pixDirectoryInput = z.strictObject({
  items: z.array(z.strictObject({ digests, after: z.int().min(0) })).length(1),
});
export const pixDirectoryOutput = z.strictObject({
  items: z
    .array(
      z.strictObject({
        isEqual: z.boolean(),
        changes: z
          .array(z.strictObject({ position: z.int().min(1), proof: recoveredTransaction }))
          .max(PIX_CATCH_UP_PAGE),
        /** Nothing after this page. */
        isLast: z.boolean(),
      }),
    )
    .length(1),
});

/** Asked on a miss: where a key points, by another bank's directory. */
export const pixLookupInput = z.strictObject({
  items: z
    .array(z.strictObject({ key: pixKeyValue }))
    .min(1)
    .max(16),
});
export const pixLookupOutput = z.strictObject({
  items: z.array(
    z.strictObject({
      version: z.int().min(0),
      type: pixKeyType.nullable(),
      owner: pixKeyOwner.nullable(),
      /** The asking bank looked too many keys up here; nothing was looked at. */
      isRationed: z.literal(true).exactOptional(),
    }),
  ),
});

/** Asked between banks: whose account it is, for a payment by bank, agency and account. */
export const pixHolderInput = z.strictObject({
  items: z
    .array(z.strictObject({ account: accountNumber }))
    .min(1)
    .max(16),
});
export const pixHolderOutput = z.strictObject({
  items: z.array(
    z.strictObject({ owner: pixKeyOwner.nullable(), isRationed: z.literal(true).exactOptional() }),
  ),
});

export type PixKeyView = z.infer<typeof pixKeyView>;
export type PixPayee = z.infer<typeof pixPayee>;
export type PixPaymentView = z.infer<typeof pixPaymentView>;
export type PixDetail = z.infer<typeof pixDetail>;
export type ReceivedPix = z.infer<typeof receivedPix>;
export type ConfirmedPix = z.infer<typeof confirmPixOutput>;
export type SentPix = z.infer<typeof sentPix>;
export type SendPixInput = z.infer<typeof sendPixInput>;
export type PixDirectoryAnswer = z.infer<typeof pixDirectoryOutput>["items"][number];
export type PixHolderAnswer = z.infer<typeof pixHolderOutput>["items"][number];
export type PixLookupAnswer = z.infer<typeof pixLookupOutput>["items"][number];
