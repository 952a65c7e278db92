import { randomUUID } from "node:crypto";
import type { WireCall } from "./wire.ts";

/** Chooses an account for the n-th call. */
export type Choose = (at: number) => string;

const CENTAVOS = 100;

export interface Procedure {
  readonly path: string;
  readonly input: object;
}

/** Cash into one account. */
export function deposit(number: string, amountCentavos = CENTAVOS): Procedure {
  return {
    path: "cash.deposit",
    input: { idempotencyKey: randomUUID(), number, amountCentavos },
  };
}

export interface Side {
  readonly bank: string;
  readonly account: string;
  readonly amountCentavos?: number;
}

/** Money from accounts to one account, which gets the sum. */
export function transfer(from: readonly Side[], to: Side): Procedure {
  const paying = from.map((side) => ({ amountCentavos: CENTAVOS, ...side }));
  const sum = paying.reduce((total, { amountCentavos }) => total + amountCentavos, 0);
  return {
    path: "transfers.create",
    input: {
      idempotencyKey: randomUUID(),
      from: paying,
      to: [{ bank: to.bank, account: to.account, amountCentavos: sum }],
      waitMs: 30_000,
    },
  };
}

/** One procedure in one request. */
export function single({ path, input }: Procedure): WireCall {
  return { method: "POST", path: `/trpc/${path}`, body: JSON.stringify(input) };
}

/** Several procedures in one request, as tRPC's batch link sends them. */
export function batched(procedures: readonly Procedure[]): WireCall {
  const paths = procedures.map(({ path }) => path).join(",");
  const inputs = Object.fromEntries(procedures.map(({ input }, at) => [String(at), input]));
  return { method: "POST", path: `/trpc/${paths}?batch=1`, body: JSON.stringify(inputs) };
}

/** A query in one request. */
export function query(path: string, input: object): WireCall {
  const text = encodeURIComponent(JSON.stringify(input));
  return { method: "GET", path: `/trpc/${path}?input=${text}` };
}
