import { z } from "zod";
import { bankId, instant, signedCentavos } from "./scalars.ts";

export const peerStatus = z.strictObject({
  bank: bankId,
  reachable: z.boolean().nullable(),
  lastContactAt: instant.nullable(),
});

/** `GET /status` and `status.get`: quick, without sign-in, without personal data. */
export const statusOutput = z.strictObject({
  bank: bankId,
  version: z.string(),
  incarnation: z.int(),
  database: z.enum(["up", "down"]),
  decider: z.enum(["local", "register"]),
  /** Branches that voted yes here and wait for a decision. */
  inDoubt: z.int(),
  oldestInDoubtMs: z.int(),
  /**
   * Of the bank's database: while it stays the same, nothing there has changed. Opaque, compared
   * for equality only; null while the database is away.
   */
  revision: z.string().max(64).nullable(),
  peers: z.array(peerStatus),
  clock: instant,
  ready: z.boolean(),
});

/** One bank's books in a line, for the overview and the invariant meter. */
export const summaryOutput = z.strictObject({
  bank: bankId,
  clients: z.int(),
  accounts: z.int(),
  /** Customers' ledger balances. */
  customersCentavos: signedCentavos,
  /** Position against the other banks; over the consortium these sum to zero at rest. */
  clearingCentavos: signedCentavos,
  /** Debits held for open global transactions. */
  heldCentavos: signedCentavos,
  incomingCentavos: signedCentavos,
  /** The sum of all entries: zero, or a law is broken. */
  ledgerSumCentavos: signedCentavos,
  at: instant,
});

export type StatusOutput = z.infer<typeof statusOutput>;
export type SummaryOutput = z.infer<typeof summaryOutput>;

/** What the posting engine has done since the node started. */
export const engineOutput = z.strictObject({
  batches: z.int(),
  commands: z.int(),
  /** Divided by batches: constant, however large the batches are. */
  statements: z.int(),
  retries: z.int(),
  largestBatch: z.int(),
});
