import { z } from "zod";
import { bankId, freeText, idempotencyKey, instant, uuidPage, uuid } from "./scalars.ts";

export const clientKind = z.enum(["individual", "company"]);

/** Digits (and letters of a new CNPJ), with or without the usual mask; check digits are verified. */
const taxIdText = z.string().trim().min(1).max(24);

export const createClientInput = z.strictObject({
  idempotencyKey,
  name: freeText(120).min(2),
  taxId: taxIdText,
  email: z.email().max(120).optional(),
  phone: freeText(30).optional(),
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
});

export const clientOutput = z.strictObject({ client: clientView });
export const getClientInput = z.strictObject({ id: uuid });

export const listClientsInput = z.strictObject({
  /** Part of the name, or a whole CPF or CNPJ. */
  search: freeText(120).optional(),
  ...uuidPage,
});

export const listClientsOutput = z.strictObject({
  clients: z.array(clientView),
  nextCursor: z.string().nullable(),
});

export type ClientKind = z.infer<typeof clientKind>;
export type ClientView = z.infer<typeof clientView>;
export type CreateClientInput = z.infer<typeof createClientInput>;
