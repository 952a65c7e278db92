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
  const first = await startPostgres({ home, settings });
  const { port, url } = first;

  function adopt(started: PostgresServer): void {
    server = started;
    void started.ended.then(async (wasAsked) => {
      if (server === started) server = undefined;
      if (wasAsked) return;
      report({ kind: "died", name: NAME, how: "unexpectedly", logFile: `${home}/server.log` });
      if (!options.restartsAfterCrash) return;
      await start().catch((error: unknown) => {
        report({
          kind: "start-failed",
          name: NAME,
          message: error instanceof Error ? error.message : String(error),
        });
      });
    });
  }

  async function start(): Promise<void> {
    if (server !== undefined) return;
    adopt(await startPostgres({ home, port, settings }));
    report({ kind: "ready", name: NAME, url: `127.0.0.1:${port}` });
  }

  adopt(first);
  return {
    url,
    isOurs: true,
    start,
    stop: async () => server?.stop(),
    kill: async () => server?.kill(),
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
