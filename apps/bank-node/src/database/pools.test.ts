import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { LostTransaction } from "./lost-transaction.ts";
import { openPools } from "./pools.ts";
import { withTransaction } from "./transaction.ts";

/** A message of PostgreSQL's protocol (frontend/backend protocol, "Message Formats"). */
function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

const AUTHENTICATED = message("R", Buffer.from([0, 0, 0, 0]));
const READY = message("Z", Buffer.from("I"));
const TERMINATED = message(
  "E",
  Buffer.from("SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0"),
);

/** A server that takes every session and ends it in the same breath. */
async function startEndingServer(): Promise<string> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => socket.end(Buffer.concat([AUTHENTICATED, READY, TERMINATED])));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return `postgresql://bank@127.0.0.1:${(server.address() as AddressInfo).port}/bank`;
}

it("a session that the server ends as soon as it is there ends no process, and is told as lost", async () => {
  const pools = openPools({
    databaseUrl: await startEndingServer(),
    serverVersion: 180_000,
    applicationName: "test",
  });
  onTestFinished(() => pools.close());
  const uncaught: unknown[] = [];
  const note = (error: unknown) => uncaught.push(error);
  process.prependListener("uncaughtException", note);
  onTestFinished(() => void process.off("uncaughtException", note));
  for (const pool of [pools.api, pools.engine]) {
    await expect(withTransaction(pool, (tx) => tx.query("select 1"))).rejects.toThrow(
      LostTransaction,
    );
  }
  expect(uncaught).toEqual([]);
});
