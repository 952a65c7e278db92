import { describe, expect, it } from "vitest";
import { isLostConnection, isOutcomeUnknown, isRetryable, sqlStateOf } from "./conflicts.ts";
import { LostTransaction } from "./lost-transaction.ts";

function errorWith(fields: object): Error {
  return Object.assign(new Error("as the driver says"), fields);
}

const adapterError = (kind: string, originalCode?: string) =>
  errorWith({ name: "DriverAdapterError", cause: { kind, originalCode } });

describe("a conflict between transactions", () => {
  it.each([
    ["a serialization failure in the driver", errorWith({ code: "40001" })],
    ["a deadlock in the driver", errorWith({ code: "40P01" })],
    ["a lock that was not granted in time", errorWith({ code: "55P03" })],
    ["a statement's conflict in Prisma", errorWith({ code: "P2034" })],
    [
      "a COMMIT's conflict in the adapter, without a code",
      adapterError("TransactionWriteConflict", "40001"),
    ],
    ["a deadlock that an adapter did not map", adapterError("postgres", "40P01")],
    ["a deadlock in a raw statement", errorWith({ code: "P2010", meta: { code: "40P01" } })],
    [
      "a deadlock in a raw statement, in the adapter's words",
      errorWith({
        code: "P2010",
        meta: { driverAdapterError: adapterError("TransactionWriteConflict", "40P01") },
      }),
    ],
    [
      "a conflict wrapped by the caller",
      new Error("batch", { cause: errorWith({ code: "40001" }) }),
    ],
    ["a connection lost before COMMIT", new LostTransaction("work", new Error("gone"))],
    ["no connection to be had", new LostTransaction("connect", new Error("gone"))],
  ])("is worth another try: %s", (_, error) => {
    expect(isRetryable(error)).toBe(true);
    expect(isOutcomeUnknown(error)).toBe(false);
  });

  it.each([
    ["a unique key", errorWith({ code: "23505" })],
    ["a unique key in Prisma", errorWith({ code: "P2002" })],
    ["a unique key in a raw statement", errorWith({ code: "P2010", meta: { code: "23505" } })],
    ["a check", errorWith({ code: "23514" })],
    ["a syntax error", errorWith({ code: "42601" })],
    ["a trigger's refusal", errorWith({ code: "P0001" })],
    ["a bug", new TypeError("x is not a function")],
    ["nothing", undefined],
    ["text", "40001"],
  ])("is not: %s", (_, error) => {
    expect(isRetryable(error)).toBe(false);
    expect(isOutcomeUnknown(error)).toBe(false);
  });
});

describe("an unknown outcome", () => {
  it.each([
    ["a connection lost at COMMIT", new LostTransaction("commit", new Error("gone"))],
    ["a reset socket", errorWith({ code: "ECONNRESET" })],
    ["a broken pipe", errorWith({ code: "EPIPE" })],
    ["a session ended by an operator", errorWith({ code: "57P01" })],
    ["a server that panicked", errorWith({ code: "57P02" })],
    ["a server that starts up", errorWith({ code: "57P03" })],
    ["a connection failure", errorWith({ code: "08006" })],
    ["a connection that ended", new Error("Connection terminated unexpectedly")],
    ["a silent server", new Error("Query read timeout")],
    ["an interactive transaction that expired", errorWith({ code: "P2028" })],
    ["a server that closed Prisma's connection", errorWith({ code: "P1017" })],
    ["a closed connection in the adapter", adapterError("ConnectionClosed")],
  ])("is: %s", (_, error) => {
    expect(isOutcomeUnknown(error)).toBe(true);
    expect(isRetryable(error)).toBe(false);
  });

  it("keeps the SQLSTATE apart from Prisma's codes and socket names", () => {
    expect(sqlStateOf(errorWith({ code: "P2034" }))).toBeUndefined();
    expect(sqlStateOf(errorWith({ code: "EPIPE" }))).toBeUndefined();
    expect(sqlStateOf(errorWith({ code: "P0001" }))).toBe("P0001");
    expect(isLostConnection(errorWith({ code: "40001" }))).toBe(false);
  });

  it("survives an error that is its own cause", () => {
    const loop = errorWith({ code: "strange" });
    loop.cause = loop;
    expect(isRetryable(loop)).toBe(false);
  });
});
