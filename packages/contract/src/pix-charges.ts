import { z } from "zod";
import { localDate } from "./loans.ts";
import { endToEndId, pixKeyValue } from "./pix-work.ts";
import {
  accountNumber,
  amountCentavos,
  bankId,
  freeText,
  idempotencyKey,
  instant,
  numberPage,
} from "./scalars.ts";

/** A charge's own id, made by the receiver or by the bank; unique at the bank. */
export const chargeTxid = z.string().regex(/^[a-zA-Z0-9]{26,35}$/);

export const chargeStatus = z.enum([
  "ATIVA",
  "CONCLUIDA",
  "REMOVIDA_PELO_USUARIO_RECEBEDOR",
  "REMOVIDA_PELO_PSP",
]);

/** Centavos of a fixed value, hundredths of a percent of a percentage: two decimals either way. */
const hundredths = z.int().min(1).max(999_999_999_999);

/** `modalidade` of multa and abatimento: 1 fixed, 2 percent. */
const fixedOrPercent = z.strictObject({
  modality: z.literal([1, 2]),
  value: hundredths,
});

/** `modalidade` of juros: 1 value a day, 2 % a day, 3 % a month, 4 % a year; 5 to 8 business days. */
const interest = z.strictObject({
  modality: z.literal([1, 2, 3, 4, 5, 6, 7, 8]),
  value: hundredths,
});

const dated = z.strictObject({ date: localDate, value: hundredths });

/** `modalidade` of desconto: 1 and 2 until dates, 3 to 6 for each day early. */
const discount = z.union([
  z.strictObject({
    modality: z.literal([1, 2]),
    until: z.array(dated).min(1).max(3),
  }),
  z.strictObject({
    modality: z.literal([3, 4, 5, 6]),
    value: hundredths,
  }),
]);

const debtor = z.strictObject({
  taxId: z.string().regex(/^([0-9]{11}|[0-9A-Z]{12}[0-9]{2})$/),
  name: freeText(200).min(1),
});

const ADDITIONAL_MAX = 50;
const EXPIRY_MAX = 2_147_483_647;
const VALID_DAYS_MAX = 3_650;

/** `valor` of the API has ten digits before the dot. */
const chargeAmount = amountCentavos.max(999_999_999_999);

const shared = {
  amountCentavos: chargeAmount,
  /** The payer may pay another amount (`modalidadeAlteracao`). */
  isAmountOpen: z.boolean(),
  debtor: debtor.nullable(),
  /** Shown to the payer (`solicitacaoPagador`). */
  request: freeText(140),
  additional: z
    .array(z.strictObject({ name: freeText(50).min(1), value: freeText(200).min(1) }))
    .max(ADDITIONAL_MAX),
};

const immediateTerms = z.strictObject({
  kind: z.literal("immediate"),
  ...shared,
  /** Seconds from its creation in which it may be paid (`calendario.expiracao`). */
  expiresInS: z.int().min(1).max(EXPIRY_MAX),
});

const dueTerms = z.strictObject({
  kind: z.literal("due"),
  ...shared,
  dueOn: localDate,
  validAfterDueDays: z.int().min(0).max(VALID_DAYS_MAX),
  fine: fixedOrPercent.nullable(),
  interest: interest.nullable(),
  rebate: fixedOrPercent.nullable(),
  discount: discount.nullable(),
});

/** What a charge asks for, every part said. */
export const chargeTerms = z.discriminatedUnion("kind", [immediateTerms, dueTerms]);

const defaults = {
  isAmountOpen: shared.isAmountOpen.default(false),
  debtor: shared.debtor.default(null),
  request: shared.request.default(""),
  additional: shared.additional.default([]),
};

const typedKey = z.string().trim().min(1).max(100);

/** Terms as somebody asks for them: what is left out takes the default of the API. */
export const askedTerms = z.discriminatedUnion("kind", [
  immediateTerms.extend({
    ...defaults,
    expiresInS: immediateTerms.shape.expiresInS.default(86_400),
  }),
  dueTerms.extend({
    ...defaults,
    validAfterDueDays: dueTerms.shape.validAfterDueDays.default(30),
    fine: dueTerms.shape.fine.default(null),
    interest: dueTerms.shape.interest.default(null),
    rebate: dueTerms.shape.rebate.default(null),
    discount: dueTerms.shape.discount.default(null),
  }),
]);

export const createChargeInput = z.strictObject({
  idempotencyKey,
  /** Without it the bank makes one. */
  txid: chargeTxid.optional(),
  /** Key of this bank into whose account it is paid. */
  key: typedKey,
  terms: askedTerms,
});

/** New terms, whole: the revision rises by one. Its kind stays. */
export const changeChargeInput = z.strictObject({
  idempotencyKey,
  txid: chargeTxid,
  key: typedKey.optional(),
  terms: askedTerms,
});

export const removeChargeInput = z.strictObject({
  idempotencyKey,
  txid: chargeTxid,
  /** Who wants it away: the receiver, or the bank itself. */
  by: z.enum(["receiver", "bank"]).default("receiver"),
});

/** What is paid on one day. */
export const chargeDue = z.strictObject({
  on: localDate,
  originalCentavos: amountCentavos,
  rebateCentavos: z.int().min(0),
  discountCentavos: z.int().min(0),
  interestCentavos: z.int().min(0),
  fineCentavos: z.int().min(0),
  finalCentavos: amountCentavos,
});

export const chargeView = z.strictObject({
  txid: chargeTxid,
  status: chargeStatus,
  revision: z.int().min(0),
  key: pixKeyValue,
  account: accountNumber,
  terms: chargeTerms,
  /** `loc`: where the payload is found, without scheme. */
  location: z.strictObject({ id: z.int(), url: z.string(), createdAt: instant }),
  /** The dynamic BR Code (`pixCopiaECola`). */
  brCode: z.string(),
  /** As of today in São Paulo. */
  due: chargeDue,
  /** Active, not expired and not being paid: it can be paid now. */
  isPayable: z.boolean(),
  /** A payment of it waits for its decision. */
  isBeingPaid: z.boolean(),
  /** It cannot be paid from then on. */
  expiresAt: instant,
  createdAt: instant,
  changedAt: instant,
  payment: z.strictObject({ endToEndId, amountCentavos, paidAt: instant }).nullable(),
});

export const chargeOutput = z.strictObject({ charge: chargeView });
export const getChargeInput = z.strictObject({
  txid: chargeTxid,
  /** One of the other kind is not found. */
  kind: z.enum(["immediate", "due"]).optional(),
  /** An earlier revision's terms. */
  revision: z.int().min(0).optional(),
});
export const listChargesInput = z.strictObject({
  kind: z.enum(["immediate", "due"]).optional(),
  status: chargeStatus.optional(),
  account: accountNumber.optional(),
  debtorTaxId: debtor.shape.taxId.optional(),
  createdFrom: instant.optional(),
  createdUntil: instant.optional(),
  ...numberPage,
  /** Charges to pass over, for lists by page number. */
  offset: z.int().min(0).max(100_000).default(0),
});
export const listChargesOutput = z.strictObject({
  bank: bankId,
  charges: z.array(chargeView),
  total: z.int().min(0),
  nextCursor: z.string().nullable(),
});

/** Asked between banks: the payload of a charge by the token in its URL. */
export const pixPayloadInput = z.strictObject({
  items: z
    .array(z.strictObject({ token: z.string().regex(/^[A-Za-z0-9_-]{16,64}$/) }))
    .min(1)
    .max(16),
});
export const pixPayloadOutput = z.strictObject({
  items: z.array(z.strictObject({ payload: z.string().max(65_536).nullable() })),
});

/** What a payer's teller sees of a charge before paying it. */
export const chargeSummary = z.strictObject({
  txid: chargeTxid,
  revision: z.int().min(0),
  bank: bankId,
  kind: z.enum(["immediate", "due"]),
  due: chargeDue,
  isAmountOpen: z.boolean(),
  dueOn: localDate.nullable(),
  expiresAt: instant,
  request: z.string(),
  additional: shared.additional,
});

export type AskedTerms = z.infer<typeof askedTerms>;
export type ChargeTermsWire = z.infer<typeof chargeTerms>;
export type ChargeStatus = z.infer<typeof chargeStatus>;
export type ChargeView = z.infer<typeof chargeView>;
export type ChargeDue = z.infer<typeof chargeDue>;
export type ChargeSummary = z.infer<typeof chargeSummary>;
