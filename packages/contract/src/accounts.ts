import { z } from "zod";
import {
  accountNumber,
  agency,
  amountCentavos,
  bankId,
  freeText,
  idempotencyKey,
  instant,
  numberPage,
  signedCentavos,
  uuid,
} from "./scalars.ts";

export const accountKind = z.enum(["checking", "savings", "business", "joint", "loan"]);
/** Kinds that are opened at the counter; a loan's account is opened by the loan. */
export const openedAccountKind = accountKind.exclude(["loan"]);
export const accountStatus = z.enum(["active", "blocked", "closed"]);

export const accountSigning = z.enum(["either", "both"]);

export const openAccountInput = z.strictObject({
  idempotencyKey,
  kind: openedAccountKind,
  /** One client, or two for a joint account. A business account belongs to a company. */
  holders: z.array(uuid).min(1).max(2),
  agency: agency.optional(),
  /** With its check digit; the bank gives the next free one when it is left out. */
  number: accountNumber.optional(),
  /** Of a joint account: a debit takes one holder, or both. */
  signing: accountSigning.optional(),
  /** Cash handed in at opening, through the teller's cash account. */
  openingDepositCentavos: z.int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
  /** Maximum balance; money on its way in counts (lesson 37). */
  ceilingCentavos: amountCentavos.nullable().default(null),
  /** How far below zero the account may go. */
  overdraftCentavos: z.int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
});

export const holdView = z.strictObject({
  transactionId: uuid,
  coordinator: bankId,
  direction: z.enum(["debit", "credit"]),
  amountCentavos,
  placedAt: instant,
});

export const accountView = z.strictObject({
  bank: bankId,
  agency,
  number: accountNumber,
  kind: accountKind,
  status: accountStatus,
  holders: z.array(z.strictObject({ clientId: uuid, name: z.string(), taxIdMasked: z.string() })),
  /** What the entries sum to. */
  ledgerCentavos: signedCentavos,
  /** Debits promised to global transactions that are not decided here yet. */
  heldCentavos: signedCentavos,
  /** Credits promised, likewise. */
  incomingCentavos: signedCentavos,
  /** ledger − held + overdraft: what a debit may take now. */
  availableCentavos: signedCentavos,
  /** Null for a loan's account too: it is never more than paid off, and nobody can set a maximum. */
  ceilingCentavos: amountCentavos.nullable(),
  overdraftCentavos: z.int(),
  version: z.int(),
  openedAt: instant,
  signing: accountSigning,
  debitsBlocked: z.boolean(),
  creditsBlocked: z.boolean(),
  /** Why it is blocked or closed, as the person who did it wrote. */
  statusReason: z.string().nullable(),
});

export const accountOutput = z.strictObject({ account: accountView });
export const getAccountInput = z.strictObject({ number: accountNumber });
export const getAccountOutput = z.strictObject({
  account: accountView,
  holds: z.array(holdView),
});

export const listAccountsInput = z.strictObject({
  clientId: uuid.optional(),
  /** Part of a holder's name, or the beginning of an account number. */
  search: freeText(120).optional(),
  ...numberPage,
});

export const listAccountsOutput = z.strictObject({
  accounts: z.array(accountView),
  nextCursor: z.string().nullable(),
});

const reason = freeText(300).min(3);
const change = { idempotencyKey, number: accountNumber, reason };

export const blockAccountInput = z.strictObject({
  ...change,
  what: z.enum(["debits", "credits", "both"]),
});
export const unblockAccountInput = z.strictObject(change);
export const reopenAccountInput = z.strictObject(change);

export const closeAccountInput = z.strictObject({
  ...change,
  /** Account of this bank that receives what is left; without it only an empty account closes. */
  payoutTo: accountNumber.optional(),
});

/** What is left out stays; `ceilingCentavos: null` takes the ceiling away. */
export const changeTermsInput = z.strictObject({
  ...change,
  ceilingCentavos: amountCentavos.nullable().optional(),
  overdraftCentavos: z.int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
  signing: accountSigning.optional(),
});

export const balanceAtInput = z.strictObject({ number: accountNumber, at: instant });
export const balanceAtOutput = z.strictObject({
  number: accountNumber,
  at: instant,
  ledgerCentavos: signedCentavos,
  heldCentavos: signedCentavos,
  incomingCentavos: signedCentavos,
});

export const postingKind = z.enum([
  "deposit",
  "withdrawal",
  "transfer",
  "opening",
  "closing-payout",
  "reversal",
  "loan-disbursement",
  "loan-interest",
  "loan-late-interest",
  "loan-penalty",
  "loan-payment",
  "check-payment",
  "pix-return",
  "savings-interest",
  "overdraft-interest",
  "interest",
]);

export const entryView = z.strictObject({
  version: z.int(),
  at: instant,
  kind: postingKind,
  /** Positive: credit to the account; negative: debit. */
  amountCentavos: signedCentavos,
  balanceAfterCentavos: signedCentavos,
  description: z.string(),
  transactionId: uuid.nullable(),
});

/** All entries, or only those that fit; the balance after each is the account's, not the filter's. */
export const statementFilter = {
  kind: postingKind.optional(),
  /** Days in São Paulo, both counted. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  /** Of the entry, whichever way the money went. */
  minimumCentavos: amountCentavos.optional(),
  maximumCentavos: amountCentavos.optional(),
  /** Part of the description. */
  text: freeText(120).optional(),
};
export const statementInput = z.strictObject({
  number: accountNumber,
  ...statementFilter,
  ...numberPage,
});
export const statementOutput = z.strictObject({
  entries: z.array(entryView),
  nextCursor: z.string().nullable(),
});

export type AccountKind = z.infer<typeof accountKind>;
export type OpenedAccountKind = z.infer<typeof openedAccountKind>;
export type AccountSigning = z.infer<typeof accountSigning>;
export type BlockAccountInput = z.infer<typeof blockAccountInput>;
export type ChangeTermsInput = z.infer<typeof changeTermsInput>;
export type CloseAccountInput = z.infer<typeof closeAccountInput>;
export type AccountStatus = z.infer<typeof accountStatus>;
export type AccountView = z.infer<typeof accountView>;
export type EntryView = z.infer<typeof entryView>;
export type HoldView = z.infer<typeof holdView>;
export type OpenAccountInput = z.infer<typeof openAccountInput>;
export type StatementInput = z.infer<typeof statementInput>;
export type PostingKind = z.infer<typeof postingKind>;
