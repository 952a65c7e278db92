import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { Contacts } from "../src/peers/contacts.ts";
import { startHeartbeat } from "../src/peers/heartbeat.ts";

/** A bank whose clock is ahead by so many milliseconds. */
async function openPeer(aheadMs: number): Promise<{ url: string; close: () => void }> {
  const server = createServer((_, response) => {
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify({
        bank: "verde",
        version: "1.0.0",
        incarnation: 1,
        database: "up",
        decider: "local",
        inDoubt: 0,
        oldestInDoubtMs: 0,
        revision: "r1",
        peers: [],
        clock: new Date(Date.now() + aheadMs).toISOString(),
        ready: true,
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  onTestFinished(close);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

function watch(url: string) {
  const contacts = new Contacts(["verde"]);
  const skews: number[] = [];
  const heartbeat = startHeartbeat({
    directory: { peers: ["verde"], statusUrlOf: () => url },
    contacts,
    onSkew: (_, skewMs) => skews.push(skewMs),
    everyMs: 20,
  });
  onTestFinished(heartbeat.stop);
  const until = async (reachable: boolean) => {
    while (contacts.list()[0]?.reachable !== reachable) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { until, skews };
}

describe("watching the other banks", () => {
  it("notices who is there and who is away", async () => {
    const peer = await openPeer(0);
    const { until, skews } = watch(peer.url);
    await until(true);
    peer.close();
    await until(false);
    expect(skews).toEqual([]);
  });

  it("alarms when a peer's clock differs by more than five seconds (R44)", async () => {
    const peer = await openPeer(60_000);
    const { until, skews } = watch(peer.url);
    await until(true);
    expect(skews[0]).toBeGreaterThan(55_000);
  });

  it("takes another bank at that address for an absent one", async () => {
    const peer = await openPeer(0);
    const contacts = new Contacts(["coral"]);
    const heartbeat = startHeartbeat({
      directory: { peers: ["coral"], statusUrlOf: () => peer.url },
      contacts,
      onSkew: () => undefined,
      everyMs: 20,
    });
    onTestFinished(heartbeat.stop);
    while (contacts.list()[0]?.reachable === null) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(contacts.list()).toEqual([{ bank: "coral", reachable: false, lastContactAt: null }]);
  });
});
