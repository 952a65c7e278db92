import { describe, expect, it } from "vitest";
import { appRouter } from "../router.ts";
import type { Actor } from "../staff/actor.ts";
import { DEAR, Door, type Knock } from "./door.ts";
import { type Backlog, Pressure, urgencies } from "./pressure.ts";

const ana: Actor = { kind: "staff", id: "ana", name: "Ana", homeBank: "azul", roles: ["teller"] };
const nobody: Actor = { kind: "anonymous" };

function open(backlog: Backlog = { commands: 0, reads: 0 }, callsPerSecond = 2) {
  let nowMs = 0;
  const door = new Door({
    bank: "azul",
    pressure: new Pressure(() => backlog),
    callsPerSecond,
    now: () => nowMs,
  });
  const knock = (changes: Partial<Knock> = {}): Knock => ({
    actor: ana,
    address: "192.0.2.1",
    urgency: "begin",
    procedures: ["cash.deposit"],
    ...changes,
  });
  const codeOf = (changes?: Partial<Knock>) => door.admit(knock(changes))?.refusal.code ?? "in";
  return { door, knock, codeOf, pass: (ms: number) => void (nowMs += ms) };
}

describe("the node's door", () => {
  it("lets one person ask in bursts, but not for what all need", () => {
    const { door, knock, codeOf, pass } = open();
    expect(Array.from({ length: 10 }, () => codeOf())).toEqual(Array(10).fill("in"));
    expect(door.admit(knock())).toEqual({
      refusal: { code: "too-many-requests", details: { bank: "azul", seconds: 1 } },
      retryAfterS: 1,
    });
    expect(codeOf({ actor: { ...ana, id: "bruno" } })).toBe("in");
    expect(codeOf({ actor: { ...ana, homeBank: "verde" } })).toBe("in");
    pass(500);
    expect([codeOf(), codeOf()]).toEqual(["in", "too-many-requests"]);
    expect(door.counters.rateLimited).toBe(2);
  });

  it("counts each call of a batch, and dear ones for what they cost", () => {
    const { codeOf } = open();
    const batch = Array.from({ length: 10 }, () => "cash.deposit");
    expect(codeOf({ procedures: batch })).toBe("in");
    expect(codeOf()).toBe("too-many-requests");
    const dear = open(undefined, 12);
    expect(dear.codeOf({ procedures: ["listings.exportHistory"] })).toBe("in");
    expect(dear.codeOf({ procedures: Array(11).fill("status.get") })).toBe("too-many-requests");
    const known = Object.keys(appRouter._def.procedures);
    for (const name of Object.keys(DEAR)) expect(known).toContain(name);
  });

  it("charges whoever looks for what does not exist as for twenty calls", () => {
    const { door, knock, codeOf, pass } = open();
    door.admit(knock());
    door.missed(knock());
    expect(codeOf()).toBe("too-many-requests");
    pass(5_000);
    expect(codeOf()).toBe("too-many-requests");
    pass(500);
    expect(codeOf()).toBe("in");
  });

  it("counts strangers by their network", () => {
    const { codeOf } = open();
    const ask = (address: string) => codeOf({ actor: nobody, address });
    for (let call = 0; call < 10; call += 1) ask("2001:db8::1");
    expect(ask("2001:db8:0:0:ffff::1")).toBe("too-many-requests");
    expect(ask("2001:db8:0:1::1")).toBe("in");
    expect(ask("192.0.2.1")).toBe("in");
    for (let call = 0; call < 10; call += 1) ask("::ffff:192.0.2.7");
    expect(ask("::ffff:192.0.2.7")).toBe("too-many-requests");
    expect(ask("::ffff:192.0.2.8")).toBe("in");
  });

  it("bounds nobody where the bank says so", () => {
    const { codeOf } = open(undefined, 0);
    expect(new Set(Array.from({ length: 1_000 }, () => codeOf()))).toEqual(new Set(["in"]));
  });

  it.each([
    [0, { read: "in", begin: "in", promise: "in", settle: "in" }],
    [256, { read: "overloaded", begin: "in", promise: "in", settle: "in" }],
    [512, { read: "overloaded", begin: "overloaded", promise: "in", settle: "in" }],
    [1_024, { read: "overloaded", begin: "overloaded", promise: "overloaded", settle: "in" }],
    [99_999, { read: "overloaded", begin: "overloaded", promise: "overloaded", settle: "in" }],
  ])("with a backlog of %i takes the most urgent only", (reads, expected) => {
    const { codeOf } = open({ commands: 0, reads });
    const told = urgencies.map((urgency) => [urgency, codeOf({ urgency })]);
    expect(Object.fromEntries(told)).toEqual(expected);
  });

  it("measures the posting engine's queue too", () => {
    const { codeOf } = open({ commands: 4_096, reads: 0 });
    expect(codeOf()).toBe("overloaded");
    expect(codeOf({ urgency: "promise" })).toBe("in");
  });
});

describe("the pressure on a node", () => {
  it("rises while its event loop is late, and falls when it is not any more", async () => {
    const pressure = new Pressure(() => ({ commands: 0, reads: 0 }));
    pressure.start();
    for (let blocked = 0; blocked < 12 && pressure.now() < 1; blocked += 1) {
      const until = performance.now() + 1_000;
      while (performance.now() < until);
      // One turn of the loop, in which the delay is measured.
      await new Promise((resolve) => setTimeout(resolve));
    }
    expect(pressure.bears("read")).toBe(false);
    await expect.poll(() => pressure.bears("read"), { timeout: 20_000 }).toBe(true);
    pressure.stop();
  });
});
