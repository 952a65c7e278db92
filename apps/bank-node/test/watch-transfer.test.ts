import type { AddressInfo } from "node:net";
import type { TransferMoment } from "@pacto/contract";
import { fastify, type FastifyInstance } from "fastify";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { registerPeopleRoutes } from "../src/people-routes.ts";
import { appRouter } from "../src/router.ts";
import type { Actor } from "../src/staff/actor.ts";
import { newKey, openAccountWith, startBanks, type BanksInProcess } from "./banks-in-process.ts";
import { quietDoor } from "./quiet-door.ts";

let banks: BanksInProcess;
let from: string;
let to: string;
/** Who the token stands for now: a session may end, a role may be taken away. */
let actor: Actor;
let door = quietDoor();
let app: FastifyInstance | undefined;

const PERSON: Actor = { kind: "staff", id: "p", name: "P", homeBank: "azul", roles: ["teller"] };
const ANONYMOUS: Actor = { kind: "anonymous" };

beforeAll(async () => {
  banks = await startBanks(["azul", "verde"]);
  from = await openAccountWith(banks.bank("azul"), 100_000);
  to = await openAccountWith(banks.bank("verde"), 0);
});
afterEach(async () => {
  banks.heal();
  await app?.close();
});
afterAll(() => banks.stop());

async function openDoor(): Promise<string> {
  actor = PERSON;
  door = quietDoor();
  app = fastify();
  const { bank } = banks.bank("azul").node;
  registerPeopleRoutes(app, {
    router: appRouter,
    createContext: (asked) => ({ bank, ...asked }),
    identity: async () => actor,
    door,
    identityEveryMs: 20,
  });
  await app.listen({ host: "127.0.0.1", port: 0 });
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
}

/** A transfer whose first question to Verde is held up until `release` is called. */
async function heldTransfer(): Promise<{ id: string; release: () => void }> {
  let release = () => undefined as void;
  const released = new Promise<boolean>((resolve) => {
    release = () => resolve(true);
  });
  banks.meddle(({ procedure, isReply }) =>
    procedure === "commit.prepare" && !isReply ? released : true,
  );
  const { transfer } = await banks.bank("azul").staff.transfers.create({
    idempotencyKey: newKey(),
    from: [{ bank: "azul", account: from, amountCentavos: 100 }],
    to: [{ bank: "verde", account: to, amountCentavos: 100 }],
    waitMs: 0,
  });
  return { id: transfer.id, release };
}

function watch(url: string, id: string): Promise<Response> {
  const input = encodeURIComponent(JSON.stringify({ id }));
  return fetch(`${url}/trpc/transfers.watch?input=${input}`, {
    headers: { accept: "text/event-stream", authorization: "Bearer a-token-of-sixteen" },
  });
}

/** What a stream tells until it ends, however it ends. */
async function* eventsOf(answer: Response): AsyncGenerator<{ event: string; data: string }> {
  let text = "";
  const decoder = new TextDecoder();
  try {
    for await (const part of answer.body ?? []) {
      text += decoder.decode(part, { stream: true });
      const whole = text.split("\n\n");
      text = whole.pop() ?? "";
      for (const lines of whole.filter((each) => each.trim() !== "")) {
        const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, "m").exec(lines)?.[1];
        yield { event: field("event") ?? "message", data: field("data") ?? "" };
      }
    }
  } catch {
    yield { event: "broken", data: "" };
  }
}

async function firstMoment(events: AsyncGenerator<{ event: string; data: string }>) {
  for (;;) {
    const { value } = await events.next();
    if (value?.event === "message") return JSON.parse(value.data) as TransferMoment;
  }
}

async function lastEvent(events: AsyncGenerator<{ event: string; data: string }>) {
  let last = "";
  for await (const { event } of events) last = event;
  return last;
}

describe("watching a transfer by a stream", () => {
  it("tells each step as it happens, and ends when nothing more can come", async () => {
    const url = await openDoor();
    const { id, release } = await heldTransfer();
    const answer = await watch(url, id);
    expect(answer.headers.get("content-type")).toMatch(/^text\/event-stream/);
    expect(answer.headers.get("x-accel-buffering")).toBe("no");
    const events = eventsOf(answer);
    expect(await firstMoment(events)).toMatchObject({
      transfer: { state: "preparing", settled: false },
      timeline: { events: [{ kind: "sent", message: "prepare", peer: "verde" }] },
    });
    release();
    const moments: TransferMoment[] = [];
    let last = "";
    for await (const { event, data } of events) {
      last = event;
      if (event === "message") moments.push(JSON.parse(data) as TransferMoment);
    }
    expect(last).toBe("return");
    expect(moments.at(-1)?.transfer).toMatchObject({ id, state: "committed", settled: true });
    const seen = moments.at(-1)?.timeline.events.map(({ message }) => message);
    expect(seen).toEqual(expect.arrayContaining(["prepare", "vote", "decision", "ack"]));
    const bare = moments.map((moment) => JSON.stringify(moment).replace(/"clock":"[^"]*"/, ""));
    expect(new Set(bare).size).toBe(bare.length);
  });

  it("refuses what this bank has never heard of, and whoever is not signed in", async () => {
    const url = await openDoor();
    const refusalOf = async (id: string) => {
      for await (const { event, data } of eventsOf(await watch(url, id))) {
        if (event !== "serialized-error") continue;
        return (JSON.parse(data) as { data: { refusal: { code: string } } }).data.refusal.code;
      }
      return "none";
    };
    const unknown = "01890000-0000-7000-8000-000000000000";
    expect(await refusalOf(unknown)).toBe("transfer-not-found");
    actor = ANONYMOUS;
    expect(await refusalOf(unknown)).toBe("not-signed-in");
  });

  it("ends when its reader's session ends, and when a role is taken away", async () => {
    const url = await openDoor();
    const { id, release } = await heldTransfer();
    for (const after of [ANONYMOUS, { ...PERSON, roles: [] }]) {
      actor = PERSON;
      const events = eventsOf(await watch(url, id));
      await firstMoment(events);
      actor = after;
      expect(await lastEvent(events)).toBe("broken");
    }
    await expect.poll(() => door.streams.count).toBe(0);
    release();
  });

  it("gives one person no more streams than it bears, and forgets those that are gone", async () => {
    const url = await openDoor();
    const { id, release } = await heldTransfer();
    const open: Response[] = [];
    for (;;) {
      const answer = await watch(url, id);
      if (answer.status !== 200) {
        expect(answer.status).toBe(429);
        expect(answer.headers.get("retry-after")).toBe("30");
        break;
      }
      open.push(answer);
    }
    expect(open.length).toBe(door.streams.count);
    await Promise.all(open.map(async ({ body }) => body?.cancel()));
    await expect.poll(() => door.streams.count).toBe(0);
    expect((await watch(url, id)).status).toBe(200);
    release();
  });

  it("does not keep a node from stopping", async () => {
    const url = await openDoor();
    const { id, release } = await heldTransfer();
    const events = eventsOf(await watch(url, id));
    await firstMoment(events);
    await app?.close();
    expect(await lastEvent(events)).toBe("broken");
    release();
  });
});
