import { z } from "zod";
import { accountNumber, agency, bankId, freeText } from "./scalars.ts";

// What a bank's share of a global transaction says of PIX: an operation on the consortium's
// directory of keys, or the payment that the money belongs to.

export const pixKeyType = z.enum(["CPF", "CNPJ", "PHONE", "EMAIL", "EVP"]);

/** A key in the directory's own form, at most 77 characters. */
export const pixKeyValue = z.string().regex(/^[!-~]{1,77}$/);

/** Where a key points, and to whom. */
export const pixKeyOwner = z.strictObject({
  bank: bankId,
  agency,
  account: accountNumber,
  /** CPF or CNPJ in canonical form. */
  taxId: z.string().regex(/^([0-9]{11}|[0-9A-Z]{12}[0-9]{2})$/),
  name: freeText(200).min(1),
});

const VERSION_MAX = 2_147_483_647;

/**
 * Registers (`claim`), re-points (`move`), removes a key, or takes over a claimed one (`transfer`)
 * from the bank that has it and has confirmed the claim. The same operation stands in the branch
 * of every bank that takes part, and those are a majority of the members.
 */
export const pixKeyOperation = z.strictObject({
  kind: z.enum(["claim", "move", "remove", "transfer"]),
  type: pixKeyType,
  key: pixKeyValue,
  /** The entry's version after the operation; each bank that takes part has the one before. */
  version: z.int().min(1).max(VERSION_MAX),
  /** Null when the key is removed. */
  owner: pixKeyOwner.nullable(),
  /** Of a transfer: the bank that lets the key go; its vote is its consent. */
  from: bankId.exactOptional(),
});

/** `E` + ISPB + UTC minute + 11 characters, the same everywhere and for ever. */
export const endToEndId = z.string().regex(/^E[0-9A-Z]{8}[0-9]{12}[0-9A-Za-z]{11}$/);

/** Says that the money of a branch is a PIX. */
export const pixPayment = z.strictObject({
  endToEndId,
  payee: z.strictObject({ bank: bankId, account: accountNumber }),
  /** The key that was paid: the payee's bank confirms at prepare that it still points there. */
  key: pixKeyValue.nullable(),
  txid: z
    .string()
    .regex(/^[a-zA-Z0-9]{1,35}$/)
    .nullable(),
});

/** A refund's own id: as an end-to-end id, with `D` in front. */
export const returnId = z.string().regex(/^D[0-9A-Z]{8}[0-9]{12}[0-9A-Za-z]{11}$/);

/** MD06 asked by the receiver, SL02 cash error, BE08 the payer's bank failed, FR01 fraud. */
export const refundReason = z.enum(["MD06", "SL02", "BE08", "FR01"]);

/** Says that the money of a branch is a PIX, or a part of one, on its way back. */
export const pixReturn = z.strictObject({
  returnId,
  /** Of the PIX that is refunded. */
  endToEndId,
  reason: refundReason,
});

export type PixReturn = z.infer<typeof pixReturn>;
export type PixKeyOperation = z.infer<typeof pixKeyOperation>;
export type PixKeyOwner = z.infer<typeof pixKeyOwner>;
export type PixPayment = z.infer<typeof pixPayment>;
