import { z } from "zod";
import { entryView } from "./accounts.ts";
import { installmentView, loanView, localDate } from "./loans.ts";
import { endToEndId } from "./pix-work.ts";
import {
  accountNumber,
  agency,
  bankId,
  idempotencyKey,
  instant,
  signedCentavos,
  uuid,
} from "./scalars.ts";

const count = z.int().min(0);

/** First and last day in São Paulo, both counted. */
const days = { from: localDate, to: localDate };

const kindTotal = z.strictObject({
  kind: z.string(),
  count,
  creditsCentavos: signedCentavos,
  /** Zero or negative. */
  debitsCentavos: signedCentavos,
});

export const accountReportInput = z.strictObject({ number: accountNumber, ...days });
/** What happened to an account: opening + credits + debits = closing, as the ledger has it. */
export const accountReport = z.strictObject({
  bank: bankId,
  bankName: z.string(),
  agency,
  number: accountNumber,
  kind: z.string(),
  holders: z.array(z.string()),
  ...days,
  openingCentavos: signedCentavos,
  creditsCentavos: signedCentavos,
  debitsCentavos: signedCentavos,
  closingCentavos: signedCentavos,
  entries: count,
  byKind: z.array(kindTotal),
});

export const loanReportInput = z.strictObject({ number: accountNumber });
/** A loan's statement: its plan, and all that happened to the debt, oldest first. */
export const loanReport = z.strictObject({
  loan: loanView,
  installments: z.array(installmentView),
  entries: z.array(entryView),
  interestCentavos: signedCentavos,
  penaltiesCentavos: signedCentavos,
  paidCentavos: signedCentavos,
});

export const dayReportInput = z.strictObject({ on: localDate });
/** One day of the whole bank. */
export const dayReport = z.strictObject({
  bank: bankId,
  bankName: z.string(),
  on: localDate,
  postings: count,
  accountsOpened: count,
  clientsRegistered: count,
  /** What customers' accounts held at the beginning and at the end of the day. */
  customersOpeningCentavos: signedCentavos,
  customersClosingCentavos: signedCentavos,
  cashCentavos: signedCentavos,
  clearingCentavos: signedCentavos,
  /** Of customers' accounts, by kind of posting. */
  byKind: z.array(kindTotal),
});

export const trialBalanceInput = z.strictObject({ at: instant.optional() });
const trialLine = z.strictObject({
  /** An internal account by its name; customers' accounts by their kind. */
  account: z.string(),
  accounts: count,
  debitCentavos: signedCentavos,
  creditCentavos: signedCentavos,
});
/** All balances of the bank's books at an instant; both columns come to the same. */
export const trialBalance = z.strictObject({
  bank: bankId,
  bankName: z.string(),
  at: instant,
  lines: z.array(trialLine),
  debitCentavos: signedCentavos,
  creditCentavos: signedCentavos,
});

const position = z.strictObject({
  bank: bankId,
  /** What the bank owes all others together; negative: what they owe it. Null when it is away. */
  positionCentavos: signedCentavos.nullable(),
  /** Transactions that this bank knows and that are not decided and applied yet. */
  open: count.nullable(),
});
export const positionsOutput = z.strictObject({
  at: instant,
  positions: z.array(position),
  /** Zero when nothing is open; null when a bank is away. */
  sumCentavos: signedCentavos.nullable(),
});

export const settleInput = z.strictObject({ idempotencyKey });
export const settlementInput = z.strictObject({ id: uuid });
/** What a settlement run posted: each bank's position against its reserves. */
export const settlementView = z.strictObject({
  id: uuid,
  coordinator: bankId,
  state: z.enum(["open", "committed", "aborted"]),
  at: instant,
  createdBy: z.string(),
  positions: z.array(
    z.strictObject({
      bank: bankId,
      /** Before: positive = it owed the others, and paid from its reserves. */
      positionCentavos: signedCentavos,
    }),
  ),
  /** What changed hands. */
  settledCentavos: signedCentavos,
});
export const settlementOutput = z.strictObject({ settlement: settlementView });
export const listSettlementsInput = z.strictObject({
  limit: z.int().min(1).max(100).default(50),
  cursor: uuid.optional(),
});
export const listSettlementsOutput = z.strictObject({
  settlements: z.array(settlementView),
  nextCursor: z.string().nullable(),
});

export const matchInput = z.strictObject({ on: localDate });
const side = z.strictObject({
  state: z.enum(["committed", "aborted", "open", "missing"]),
  /** Posted to the bank's clearing account for this transaction. */
  postedCentavos: signedCentavos,
});
export const matchLine = z.strictObject({
  transactionId: uuid,
  bank: bankId,
  at: instant,
  /** `unknown` while the other bank is away, `open` while a decision is on its way. */
  result: z.enum([
    "matched",
    "open",
    "unknown",
    "missing-here",
    "missing-there",
    "amounts-differ",
    "outcomes-differ",
  ]),
  here: side,
  there: side.nullable(),
  /** What the descriptor, signed by all, says that either bank posts. */
  agreedHereCentavos: signedCentavos,
  agreedThereCentavos: signedCentavos,
});
/** Both banks' views of each transaction that began on a day: what does not match comes first. */
export const matchReport = z.strictObject({
  bank: bankId,
  on: localDate,
  matched: count,
  unmatched: count,
  open: count,
  unknown: count,
  lines: z.array(matchLine),
  isComplete: z.boolean(),
});

/** What banks tell each other of a day, for the match and for settling. */
export const positionAsked = z.strictObject({
  items: z.array(z.strictObject({})).min(1).max(128),
});
export const positionTold = z.strictObject({
  items: z.array(z.strictObject({ positionCentavos: signedCentavos, open: count })),
});
/** Of one page; a shorter one is the last. */
export const SHARES_MAX = 500;
const knownShare = z.strictObject({
  id: uuid,
  state: z.enum(["committed", "aborted", "open"]),
  hash: z.string().max(100),
  postedCentavos: signedCentavos,
  branches: z.array(z.strictObject({ bank: bankId, clearingCentavos: signedCentavos })).max(16),
});
export const sharesAsked = z.strictObject({
  items: z
    .array(z.strictObject({ on: localDate, after: uuid.optional() }))
    .min(1)
    .max(16),
});
export const sharesTold = z.strictObject({
  items: z.array(
    z.strictObject({
      shares: z.array(knownShare).max(SHARES_MAX),
    }),
  ),
});

export const reportFormat = z.enum(["pdf", "csv", "ofx", "json"]);
export const reportFileInput = z.strictObject({
  report: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("statement"), number: accountNumber, ...days }),
    z.strictObject({ kind: z.literal("loan"), number: accountNumber }),
    z.strictObject({ kind: z.literal("day"), on: localDate }),
    z.strictObject({ kind: z.literal("trial-balance"), at: instant.optional() }),
    z.strictObject({ kind: z.literal("settlement"), id: uuid }),
    z.strictObject({ kind: z.literal("match"), on: localDate }),
    /** The receipt of a PIX that this bank sent or received. */
    z.strictObject({ kind: z.literal("pix"), endToEndId }),
  ]),
  /** OFX is for statements alone. */
  format: reportFormat,
  locale: z.enum(["pt-BR", "en"]).default("pt-BR"),
});
/** A file whole, to be saved or shown; PDF as base64, the others as text. */
export const reportFileOutput = z.strictObject({
  fileName: z.string(),
  mediaType: z.string(),
  encoding: z.enum(["utf-8", "base64"]),
  content: z.string(),
  lines: count,
  /** False when there is more than one file may hold: ask for fewer days. */
  isComplete: z.boolean(),
});

export type AccountReport = z.infer<typeof accountReport>;
export type DayReport = z.infer<typeof dayReport>;
export type KnownShare = z.infer<typeof knownShare>;
export type LoanReport = z.infer<typeof loanReport>;
export type MatchLine = z.infer<typeof matchLine>;
export type MatchReport = z.infer<typeof matchReport>;
export type PositionsOutput = z.infer<typeof positionsOutput>;
export type ReportFileInput = z.infer<typeof reportFileInput>;
export type ReportFileOutput = z.infer<typeof reportFileOutput>;
export type SettlementView = z.infer<typeof settlementView>;
export type TrialBalance = z.infer<typeof trialBalance>;
