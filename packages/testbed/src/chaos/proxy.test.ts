import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { waitUntil } from "../processes/wait-until.ts";
import { type BankProxy, startProxy } from "./proxy.ts";
import { createRandom } from "./random.ts";
import { CALM, type NetworkFault } from "./weather.ts";

/** A bank that keeps what it is told, and answers with it. */
async function startBank() {
  const heard: string[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const text = Buffer.concat(chunks).toString();
      heard.push(text);
      outgoing.end(`heard ${text}`);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { heard, port: (server.address() as AddressInfo).port };
}

async function proxyBefore(ports: readonly number[]): Promise<BankProxy> {
  const proxy = await startProxy({
    bank: "verde",
    random: createRandom(1),
    targets: () => ports,
  });
  onTestFinished(() => proxy.close());
  return proxy;
}

function alwaysDoes(fault: Exclude<NetworkFault, "partition">) {
  return { ...CALM, faults: { [fault]: 1 }, delayMs: [30, 40] } as const;
}

/** The answer's text; undefined when none came whole. */
function tell(proxy: BankProxy, text: string, timeoutMs = 400): Promise<string | undefined> {
  return new Promise((resolve) => {
    const sent = request(
      proxy.url,
      {
        method: "POST",
        agent: false,
        headers: { "pacto-sender": "azul" },
        signal: AbortSignal.timeout(timeoutMs),
      },
      (response) => {
        let body = "";
        response.on("data", (chunk: Buffer) => (body += chunk.toString()));
        response.once("error", () => resolve(undefined));
        response.once("end", () => resolve(body));
      },
    );
    sent.once("error", () => resolve(undefined));
    sent.end(text);
  });
}

describe("a proxy before a bank", () => {
  it("passes messages and answers unchanged while the weather is calm", async () => {
    const bank = await startBank();
    expect(await tell(await proxyBefore([bank.port]), "hello")).toBe("heard hello");
  });

  it("finds the process that listens, where a bank has several", async () => {
    const [bank, gone] = [await startBank(), 1];
    const proxy = await proxyBefore([gone, bank.port]);
    expect([await tell(proxy, "a"), await tell(proxy, "b")]).toEqual(["heard a", "heard b"]);
  });

  const cases: readonly (readonly [Exclude<NetworkFault, "partition">, boolean, boolean])[] = [
    ["drop-request", false, false],
    ["drop-answer", true, false],
    ["reset", true, false],
    ["truncate", true, false],
    ["delay", true, true],
  ];
  it.each(cases)("%s: the bank hears it: %s; the sender hears the answer: %s", async (...given) => {
    const [fault, isHeard, isAnswered] = given;
    const bank = await startBank();
    const proxy = await proxyBefore([bank.port]);
    proxy.setWeather(alwaysDoes(fault));
    expect(await tell(proxy, "hello")).toBe(isAnswered ? "heard hello" : undefined);
    expect(bank.heard).toEqual(isHeard ? ["hello"] : []);
    expect(proxy.counts.get(fault)).toBe(1);
  });

  it("changes one bit, of the message or of the answer", async () => {
    const bank = await startBank();
    const proxy = await proxyBefore([bank.port]);
    proxy.setWeather(alwaysDoes("corrupt-request"));
    await tell(proxy, "hello");
    expect(bank.heard[0]).toHaveLength(5);
    expect(bank.heard[0]).not.toBe("hello");
    proxy.setWeather(alwaysDoes("corrupt-answer"));
    expect(await tell(proxy, "hello")).not.toBe("heard hello");
    expect(bank.heard[1]).toBe("hello");
  });

  it("says a message twice, and once more much later", async () => {
    const bank = await startBank();
    const proxy = await proxyBefore([bank.port]);
    proxy.setWeather(alwaysDoes("duplicate"));
    await tell(proxy, "twice");
    expect(await waitUntil(() => bank.heard.length === 2, { timeoutMs: 1_000 })).toBe(true);
    proxy.setWeather(alwaysDoes("replay"));
    await tell(proxy, "again");
    proxy.setWeather(CALM);
    expect(await waitUntil(() => bank.heard.length === 4, { timeoutMs: 25_000 })).toBe(true);
  });

  it("cuts one sender off, in one direction or in both", async () => {
    const bank = await startBank();
    const proxy = await proxyBefore([bank.port]);
    proxy.setWeather({ ...CALM, cutRequests: new Set(["azul"]) });
    expect(await tell(proxy, "lost")).toBeUndefined();
    proxy.setWeather({ ...CALM, cutAnswers: new Set(["azul"]) });
    expect(await tell(proxy, "heard")).toBeUndefined();
    proxy.setWeather({ ...CALM, cutRequests: new Set(["ambar"]) });
    expect(await tell(proxy, "free")).toBe("heard free");
    expect(bank.heard).toEqual(["heard", "free"]);
  });
});
