import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

/**
 * Below the range from which systems take the local ports of outgoing connections, so that a bank
 * which is killed and started again finds its port still free.
 */
const LOWEST = 20_000;
const HIGHEST = 32_000;

/**
 * A port of 127.0.0.1 that is free now, with the `following` ones after it; chosen at random so
 * that parallel tests do not meet.
 */
export async function findFreePort(following = 0): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const first = randomInt(LOWEST, HIGHEST - following);
    const range = Array.from({ length: following + 1 }, (_, at) => first + at);
    const free = await Promise.all(range.map(isPortFree));
    if (free.every(Boolean)) return first;
  }
  throw new Error(`No free ports between ${LOWEST} and ${HIGHEST} on 127.0.0.1.`);
}

/** Whether nobody listens on that port of 127.0.0.1. */
export async function isPortFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch {
    return false;
  }
  server.close();
  await once(server, "close");
  return true;
}
