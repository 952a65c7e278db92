import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { asksForStream, forwardStream } from "./forward-stream.ts";

let bank: Server;
let url: URL;
let answer: (response: ServerResponse) => void = () => undefined;

beforeAll(async () => {
  bank = createServer((_, response) => answer(response));
  await new Promise<void>((resolve) => bank.listen(0, "127.0.0.1", resolve));
  url = new URL(`http://127.0.0.1:${(bank.address() as AddressInfo).port}/`);
});
afterAll(() => {
  bank.closeAllConnections();
  bank.close();
});

const EVENTS = { "content-type": "text/event-stream" };

function open(gone = new AbortController().signal, timeoutMs = 5_000): Promise<Response> {
  return forwardStream({ url, headers: new Headers(), gone, timeoutMs });
}

it("hands each event on when it comes and ends when the bank's stream breaks off", async () => {
  let theirs: ServerResponse | undefined;
  answer = (response) => {
    theirs = response;
    response.writeHead(200, EVENTS).write("data: 1\n\n");
  };
  const response = await open();
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  expect(response.headers.get("cache-control")).toContain("no-transform");
  const reader = response.body?.getReader();
  const text = async () => new TextDecoder().decode((await reader?.read())?.value);
  expect(await text()).toBe("data: 1\n\n");
  theirs?.write("data: 2\n\n");
  expect(await text()).toBe("data: 2\n\n");
  theirs?.destroy();
  expect(await reader?.read()).toMatchObject({ done: true });
});

it("lets go of the bank when the browser has gone", async () => {
  const gone = new AbortController();
  const closed = new Promise<void>((resolve) => {
    answer = (response) => {
      response.once("close", resolve);
      response.writeHead(200, EVENTS).write("data: 1\n\n");
    };
  });
  const response = await open(gone.signal);
  await response.body?.getReader().read();
  gone.abort();
  await closed;
});

it("passes a refusal on as it is", async () => {
  answer = (response) => {
    response.writeHead(429, { "content-type": "application/json" }).end('{"error":1}');
  };
  const response = await open();
  expect([response.status, await response.json()]).toEqual([429, { error: 1 }]);
});

it("gives a bank up that does not begin", async () => {
  answer = () => undefined;
  await expect(open(undefined, 30)).rejects.toMatchObject({ name: "TimeoutError" });
});

it("takes a GET that accepts events for one", () => {
  const asked = (method: string, accept: string) =>
    asksForStream(new Request("http://127.0.0.1/", { method, headers: { accept } }));
  expect(asked("GET", "text/event-stream")).toBe(true);
  expect(asked("GET", "*/*")).toBe(false);
  expect(asked("POST", "text/event-stream")).toBe(false);
});
