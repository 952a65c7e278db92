import { Agent, createServer, request, type Server } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { boundConnections } from "./bound-connections.ts";

interface Held {
  readonly release: () => void;
}

/** A server that answers `/` at once and `/hold` when it is told to. */
async function open(max: number) {
  const held: Held[] = [];
  const server: Server = createServer((asked, answer) => {
    asked.resume();
    if (asked.url === "/hold") held.push({ release: () => answer.end("held") });
    else asked.on("end", () => answer.end("ok"));
  });
  boundConnections(server, max);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const countOf = () =>
    new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));
  return { port, held, countOf };
}

function slow(port: number, text: string): Socket {
  const socket = connect(port, "127.0.0.1", () => socket.write(text));
  socket.on("error", () => undefined);
  onTestFinished(() => void socket.destroy());
  return socket;
}

function get(port: number, agent: Agent, path = "/"): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request({ port, agent, path }, (answer) => {
      answer.setEncoding("utf8");
      answer.on("data", resolve);
    });
    sent.on("error", (error: NodeJS.ErrnoException) => reject(error));
    sent.end();
  });
}

function callers(): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets: 100 });
  onTestFinished(() => agent.destroy());
  return agent;
}

describe("a server with all its connections taken by slow callers", () => {
  it("still answers whoever asks: those that never finish their headers give way", async () => {
    const { port, countOf } = await open(16);
    const sockets = Array.from({ length: 40 }, () => slow(port, "GET / HTTP/1.1\r\nx: "));
    await expect.poll(() => sockets.filter(({ destroyed }) => destroyed).length).toBe(24);
    expect(await countOf()).toBe(16);
    const agent = callers();
    expect(await Promise.all([1, 2, 3].map(() => get(port, agent)))).toEqual(["ok", "ok", "ok"]);
    expect(await countOf()).toBe(16);
  });

  it("sends slow headers away before slow bodies, and those before a good caller's idle one", async () => {
    const { port } = await open(3);
    const agent = callers();
    await get(port, agent);
    const body = slow(port, "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{");
    const headers = slow(port, "POST / HTTP/1.1\r\n");
    const [second, third] = [callers(), callers()];
    await get(port, second);
    await expect.poll(() => headers.destroyed).toBe(true);
    expect(body.destroyed).toBe(false);
    await get(port, third);
    await expect.poll(() => body.destroyed).toBe(true);
    expect(await get(port, agent)).toBe("ok");
  });

  it("sends away nobody who is being answered: then the newcomer waits outside", async () => {
    const { port, held } = await open(2);
    const agent = callers();
    const answers = [get(port, agent, "/hold"), get(port, agent, "/hold")];
    await expect.poll(() => held.length).toBe(2);
    await expect(get(port, callers())).rejects.toMatchObject({ code: "ECONNRESET" });
    for (const { release } of held) release();
    expect(await Promise.all(answers)).toEqual(["held", "held"]);
    expect(await get(port, callers())).toBe("ok");
  });
});
