import { z } from "zod";
import { bankId, freeText, idempotencyKey, instant, uuidPage, uuid } from "./scalars.ts";

export const clientKind = z.enum(["individual", "company"]);
export const clientStatus = z.enum(["active", "inactive"]);

/** Digits (and letters of a new CNPJ), with or without the usual mask; check digits are verified. */
const taxIdText = z.string().trim().min(1).max(24);

/** CEP: eight digits, with or without the dash; text, so that leading zeros stay. */
const postalCode = z
  .string()
  .trim()
  .regex(/^[0-9]{5}-?[0-9]{3}$/)
  .transform((text) => text.replace("-", ""));

const contact = {
  email: z.email().max(120).optional(),
  phone: freeText(30).optional(),
  postalCode: postalCode.optional(),
  /** Street, number and complement. */
  address: freeText(160).optional(),
  city: freeText(80).optional(),
  /** `SP`, `RJ` … */
  state: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
};

/** Who signs for a company. */
const representativeInput = z.strictObject({
  name: freeText(120).min(2),
  /** CPF; its check digits are verified. */
  taxId: taxIdText,
  role: freeText(60).default(""),
});

export const REPRESENTATIVES_MAX = 10;

export const createClientInput = z.strictObject({
  idempotencyKey,
  name: freeText(120).min(2),
  taxId: taxIdText,
  ...contact,
  representatives: z.array(representativeInput).max(REPRESENTATIVES_MAX).optional(),
  /** Consent that other banks of the consortium may see which accounts the client has here. */
  sharesAccounts: z.boolean().optional(),
});

/** What is left out stays; an empty text takes the value away. */
export const updateClientInput = z.strictObject({
  idempotencyKey,
  id: uuid,
  /** The version that was edited: another edit meanwhile is a conflict, not lost. */
  version: z.int().min(1),
  name: freeText(120).min(2).optional(),
  email: z.union([z.email().max(120), z.literal("")]).optional(),
  phone: freeText(30).optional(),
  postalCode: z.union([postalCode, z.literal("")]).optional(),
  address: freeText(160).optional(),
  city: freeText(80).optional(),
  state: z
    .string()
    .regex(/^([A-Z]{2})?$/)
    .optional(),
  representatives: z.array(representativeInput).max(REPRESENTATIVES_MAX).optional(),
  sharesAccounts: z.boolean().optional(),
  status: clientStatus.optional(),
});

export const clientView = z.strictObject({
  id: uuid,
  bank: bankId,
  kind: clientKind,
  name: z.string(),
  /** `***.533.447-**`: the whole one is not for lists. */
  taxIdMasked: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  accountCount: z.int(),
  createdAt: instant,
  status: clientStatus,
  version: z.int(),
});

/** Everything that the client's own page shows. */
export const clientDetail = z.strictObject({
  ...clientView.shape,
  postalCode: z.string().nullable(),
  address: z.string().nullable(),
  city: z.string().nullable(),
  state: z.string().nullable(),
  representatives: z.array(
    z.strictObject({ name: z.string(), taxIdMasked: z.string(), role: z.string() }),
  ),
  sharesAccounts: z.boolean(),
});

export const clientOutput = z.strictObject({ client: clientView });
export const getClientInput = z.strictObject({ id: uuid });
export const clientDetailOutput = z.strictObject({ client: clientDetail });

export const listClientsInput = z.strictObject({
  /** Part of the name, or a whole CPF or CNPJ. */
  search: freeText(120).optional(),
  ...uuidPage,
});

export const listClientsOutput = z.strictObject({
  clients: z.array(clientView),
  nextCursor: z.string().nullable(),
});

/** One edit: what each changed field was before and is since. Tax ids stay masked. */
export const clientRevision = z.strictObject({
  version: z.int(),
  changedAt: instant,
  changedBy: z.string(),
  changes: z.array(
    z.strictObject({
      field: z.string(),
      before: z.string().nullable(),
      after: z.string().nullable(),
    }),
  ),
});

export const clientHistoryOutput = z.strictObject({ revisions: z.array(clientRevision) });

/** An account of the same client at another bank, as that bank shows it. */
export const foreignAccount = z.strictObject({
  agency: z.string().max(4),
  number: z.string().max(16),
  kind: z.string().max(31),
});

export const clientElsewhereOutput = z.strictObject({
  banks: z.array(
    z.strictObject({
      bank: bankId,
      /** `unknown`: the bank has never answered; what it said earlier keeps its age. */
      status: z.enum(["fresh", "kept", "unknown"]),
      fetchedAt: instant.nullable(),
      accounts: z.array(foreignAccount),
    }),
  ),
});

/** Between banks: the accounts of somebody who consented, by CPF or CNPJ. */
export const holdingsInput = z.strictObject({
  items: z.array(z.strictObject({ taxId: z.string().min(11).max(14) })).max(20),
});
export const holdingsOutput = z.strictObject({
  items: z.array(z.strictObject({ accounts: z.array(foreignAccount).max(50) })).max(20),
});

export type ClientDetail = z.infer<typeof clientDetail>;
export type ClientKind = z.infer<typeof clientKind>;
export type ClientRevision = z.infer<typeof clientRevision>;
export type ClientView = z.infer<typeof clientView>;
export type CreateClientInput = z.infer<typeof createClientInput>;
export type ForeignAccount = z.infer<typeof foreignAccount>;
export type UpdateClientInput = z.infer<typeof updateClientInput>;

/** Unmasked, for a reason that the audit keeps. */
export const revealClientInput = z.strictObject({ id: uuid, reason: freeText(300).min(5) });
export const revealedClient = z.strictObject({
  name: z.string(),
  taxId: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  representatives: z.array(z.strictObject({ name: z.string(), taxId: z.string() })),
});

export type RevealClientInput = z.infer<typeof revealClientInput>;
export type RevealedClient = z.infer<typeof revealedClient>;
