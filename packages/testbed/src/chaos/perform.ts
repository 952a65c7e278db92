import { z } from "zod";
import type { TokenSource } from "../consortium/staff-tokens.ts";
import { callBank, type Call, type Outcome } from "./bank-api.ts";
import type { Operation, Reply } from "./journal.ts";

const transferSchema = z.object({
  transfer: z.object({
    id: z.string(),
    state: z.enum(["preparing", "proposed", "committed", "aborted"]),
    settled: z.boolean(),
    refusal: z.object({ code: z.string() }).nullable(),
  }),
});
export type Transfer = z.infer<typeof transferSchema>["transfer"];

const cashSchema = z.object({ postingId: z.string(), balanceAfterCentavos: z.int() });
const accountSchema = z.object({
  account: z.object({
    version: z.int(),
    ledgerCentavos: z.int(),
    heldCentavos: z.int(),
    incomingCentavos: z.int(),
    availableCentavos: z.int(),
  }),
});

export interface Door {
  readonly url: string;
  readonly token: TokenSource;
}

/** Asked again only under the same key. */
export interface Ask {
  readonly key: string;
  /** How long a transfer's answer may wait for its decision. */
  readonly waitMs: number;
  readonly timeoutMs: number;
}

type Result = Omit<Reply, "event" | "key" | "at">;

/** One attempt of an operation at one process of its bank. */
export async function perform(
  door: Door,
  operation: Operation,
  ask: Ask,
): Promise<Outcome<Result>> {
  switch (operation.kind) {
    case "transfer":
      return mapped(await createTransfer(door, operation, ask), resultOf);
    case "deposit":
    case "withdraw": {
      const { account: number, amountCentavos } = operation;
      const moved = await callBank({
        ...base(door, ask.timeoutMs),
        procedure: `cash.${operation.kind}`,
        type: "mutation",
        input: { idempotencyKey: ask.key, number, amountCentavos },
        output: cashSchema,
      });
      return mapped(moved, ({ postingId, balanceAfterCentavos }) => ({
        outcome: "done",
        posting: postingId,
        balanceCentavos: balanceAfterCentavos,
      }));
    }
    case "read": {
      const read = await readAccount(door, operation.account, ask.timeoutMs);
      return mapped(read, ({ version, ledgerCentavos }) => ({
        outcome: "read",
        version,
        balanceCentavos: ledgerCentavos,
      }));
    }
  }
}

type TransferOperation = Extract<Operation, { kind: "transfer" }>;

/** Asks for a transfer at its coordinator. */
export async function createTransfer(
  door: Door,
  { from, to }: Pick<TransferOperation, "from" | "to">,
  { key, waitMs, timeoutMs }: Ask,
): Promise<Outcome<Transfer>> {
  const created = await callBank({
    ...base(door, timeoutMs),
    procedure: "transfers.create",
    type: "mutation",
    input: { idempotencyKey: key, from, to, waitMs },
    output: transferSchema,
  });
  return mapped(created, ({ transfer }) => transfer);
}

/** How a transfer stands, as its coordinator tells it. */
export async function getTransfer(
  door: Door,
  id: string,
  timeoutMs = 5_000,
): Promise<Outcome<Transfer>> {
  const got = await callBank({
    ...base(door, timeoutMs),
    procedure: "transfers.get",
    type: "query",
    input: { id },
    output: transferSchema,
  });
  return mapped(got, ({ transfer }) => transfer);
}

/** An account's balances and version. */
export async function readAccount(door: Door, number: string, timeoutMs = 5_000) {
  const got = await callBank({
    ...base(door, timeoutMs),
    procedure: "accounts.get",
    type: "query",
    input: { number },
    output: accountSchema,
  });
  return mapped(got, ({ account }) => account);
}

/** What the journal keeps of a transfer's view. */
export function resultOf(transfer: Transfer): Result {
  const { id: transaction, state, refusal } = transfer;
  const isDecided = state === "committed" || state === "aborted";
  return {
    outcome: isDecided ? state : "open",
    transaction,
    ...(refusal === null ? {} : { code: refusal.code }),
  };
}

function base(
  { url, token }: Door,
  timeoutMs: number,
): Pick<Call<z.ZodType>, "url" | "token" | "timeoutMs"> {
  return { url, token, timeoutMs };
}

function mapped<From, To>(outcome: Outcome<From>, map: (value: From) => To): Outcome<To> {
  return outcome.kind === "answer" ? { kind: "answer", value: map(outcome.value) } : outcome;
}
