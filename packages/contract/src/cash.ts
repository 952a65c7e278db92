import { z } from "zod";
import {
  accountNumber,
  amountCentavos,
  bankId,
  freeText,
  idempotencyKey,
  instant,
  numberPage,
  signedCentavos,
  uuid,
} from "./scalars.ts";

export const cashInput = z.strictObject({
  idempotencyKey,
  number: accountNumber,
  amountCentavos,
  description: freeText(140).default(""),
});

/** A withdrawal may name the client who asks for it: the bank then demands a holder. */
export const withdrawInput = z.strictObject({ ...cashInput.shape, askedBy: uuid.optional() });

export const cashOutput = z.strictObject({
  postingId: uuid,
  number: accountNumber,
  amountCentavos,
  balanceAfterCentavos: signedCentavos,
  at: instant,
});

/** A person's name in keys and records: `azul/3f…`. */
const tellerScope = z.string().regex(/^[a-z0-9-]{2,31}\/[A-Za-z0-9_.-]{1,100}$/);

const wholeCentavos = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

/** Notes and coins of the real, in centavos, largest first. */
export const DENOMINATIONS = [
  20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 25, 10, 5, 1,
] as const;

export const openDrawerInput = z.strictObject({
  idempotencyKey,
  /** What the vault hands over for change; zero opens an empty drawer. */
  floatCentavos: wholeCentavos,
});

export const closeDrawerInput = z.strictObject({
  idempotencyKey,
  /** What lies in the drawer, counted without knowing what should: pieces of each value. */
  count: z
    .array(
      z.strictObject({
        valueCentavos: z.union(DENOMINATIONS.map((value) => z.literal(value))),
        pieces: z.int().min(0).max(1_000_000),
      }),
    )
    .max(DENOMINATIONS.length),
});

export const handOverInput = z.strictObject({
  idempotencyKey,
  /** The teller who receives it, as the list of drawers names them. */
  to: tellerScope,
  amountCentavos,
});

export const vaultInput = z.strictObject({
  idempotencyKey,
  /** `in`: from the bank's reserves; `out`: back to them. */
  direction: z.enum(["in", "out"]),
  amountCentavos,
  reason: freeText(140).min(3),
});

/** One's own drawer: what should lie in it is not told, so that the count is blind. */
export const ownDrawer = z.strictObject({
  isOpen: z.boolean(),
  openedAt: instant.nullable(),
  openingCentavos: wholeCentavos.nullable(),
  /** Cash verbs need an open drawer; otherwise they use the vault. */
  drawersRequired: z.boolean(),
});

export const drawerSession = z.strictObject({
  id: uuid,
  teller: z.string(),
  openedAt: instant,
  openingCentavos: wholeCentavos,
  closedAt: instant.nullable(),
  /** What the ledger says; for an open drawer as of now. */
  expectedCentavos: signedCentavos,
  countedCentavos: wholeCentavos.nullable(),
  /** Counted minus expected: positive is over, negative is short. */
  differenceCentavos: signedCentavos.nullable(),
});

/** One posting on a drawer, without what lies in it afterwards, so that the count stays blind. */
export const drawerMovement = z.strictObject({
  at: instant,
  kind: z.string(),
  /** Positive: cash came in. */
  amountCentavos: signedCentavos,
  /** The customer's account, where there is one. */
  number: accountNumber.nullable(),
  /** The other drawer, of cash handed over. */
  teller: z.string().nullable(),
  description: z.string(),
  postingId: uuid,
});
export const movementsInput = z.strictObject({
  /** Another's or an earlier day's drawer; left out, one's own of today, or the last one. */
  session: uuid.optional(),
  ...numberPage,
});
export const movementsOutput = z.strictObject({
  movements: z.array(drawerMovement),
  nextCursor: z.string().nullable(),
});

export const drawerOutput = z.strictObject({ drawer: ownDrawer });
export const closedDrawerOutput = z.strictObject({ session: drawerSession });
export const drawersInput = z.strictObject({ openOnly: z.boolean().default(false) });
export const drawersOutput = z.strictObject({
  vaultCentavos: signedCentavos,
  sessions: z.array(drawerSession),
});
export const handedOverOutput = z.strictObject({ postingId: uuid, amountCentavos });
export const vaultOutput = z.strictObject({ vaultCentavos: signedCentavos });

export const counterRules = z.strictObject({
  drawersRequired: z.boolean(),
  /** The most that one withdrawal may hand out; null is no bound. */
  withdrawalMaxCentavos: amountCentavos.nullable(),
});
export const setCounterRulesInput = z.strictObject({ idempotencyKey, ...counterRules.shape });

export const cashReceiptInput = z.strictObject({ postingId: uuid });
export const cashReceiptOutput = z.strictObject({
  bank: bankId,
  bankName: z.string(),
  postingId: uuid,
  kind: z.string(),
  number: accountNumber,
  holder: z.string(),
  amountCentavos,
  at: instant,
  teller: z.string(),
  description: z.string(),
  /** The posting that took this one back. */
  reversedBy: uuid.nullable(),
});

export const reverseCashInput = z.strictObject({
  idempotencyKey,
  postingId: uuid,
  reason: freeText(140).min(3),
});

export type CashInput = z.infer<typeof cashInput>;
export type WithdrawInput = z.infer<typeof withdrawInput>;
export type CashOutput = z.infer<typeof cashOutput>;
export type CashReceipt = z.infer<typeof cashReceiptOutput>;
export type CloseDrawerInput = z.infer<typeof closeDrawerInput>;
export type CounterRulesView = z.infer<typeof counterRules>;
export type DrawerMovement = z.infer<typeof drawerMovement>;
export type DrawerSessionView = z.infer<typeof drawerSession>;
export type HandOverInput = z.infer<typeof handOverInput>;
export type OpenDrawerInput = z.infer<typeof openDrawerInput>;
export type OwnDrawer = z.infer<typeof ownDrawer>;
export type ReverseCashInput = z.infer<typeof reverseCashInput>;
export type SetCounterRulesInput = z.infer<typeof setCounterRulesInput>;
export type VaultInput = z.infer<typeof vaultInput>;
