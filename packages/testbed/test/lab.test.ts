import { readFile } from "node:fs/promises";
import { type LabAct, labState, type LabState } from "@pacto/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Consortium } from "../src/consortium/start-consortium.ts";
import { controlFileSchema } from "../src/control/schema.ts";
import { waitUntil } from "../src/processes/wait-until.ts";
import { startTestConsortium } from "../src/vitest/test-consortium.ts";

let consortium: Consortium;
beforeAll(async () => {
  consortium = await startTestConsortium({ hasStaff: false, lab: true, restartsAfterCrash: true });
});
afterAll(() => consortium.stop());

async function ask(method: string, path: string, body?: unknown): Promise<Response> {
  const text = await readFile(consortium.files.control, "utf8");
  const { url, token } = controlFileSchema.parse(JSON.parse(text));
  return fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function stateOf(response: Response): Promise<LabState> {
  const body: unknown = await response.json();
  expect(response.status, JSON.stringify(body)).toBe(200);
  return labState.parse(body);
}

const act = async (wish: LabAct) => stateOf(await ask("POST", "/lab/acts", wish));
const look = async () => stateOf(await ask("GET", "/lab"));

interface Transfer {
  readonly state: string;
  readonly settled: boolean;
  readonly totalCentavos: number;
}

async function transfer({ latest }: LabState): Promise<Transfer | undefined> {
  const input = encodeURIComponent(JSON.stringify({ id: latest?.transaction }));
  const coordinator = latest?.coordinator ?? "";
  const url = `${consortium.bank(coordinator).url}/trpc/transfers.get?input=${input}`;
  const answer = await fetch(url, {
    headers: { authorization: `Bearer ${await consortium.tokenOf(coordinator)()}` },
  }).catch(() => undefined);
  if (answer === undefined) return undefined;
  return ((await answer.json()) as { result?: { data: { transfer: Transfer } } }).result?.data
    .transfer;
}

async function settled(state: LabState): Promise<Transfer> {
  const found = await waitUntil(
    async () => {
      const seen = await transfer(state);
      return seen?.settled === true ? seen : undefined;
    },
    { timeoutMs: 20_000 },
  );
  if (found === undefined) throw new Error("the transfer was not settled");
  return found;
}

describe("the Lab", { timeout: 90_000 }, () => {
  it("sends composites, and the same ones again for the same seed", async () => {
    const totals: number[] = [];
    for (const seed of [7, 7]) {
      await stateOf(await ask("POST", "/lab/recordings", { seed }));
      const sent = await act({ do: "send" });
      const { state, totalCentavos } = await settled(sent);
      expect(state).toBe("committed");
      totals.push(totalCentavos);
    }
    expect(totals[0]).toBe(totals[1]);
  });

  it("stops a bank where it was armed, once, and the bank stays down until it is started", async () => {
    const failpoint = "coordinator:votes-gathered";
    await act({ do: "arm", bank: "arizona", failpoint, action: "kill" });
    await ask("POST", "/lab/acts", { do: "send", coordinator: "arizona" });
    const dead = await waitUntil(
      async () => {
        const state = await look();
        return state.banks[0]?.process === "down" ? state : undefined;
      },
      { timeoutMs: 10_000 },
    );
    expect(dead?.banks[0]).toMatchObject({ armed: null, reached: { failpoint } });
    // What the sender never heard, the failpoint tells.
    expect(dead?.latest?.transaction).toBe(dead?.banks[0]?.reached?.transaction);
    await act({ do: "start", part: "arizona" });
    if (dead !== undefined) expect((await settled(dead)).state).toMatch(/committed|aborted/);
    expect((await look()).banks[0]).toMatchObject({ process: "ready", reached: null });
  });

  it("cuts a link, so that nothing is moved over it, and mends it", async () => {
    const cut = await act({
      do: "link",
      from: "arizona",
      to: "texas",
      state: "cut",
      isOneWay: false,
    });
    expect(cut.links).toHaveLength(2);
    const sent = await act({ do: "send", coordinator: "arizona" });
    const aborted = await waitUntil(
      async () => ((await transfer(sent))?.state === "aborted" ? true : undefined),
      { timeoutMs: 15_000 },
    );
    expect(aborted).toBe(true);
    const healed = await act({ do: "heal" });
    expect(healed.links).toEqual([]);
    expect((await settled(sent)).state).toBe("aborted");
  });

  it("plays a recording again, each act at its time", async () => {
    const acts: { afterMs: number; act: LabAct }[] = [
      { afterMs: 0, act: { do: "pause", part: "texas" } },
      { afterMs: 50, act: { do: "resume", part: "texas" } },
      { afterMs: 100, act: { do: "send" } },
    ];
    await stateOf(await ask("POST", "/lab/replays", { seed: 7, acts }));
    const done = await waitUntil(
      async () => {
        const state = await look();
        return state.replay === null ? state : undefined;
      },
      { timeoutMs: 20_000 },
    );
    expect(done?.recording).toEqual({ seed: 7, acts });
    if (done !== undefined) expect((await settled(done)).state).toBe("committed");
  });

  it("keeps a pace and counts every outcome", async () => {
    await act({ do: "load", perSecond: 20 });
    const busy = await waitUntil(
      async () => {
        const { load } = await look();
        return load.committed >= 10 ? load : undefined;
      },
      { timeoutMs: 20_000 },
    );
    expect(busy?.aborted).toBe(0);
    await act({ do: "load", perSecond: 0 });
    const calm = await waitUntil(
      async () => {
        const { load } = await look();
        return load.open === 0 ? load : undefined;
      },
      { timeoutMs: 20_000 },
    );
    expect(calm?.sent).toBe((calm?.committed ?? 0) + (calm?.aborted ?? 0));
  });

  it("refuses what it does not know, and whoever has no token", async () => {
    expect((await ask("POST", "/lab/acts", { do: "explode" })).status).toBe(400);
    expect((await ask("POST", "/lab/acts", { do: "kill", part: "nowhere" })).status).toBe(409);
    const { url } = controlFileSchema.parse(
      JSON.parse(await readFile(consortium.files.control, "utf8")),
    );
    expect((await fetch(`${url}/lab`)).status).toBe(401);
  });
});
