import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, open, readFile, rename, stat } from "node:fs/promises";
import { Client } from "pg";
import { findFreePort } from "../processes/ports.ts";
import { sendSignal } from "../processes/end-process.ts";
import { waitUntil } from "../processes/wait-until.ts";
import { locatePostgres } from "./binaries.ts";
import { type Cluster, openCluster, SUPERUSER } from "./cluster.ts";
import { endLeftoverServer, serverProcesses } from "./leftovers.ts";
import { findServerUser } from "./server-user.ts";

export interface PostgresOptions {
  /** Folder of the server's files, password and log; made when missing, found again later. */
  readonly home: string;
  /** On 127.0.0.1; a free one unless given. */
  readonly port?: number;
  /** Server settings by name, over ours. Durability stays at its defaults unless named here. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A PostgreSQL server for a local consortium or for tests. */
export interface PostgresServer {
  /** As superuser, to the database `postgres`. A secret: never log it. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Resolves when the server has ended, wanted or not; true = it was asked to. */
  readonly ended: Promise<boolean>;
  /** Ends it cleanly: open sessions are cut, the data are flushed. */
  stop(): Promise<void>;
  /** Ends every process of the server at once, as a power cut would (fault D1). */
  kill(): Promise<void>;
  /** SIGSTOP to every process of the server (fault D8). */
  pause(): Promise<void>;
  resume(): Promise<void>;
}

/** After a crash the server first replays its log; one of a busy consortium takes seconds. */
const START_TIMEOUT_MS = 60_000;
const LOG_BYTES_MAX = 10_000_000;

const ourSettings: Readonly<Record<string, string>> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  // Five banks with about twenty sessions each, tests and operators.
  max_connections: "200",
  shared_buffers: "256MB",
  max_wal_size: "2GB",
  password_encryption: "scram-sha-256",
  log_line_prefix: "%m [%p] %q%u@%d ",
  // The detail of an error tells the row that it is about: a tax id, a name.
  log_error_verbosity: "terse",
  timezone: "UTC",
};

/**
 * Starts the embedded PostgreSQL in `home`. What an earlier run left is ended first, and a server
 * that was killed recovers by itself.
 * @throws Error with the end of the server's log when it does not come up
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const user = await findServerUser();
  const binaries = await locatePostgres(user);
  const cluster = await openCluster(options.home, binaries, user);
  await endLeftoverServer(cluster.folder);
  await keepLogSmall(cluster.logFile);

  const port = options.port ?? (await findFreePort());
  const settings = { ...ourSettings, port: String(port), ...options.settings };
  const log = await open(cluster.logFile, "a", 0o600);
  const child = spawn(
    binaries.postgres,
    [
      "-D",
      cluster.folder,
      ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
    {
      ...user,
      cwd: "/",
      // Its own session: Ctrl-C in the terminal reaches us alone, and we stop it last.
      detached: true,
      stdio: ["ignore", log.fd, log.fd],
      env: { PATH: process.env["PATH"] ?? "", LC_ALL: "C" },
    },
  );
  const url = `postgresql://${SUPERUSER}:${cluster.password}@127.0.0.1:${port}/postgres`;
  try {
    await waitUntilReady(child, url, cluster);
  } finally {
    await log.close();
  }
  return serverHandle(child, cluster, { url, port });
}

function serverHandle(
  child: ChildProcess,
  cluster: Cluster,
  { url, port }: { url: string; port: number },
): PostgresServer {
  let wasAsked = false;
  const ended = once(child, "exit").then(() => wasAsked);
  const signalAll = async (signal: NodeJS.Signals) => {
    for (const pid of await serverProcesses(cluster.folder)) sendSignal(pid, signal);
  };
  return {
    url,
    host: "127.0.0.1",
    port,
    ended,
    async stop() {
      wasAsked = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      await signalAll("SIGCONT");
      child.kill("SIGINT");
      const late = setTimeout(() => child.kill("SIGQUIT"), 15_000);
      await ended;
      clearTimeout(late);
    },
    async kill() {
      wasAsked = true;
      await signalAll("SIGKILL");
      child.kill("SIGKILL");
      await ended;
    },
    pause: () => signalAll("SIGSTOP"),
    resume: () => signalAll("SIGCONT"),
  };
}

async function waitUntilReady(child: ChildProcess, url: string, cluster: Cluster): Promise<void> {
  let spawnError: Error | undefined;
  child.once("error", (error) => {
    spawnError = error;
  });
  const outcome = await waitUntil(
    async () => {
      if (spawnError || child.exitCode !== null || child.signalCode !== null) return "ended";
      return (await answers(url)) ? "ready" : undefined;
    },
    { timeoutMs: START_TIMEOUT_MS, everyMs: 40 },
  );
  if (outcome === "ready") return;
  child.kill("SIGQUIT");
  const log = (await readFile(cluster.logFile, "utf8").catch(() => "")).trimEnd().split("\n");
  throw new Error(
    `PostgreSQL ${outcome === "ended" ? "ended while starting" : "does not answer"}. ` +
      `The end of ${cluster.logFile}:\n${log.slice(-12).join("\n")}`,
    { cause: spawnError },
  );
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function keepLogSmall(logFile: string): Promise<void> {
  const found = await stat(logFile).catch(() => undefined);
  if (!found) return;
  if (found.size > LOG_BYTES_MAX) await rename(logFile, `${logFile}.1`);
  else await chmod(logFile, 0o600);
}
