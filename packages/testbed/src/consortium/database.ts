import { setTimeout as delay } from "node:timers/promises";
import { type PostgresServer, startPostgres } from "../postgres/server.ts";
import type { ConsortiumEvent } from "./program-handle.ts";

/** The PostgreSQL server under a local consortium. */
export interface DatabaseHandle {
  /** As superuser; a secret. */
  readonly url: string;
  /** False when the server is somebody else's: then it can only be used. */
  readonly isOurs: boolean;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Every process of the server at once, as a power cut would. It stays down until `start`. */
  kill(): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
}

const NAME = "PostgreSQL";
const RETRY_FIRST_MS = 1_000;
const RETRY_LAST_MS = 30_000;

/** Starts the embedded server and keeps it on one port over its restarts. */
export async function startOwnDatabase(options: {
  readonly home: string;
  readonly settings?: Readonly<Record<string, string>> | undefined;
  readonly restartsAfterCrash: boolean;
  readonly report: (event: ConsortiumEvent) => void;
}): Promise<DatabaseHandle> {
  const { home, report } = options;
  const settings = options.settings ?? {};
  let server: PostgresServer | undefined;
  /** The start that is under way; whoever ends the server waits for it first. */
  let starting: Promise<void> = Promise.resolve();
  let givenUp = new AbortController();
  const first = await startPostgres({ home, settings });
  const { port, url } = first;

  function adopt(started: PostgresServer): void {
    server = started;
    void started.ended.then(async (wasAsked) => {
      if (server === started) server = undefined;
      if (wasAsked) return;
      report({ kind: "died", name: NAME, how: "unexpectedly", logFile: `${home}/server.log` });
      if (options.restartsAfterCrash) await startUntilUp();
    });
  }

  function startOnce(): Promise<void> {
    starting = starting
      .catch(() => {})
      .then(async () => {
        if (server !== undefined) return;
        adopt(await startPostgres({ home, port, settings }));
        report({ kind: "ready", name: NAME, url: `127.0.0.1:${port}` });
      });
    return starting;
  }

  async function startUntilUp(): Promise<void> {
    const { signal } = givenUp;
    for (let afterMs = RETRY_FIRST_MS; !signal.aborted; afterMs *= 2) {
      try {
        return await startOnce();
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        report({ kind: "start-failed", name: NAME, message });
      }
      const pauseMs = Math.min(afterMs, RETRY_LAST_MS);
      await delay(pauseMs, undefined, { signal }).catch(() => {});
    }
  }

  const settled = () => starting.catch(() => {});
  adopt(first);
  return {
    url,
    isOurs: true,
    start() {
      givenUp = new AbortController();
      return startOnce();
    },
    async stop() {
      givenUp.abort();
      await settled();
      await server?.stop();
    },
    async kill() {
      givenUp.abort();
      await settled();
      await server?.kill();
    },
    pause: async () => server?.pause(),
    resume: async () => server?.resume(),
  };
}

/** A server that runs already: it is used and left as it is. */
export function useForeignDatabase(url: string): DatabaseHandle {
  const refuse = () =>
    Promise.reject(new Error("This PostgreSQL server is not ours: start and stop it yourself."));
  return {
    url,
    isOurs: false,
    start: refuse,
    stop: () => Promise.resolve(),
    kill: refuse,
    pause: refuse,
    resume: refuse,
  };
}
