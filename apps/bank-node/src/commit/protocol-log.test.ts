import { expect, it } from "vitest";
import type { WireMessage } from "./parts.ts";
import { createProtocolLog } from "./protocol-log.ts";

const ack = (transaction: string): WireMessage => ({
  kind: "ack",
  transaction,
  hash: "h",
  coordinator: "azul",
  sequence: 1,
});

it("tells what was seen in its order, with the time that an answer took", () => {
  let now = 1_000;
  const log = createProtocolLog({ now: () => now });
  log.note("a", { kind: "received", peer: "azul", message: ack("a") });
  now = 1_007;
  log.note("a", { kind: "replied", peer: "azul", message: ack("a"), since: 1_000 });
  expect(log.of("a")).toMatchObject([
    { kind: "received", message: "ack", at: "1970-01-01T00:00:01.000Z", tookMs: null },
    { kind: "replied", at: "1970-01-01T00:00:01.007Z", tookMs: 7, signatures: 0 },
  ]);
  expect(log.of("b")).toEqual([]);
});

it("stays bounded: old transactions go, and the middle of a long one", () => {
  let now = 0;
  const log = createProtocolLog({ now: () => now });
  for (let at = 0; at < 500; at += 1) {
    now = at;
    log.note("long", { kind: "sent", peer: "azul", message: ack("long") });
  }
  const told = log.of("long").map((event) => new Date(event.at).getTime());
  expect(told).toHaveLength(120);
  expect([told[0], told.at(-1)]).toEqual([0, 499]);
  for (let at = 0; at < 1_000; at += 1) {
    log.note(`t${at}`, { kind: "sent", peer: "azul", message: ack(`t${at}`) });
  }
  expect(log.of("long")).toEqual([]);
  expect(log.of("t0")).toHaveLength(1);
});
